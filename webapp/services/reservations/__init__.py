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
from webapp.services.reservations.holding import Holding, SeatChoice, hold
from webapp.services.reservations.reading import Reservation, of_buyer, of_show, one
from webapp.services.reservations.taking import Block, take

__all__ = [
    "SWEEP",
    "Block",
    "Holding",
    "Reservation",
    "SeatChoice",
    "confirm",
    "confirm_basket",
    "expire_lapsed",
    "extend_basket",
    "hold",
    "of_buyer",
    "of_show",
    "one",
    "refuse_unless_held",
    "release",
    "take",
]
