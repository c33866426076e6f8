"""The objects of seats as text: those of the file with what was changed of them, and new ones."""

from typing import Any

from webapp.services.plans.editor.writing.parts import find_parts, with_entries
from webapp.services.plans.editor.writing.values import as_json, category_of, number, offset, position, uuid_for
from webapp.services.plans.plan import PlanSeat, Point


def changed_seat(text: str, before: PlanSeat, seat: PlanSeat, *, was_at: Point, at: Point) -> str:
    """The object of a seat, with what is changed of it; `was_at` and `at` are where its row stood and stands."""
    changes: dict[str, str] = {}
    if seat.number != before.number:
        changes["seat_number"] = as_json(seat.number or "")
    if says_otherwise(before, seat):
        changes["category"] = as_json(category_of(seat))
    moved = _moved(before, seat, was_at, at)
    if not changes and not moved:
        return text
    part = find_parts(text, {"position": {}})
    if moved:
        place = part.entries.get("position")
        changes["position"] = with_entries(text, place, moved) if place and place.entries else _whole(seat, at)
    return with_entries(text, part, changes)


def says_otherwise(before: PlanSeat, seat: PlanSeat) -> bool:
    """Whether the category, or for whom the seat is, is another."""
    was = (before.category, before.accessibility, before.step_free)
    return (seat.category, seat.accessibility, seat.step_free) != was


def _moved(before: PlanSeat, seat: PlanSeat, was_at: Point, at: Point) -> dict[str, str]:
    """The coordinates, beside those of the row, that are others than before."""
    axes = zip("xy", (seat.x, seat.y), (before.x, before.y), was_at, at, strict=True)
    return {
        name: as_json(number(offset(now, origin)))
        for name, now, was, old_origin, origin in axes
        if now is not None and (now != was or old_origin != origin)
    }


def _whole(seat: PlanSeat, at: Point) -> str:
    return as_json(position(offset(seat.x or 0.0, at[0]), offset(seat.y or 0.0, at[1])))


def new_seat(seat: PlanSeat, guid: str, place: Point, at: Point) -> str:
    """The object of a seat that the file does not have."""
    made: dict[str, Any] = {
        "seat_number": seat.number or "",
        "seat_guid": guid,
        "uuid": uuid_for("seat", guid),
        "position": position(offset(place[0], at[0]), offset(place[1], at[1])),
        "category": category_of(seat),
    }
    return as_json(made)
