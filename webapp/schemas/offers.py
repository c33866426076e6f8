"""What is asked about the best seats that are free, and how seats are offered."""

from webapp.schemas.base import Answer
from webapp.schemas.reservations import HoldMinutes, Wish


class BestAvailable(Wish):
    """Seats side by side, to be chosen and held: each for `price_at_most` in minor units of the show's currency."""

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
