"""What is answered about shows, and asked and answered about their seats."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from webapp.schemas.base import Answer, Cursor, Id, Line, Page, Price, Question, ShortLine
from webapp.schemas.moments import Moment
from webapp.schemas.show_details import LonelySeats

MOST_SEATS_ADDED = 10_000

Accessibility = Literal["wheelchair", "companion"]
# For whom a seat may be asked for.
Accessible = Literal["wheelchair", "companion", "step_free"]
SeatLabel = Annotated[str, StringConstraints(min_length=1, max_length=256)]


class NewSeat(Question):
    """A seat to be added; what is not said is read from its label, and a new category costs `price` (minor units)."""

    seat_number: SeatLabel
    section: ShortLine | None = None
    row: ShortLine | None = None
    number: ShortLine | None = None
    category: ShortLine | None = None
    price: Price | None = None
    accessibility: Accessibility | None = None
    step_free: bool = False


def _a_label_alone(seat: object) -> object:
    return {"seat_number": seat} if isinstance(seat, str) else seat


class NewSeats(Question):
    """Seats to be added, each by its label or as an object that says more."""

    seat_numbers: Annotated[
        list[Annotated[NewSeat, BeforeValidator(_a_label_alone, json_schema_input_type=SeatLabel | NewSeat)]],
        Field(min_length=1, max_length=MOST_SEATS_ADDED),
    ]


def _address(picture_id: object) -> object:
    return f"/pictures/{picture_id}" if isinstance(picture_id, int) else picture_id


class Show(Answer):
    """A show with its counts; prices in minor units of its currency, null without seats."""

    id: int
    edition: int
    title: str
    description: str
    picture_url: Annotated[str | None, BeforeValidator(_address)] = Field(validation_alias="picture_id")
    picture_alt: Annotated[str | None, BeforeValidator(lambda words: words or None)]
    venue: str
    starts_at: datetime
    timezone: str
    published_at: datetime | None
    on_sale_at: datetime | None
    off_sale_at: datetime | None
    currency: str
    seat_limit: int
    hold_minutes: int
    lonely_seats: LonelySeats
    accessible_seats_released_at: datetime | None
    organizer_id: int
    series_id: int | None
    cancelled_at: datetime | None
    seats: int
    available: int
    held: int = Field(validation_alias="held_in_all")
    confirmed: int
    price_from: int | None
    price_to: int | None


class Seat(Answer):
    """A seat of a show; `price` in minor units of the show's currency."""

    id: int
    show_id: int
    seat_number: str
    section: str | None
    row: str | None
    number: str | None
    category: str
    price: int
    accessibility: Accessibility | None
    step_free: bool


class SeatAvailability(Answer):
    """How a seat stands; `hold_expiry` is there only while it is HELD."""

    seat_id: int
    seat_number: str
    status: Literal["AVAILABLE", "HELD", "CONFIRMED"]
    hold_expiry: datetime | None = Field(default=None, exclude_if=lambda expiry: expiry is None)


class ShowPage(Page):
    """Which shows are asked for; `cursor` is what the last page's `next` link names."""

    cursor: Cursor | None = None


class UpcomingPage(ShowPage):
    """Which upcoming shows are asked for: by a word of their title or venue, and by when they begin."""

    search: Line | None = None
    starts_from: Moment | None = None
    starts_before: Moment | None = None


class OwnShowPage(UpcomingPage):
    """Which of the shows one runs are asked for: by a word of their title or venue, by when they begin, and by whether
    they are drafts, published, or cancelled."""

    status: Literal["draft", "published", "cancelled"] | None = None


class SeatPage(Page):
    """Which seats are asked for; `cursor` is the id of the last seat of the page before."""

    cursor: Id | None = None


class AvailabilityPage(SeatPage):
    """Which seats are asked for: by how they stand, where they are, for whom, and what they cost (in minor units)."""

    status: Literal["AVAILABLE", "HELD", "CONFIRMED"] | None = None
    section: ShortLine | None = None
    category: ShortLine | None = None
    accessible: Accessible | None = None
    price_at_least: Price | None = None
    price_at_most: Price | None = None


class FieldChange(Answer):
    """A field of a show as it was and as it is, or would be."""

    field: str
    was: Any
    now: Any


class ShowProspect(Answer):
    """What a change of a show would do, and how many buyers have how many seats of it."""

    changes: list[FieldChange]
    buyers: int
    seats: int


class PlannedDate(Answer):
    """A date to which a show would be copied; `there` and `beside` are ids of shows there already."""

    starts_at: datetime
    on_sale_at: datetime | None
    off_sale_at: datetime | None
    there: int | None
    beside: int | None
