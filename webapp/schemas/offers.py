"""What is asked about the best seats that are free, and how seats are offered."""

from typing import Annotated

from pydantic import Field

from webapp.schemas.base import Answer, Price, Question, ShortLine
from webapp.schemas.reservations import MOST_SEATS_IN_A_HOLD, HoldMinutes


class BestAvailable(Question):
    """Seats side by side, to be chosen and held: each for `price_at_most` in minor units of the show's currency."""

    seats: Annotated[int, Field(ge=1, le=MOST_SEATS_IN_A_HOLD)]
    price_at_most: Price | None = None
    category: ShortLine | None = None
    step_free: bool = False
    wheelchairs: Annotated[int, Field(ge=0, le=MOST_SEATS_IN_A_HOLD)] = 0
    hold_minutes: HoldMinutes | None = None


class OfferedSeat(Answer):
    """One of the seats of an offer."""

    seat_id: int
    seat_number: str


class Offer(Answer):
    """Seats that are free together; `price` of all of them, in minor units of the show's currency."""

    seats: list[OfferedSeat]
    words: str
    price: int
