"""An offer: seats that one click holds."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class OfferedSeat:
    """One of the seats of an offer."""

    seat_id: int
    seat_number: str


@dataclass(frozen=True)
class Offer:
    """Seats of a show that are free together, in words; `price` of all of them, in minor units of `currency`."""

    show_id: int
    seats: Sequence[OfferedSeat]
    words: str
    price: int
    currency: str

    @property
    def seat_ids(self) -> tuple[int, ...]:
        """The ids of its seats."""
        return tuple(seat.seat_id for seat in self.seats)
