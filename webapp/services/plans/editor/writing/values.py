"""The values that the editor's files are made of: numbers, positions, ids, colours."""

from hashlib import sha256
from json import dumps
from typing import Any
from uuid import UUID

from webapp.services.plans.marks import category_with
from webapp.services.plans.plan import PlanSeat

# The category of seats that have none, and stand in no section.
_STANDARD = "Standard"
_COLOURS = (
    "#1f77b4",
    "#ff7f0e",
    "#2ca02c",
    "#d62728",
    "#9467bd",
    "#8c564b",
    "#e377c2",
    "#7f7f7f",
    "#bcbd22",
    "#17becf",
)


def as_json(value: Any) -> str:
    """The value as JSON."""
    return dumps(value, ensure_ascii=False, allow_nan=False)


def number(value: float) -> float:
    """A number as it is written shortest: 25 for 25.0."""
    return int(value) if value.is_integer() else value


def position(x: float, y: float) -> dict[str, float]:
    """A place as the file has it."""
    return {"x": number(x), "y": number(y)}


def offset(place: float, origin: float) -> float:
    """What is added to the origin to come to the place, in the arithmetic of whoever reads it."""
    apart = place - origin
    return next((short for digits in (3, 6, 9) if origin + (short := round(apart, digits)) == place), apart)


def uuid_for(*parts: object) -> str:
    """An id of the form that the editor gives (UUID 4), always the same for the same parts."""
    return str(UUID(bytes=sha256(as_json(parts).encode()).digest()[:16], version=4))


def colour(rank: int) -> str:
    """A colour for the category of this rank."""
    return _COLOURS[rank % len(_COLOURS)]


def category_of(seat: PlanSeat) -> str:
    """The category that the file gives to a seat, which must have one there."""
    return category_with(seat.category or seat.section or _STANDARD, seat.accessibility, step_free=seat.step_free)


class Guids:
    """The ids of seats in a file, none given twice: their own, or else their seat number.

    `taken` are in the file already, and `reserved` are given to none but the first seat whose own they are.
    """

    def __init__(self, *, taken: set[str], reserved: set[str]) -> None:
        self._given = taken
        self._reserved = reserved

    def of(self, seat: PlanSeat) -> str:
        """The id for a seat."""
        guid, count = seat.plan_seat_id, 1
        while guid is None or guid in self._given or (guid in self._reserved and guid != seat.plan_seat_id):
            guid = seat.seat_number if count == 1 else f"{seat.seat_number}~{count}"
            count += 1
        self._given.add(guid)
        return guid
