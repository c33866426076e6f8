"""What is asked and answered about reservations."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from webapp.schemas.base import Answer, Id, Line, Page, Price, Question, ShortLine, SmallId
from webapp.schemas.moments import Moment
from webapp.schemas.shows import Accessible, SeatLabel

MOST_SEATS_IN_A_HOLD = 100

HoldMinutes = Annotated[int, Field(ge=1, le=20)]
Status = Literal["HELD", "CONFIRMED", "CANCELLED", "EXPIRED"]


class NewHold(Question):
    """One seat to be held: by its id, or by its number in a show."""

    show_id: SmallId | None = None
    seat_number: SeatLabel | None = None
    seat_id: Id | None = None
    hold_minutes: HoldMinutes | None = None

    @model_validator(mode="after")
    def _names_one_seat(self) -> Self:
        if (self.seat_number is None) == (self.seat_id is None):
            raise ValueError("must name the seat either by seat_number or by seat_id")
        if self.seat_number is not None and self.show_id is None:
            raise ValueError("must name the show_id that the seat_number is of")
        return self


class Wish(Question):
    """So many seats side by side in one row, the best that are as is said: each for `price_at_most` in minor units of
    the show's currency, of the `category` so named, without steps, so many of them places for wheelchairs.

    Those places, and the seats beside them, are given to nobody else until the organizer releases them.
    """

    seats: Annotated[int, Field(ge=1, le=MOST_SEATS_IN_A_HOLD)]
    price_at_most: Price | None = None
    category: ShortLine | None = None
    step_free: bool = False
    wheelchairs: Annotated[int, Field(ge=0, le=MOST_SEATS_IN_A_HOLD)] = 0


class NewHolds(Question):
    """Several seats of one show to be held together: all by their ids, all by their numbers, or as one wishes."""

    seat_ids: Annotated[list[Id], Field(min_length=1, max_length=MOST_SEATS_IN_A_HOLD)] | None = None
    seat_numbers: Annotated[list[SeatLabel], Field(min_length=1, max_length=MOST_SEATS_IN_A_HOLD)] | None = None
    wish: Wish | None = None
    hold_minutes: HoldMinutes | None = None

    @model_validator(mode="after")
    def _says_once_which_seats(self) -> Self:
        if sum(one is not None for one in (self.seat_ids, self.seat_numbers, self.wish)) != 1:
            raise ValueError("must say which seats in one way: by seat_ids, by seat_numbers, or by a wish")
        return self


class Reservation(Answer):
    """A reservation; HELD until `hold_expiry`."""

    id: int
    user_id: int
    seat_id: int
    show_id: int
    seat_number: str
    status: Status
    hold_expiry: datetime
    created_at: datetime
    updated_at: datetime
    reason: str | None
    moved_from: int | None


class ReservationPage(Page):
    """Which of one's reservations are asked for: those that are so in each way that is said. `search` is a word of the
    show or the number of the seat, prices are what was to be paid, in minor units, and times those when the seat was
    held; `cursor` is the id of the last one of the page before."""

    status: Status | None = None
    show_id: SmallId | None = None
    search: Line | None = None
    section: ShortLine | None = None
    category: ShortLine | None = None
    accessible: Accessible | None = None
    price_at_least: Price | None = None
    price_at_most: Price | None = None
    created_from: Moment | None = None
    created_before: Moment | None = None
    cursor: Id | None = None
