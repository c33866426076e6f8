"""What is asked and answered about a show's reservations by those who run it."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from webapp.schemas.base import MOST_IN_A_PAGE, Answer, Id, Line, Page, Price, Question, ShortLine
from webapp.schemas.moments import Moment
from webapp.schemas.reservations import Status
from webapp.schemas.shows import Accessible, SeatLabel

MOST_CHOSEN = 1000

Through = Literal["page", "api", "command", "clock"]


class Wanted(Question):
    """Which reservations of a show are asked for: those that are so in each way that is said. Prices are what was to be
    paid, in minor units, and times those when the seat was held."""

    search: Line | None = None
    status: Status | None = None
    category: ShortLine | None = None
    section: Line | None = None
    through: Through | None = None
    accessible: Accessible | None = None
    price_at_least: Price | None = None
    price_at_most: Price | None = None
    created_from: Moment | None = None
    created_before: Moment | None = None


class WantedPage(Wanted, Page):
    """The same, a page at a time, however long the list is; `cursor` is the id of the last one of the page before."""

    limit: Annotated[int, Field(ge=1, le=MOST_IN_A_PAGE)] = MOST_IN_A_PAGE
    cursor: Id | None = None


class NewSeat(Question):
    """The seat that a buyer is moved to, by its id or its number; the reason is for the buyer."""

    seat_number: SeatLabel | None = None
    seat_id: Id | None = None
    reason: Line | None = None

    @model_validator(mode="after")
    def _names_one_seat(self) -> Self:
        if (self.seat_number is None) == (self.seat_id is None):
            raise ValueError("must name the seat either by seat_number or by seat_id")
        return self


class Cancellation(Question):
    """Why a sale is cancelled, in words for its buyer."""

    reason: Line


class Cancellations(Cancellation):
    """Several sales to be cancelled for one reason."""

    reservation_ids: Annotated[list[Id], Field(min_length=1, max_length=MOST_CHOSEN)]


class BuyersReservation(Answer):
    """A reservation as those who run its show read it; what is not known of the buyer is None."""

    id: int
    user_id: int
    buyer_name: str | None
    buyer_email: str | None
    buyer_is_guest: bool
    seat_id: int
    show_id: int
    seat_number: str
    section: str | None
    row: str | None
    number: str | None
    category: str
    price: int
    status: Status
    hold_expiry: datetime
    created_at: datetime
    updated_at: datetime
    through: Through
    reason: str | None
    moved_from: int | None
    moved_to: int | None


class Counts(Answer):
    """How many reservations there are of each status."""

    held: int = Field(validation_alias="HELD")
    confirmed: int = Field(validation_alias="CONFIRMED")
    cancelled: int = Field(validation_alias="CANCELLED")
    expired: int = Field(validation_alias="EXPIRED")


class Elsewhere(Answer):
    """Where a buyer was moved to or from."""

    reservation_id: int
    seat_number: str


class HistoryLine(Answer):
    """A line of a reservation's history."""

    what: str
    status: Status
    changed_at: datetime
    who: Literal["buyer", "staff", "clock"]
    user_id: int | None
    name: str | None
    through: Through
    reason: str | None
    elsewhere: Elsewhere | None


class WantedOnPage(Wanted):
    """The same on a page, which says itself how much it lists."""

    cursor: Id | None = None


class Chosen(Question):
    """Reservations that were marked in a list; on a page that may be none."""

    reservation_ids: Annotated[list[Id], Field(max_length=MOST_CHOSEN)] = Field(default_factory=list)


class Pointed(Question):
    """A seat that was typed, or pressed on the map; neither, as long as one is looked for."""

    seat_number: SeatLabel | None = None
    seat_ids: Annotated[list[Id], Field(max_length=1)] = Field(default_factory=list)
