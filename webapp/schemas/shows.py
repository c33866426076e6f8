"""What is asked and answered about shows and their seats."""

import re
from datetime import datetime
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, StringConstraints

from webapp.schemas.base import Answer, Id, Line, Page, Price, Question, ShortLine

MOST_SEATS_ADDED = 10_000

# A time as RFC 3339 has it; seconds may be left out.
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)


def known_timezone(name: str) -> str:
    """The name of a time zone as it is; raises `ValueError` for any other text."""
    if name not in available_timezones():
        raise ValueError("must be a time zone of the IANA database, such as Europe/Helsinki")
    return name


def _moment(text: object) -> object:
    if not isinstance(text, str):
        return text
    if not _MOMENT.fullmatch(text):
        raise ValueError("must be a time with its offset from UTC, such as 2027-03-01T19:30:00+02:00")
    return datetime.fromisoformat(text.upper())


def _within_the_calendar(moment: datetime) -> datetime:
    # Years that fit every time zone's arithmetic; a show in the year 9999 is a typing error.
    if not 2000 <= moment.year <= 2200:
        raise ValueError("must be a time between the years 2000 and 2200")
    return moment


Timezone = Annotated[str, StringConstraints(max_length=64), AfterValidator(known_timezone)]
Currency = Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")]
Start = Annotated[AwareDatetime, BeforeValidator(_moment), AfterValidator(_within_the_calendar)]
Accessibility = Literal["wheelchair", "companion"]
LonelySeats = Literal["off", "warn", "enforce"]
SeatLabel = Annotated[str, StringConstraints(min_length=1, max_length=256)]


class NewShow(Question):
    """A show to be created."""

    title: Line
    venue: Line
    starts_at: Start
    timezone: Timezone = "UTC"
    currency: Currency = "EUR"
    seat_limit: Annotated[int, Field(ge=1, le=1000)] = 10
    lonely_seats: LonelySeats = "off"
    accessible_seats_released: bool = False


class SeatRules(Question):
    """How the seats of a show are sold; what a browser's form does not send is no."""

    lonely_seats: LonelySeats
    accessible_seats_released: bool = False


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
        list[Annotated[NewSeat, BeforeValidator(_a_label_alone)]], Field(min_length=1, max_length=MOST_SEATS_ADDED)
    ]


class Show(Answer):
    """A show with its counts; prices in minor units of its currency, null without seats."""

    id: int
    title: str
    venue: str
    starts_at: datetime
    timezone: str
    currency: str
    seat_limit: int
    lonely_seats: LonelySeats
    accessible_seats_released_at: datetime | None
    organizer_id: int
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
    """Which upcoming shows are asked for; `cursor` is what the last page's `next` link names."""

    cursor: Annotated[str, StringConstraints(max_length=100)] | None = None


class SeatPage(Page):
    """Which seats are asked for; `cursor` is the id of the last seat of the page before."""

    cursor: Id | None = None


class AvailabilityPage(SeatPage):
    """Which seats are asked for, by how they stand and where."""

    status: Literal["AVAILABLE", "HELD", "CONFIRMED"] | None = None
    section: ShortLine | None = None
