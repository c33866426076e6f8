"""Holding, confirming and releasing seats: the one place that does, and the only way to sell one."""

from webapp.services.reservations.ending import (
    SWEEP,
    confirm,
    confirm_basket,
    expire_lapsed,
    refuse_unless_held,
    release,
)
from webapp.services.reservations.extending import extend_basket
from webapp.services.reservations.holding import Holding, hold
from webapp.services.reservations.ledger import Elsewhere, Line, history
from webapp.services.reservations.listing import Wanted, of_buyer
from webapp.services.reservations.others_first import not_yet_open, refuse_waiting
from webapp.services.reservations.reading import Reservation, one
from webapp.services.reservations.seat_choice import SeatChoice
from webapp.services.reservations.taking import Block, take

__all__ = [
    "SWEEP",
    "Block",
    "Elsewhere",
    "Holding",
    "Line",
    "Reservation",
    "SeatChoice",
    "Wanted",
    "confirm",
    "confirm_basket",
    "expire_lapsed",
    "extend_basket",
    "history",
    "hold",
    "not_yet_open",
    "of_buyer",
    "one",
    "refuse_unless_held",
    "refuse_waiting",
    "release",
    "take",
]
