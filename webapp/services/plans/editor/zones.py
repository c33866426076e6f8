"""Plans as JSON in the form of the pretix seating-plan editor: zones, rows, seats with positions, categories.

The form: https://github.com/pretix/pretix/blob/master/src/pretix/static/seating/seating-plan.schema.json
What it adds beside (radius, labels, colours …) is passed over.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from webapp.services.plans.editor.areas import MOST_AREAS, read_areas
from webapp.services.plans.editor.crowding import crowded
from webapp.services.plans.editor.curiosities import Curiosities
from webapp.services.plans.editor.json_values import objects, parse_json, position_of, text_if_any, text_of
from webapp.services.plans.editor.seat_traits import PlanCategories, PlanIds
from webapp.services.plans.marks import settle_accessibility
from webapp.services.plans.neighbours import order_rows
from webapp.services.plans.oddities import Oddities
from webapp.services.plans.places import FoundPlan, Place
from webapp.services.plans.plan import MOST_SEATS, PlanArea, PlanUnusable
from webapp.services.plans.texts import LONGEST_NAME, LONGEST_NUMBER, LONGEST_ROW, LONGEST_SECTION, quoted

# Two seats nearer than this part of the usual distance between neighbours cannot both be sat on.
_TOO_NEAR = 0.25


@dataclass(frozen=True)
class _Zone:
    """One zone object of the file, and where it stands."""

    section: str | None
    where: str
    x: float
    y: float
    listed: dict[str, Any]


@dataclass(frozen=True)
class _Piece:
    """One row object of the file: the name of its row, where it stands, and its seats."""

    section: str | None
    row: str | None
    where: str
    x: float
    y: float
    seats: list[dict[str, Any]]


def read_editor_plan(text: str, oddities: Oddities) -> FoundPlan:
    """Read a plan of the editor; PlanUnusable names the seat, row or zone that cannot be used."""
    file = parse_json(text)
    if "zones" not in file:
        raise PlanUnusable('The JSON is no seating plan: it has no "zones".')
    curiosities = Curiosities(oddities)
    curiosities.look_at("plan", file)
    name = text_if_any(file.get("name"), LONGEST_NAME, "name", "the plan", oddities)
    categories = PlanCategories(file.get("categories"), curiosities, oddities)
    plan_ids = PlanIds(oddities)
    places: list[Place] = []
    rows: dict[tuple[str | None, str | None], list[list[Place]]] = defaultdict(list)
    zones = list(_zones(file["zones"], curiosities, oddities))
    pieces = (piece for zone in zones for piece in _pieces(zone, curiosities, oddities))
    for rank, piece in enumerate(pieces, start=1):
        if max(rank, len(places) + len(piece.seats)) > MOST_SEATS:
            raise PlanUnusable(f"The plan is larger than {MOST_SEATS:,} seats or rows.", seat=piece.where)
        if not piece.seats:
            continue
        found = [_place(piece, nth, seat, oddities) for nth, seat in enumerate(piece.seats, start=1)]
        for place, seat in zip(found, piece.seats, strict=True):
            curiosities.look_at("seat", seat)
            place.category, marks = categories.of(seat, place.source)
            settle_accessibility(place, marks, oddities)
            place.plan_seat_id = plan_ids.of(seat, place.source)
        places += found
        rows[piece.section, piece.row].append(found)
    if not places:
        raise PlanUnusable("The plan has no seats.")
    categories.note_unused()
    _note_split_rows(rows, oddities)
    _note_crowded(places, order_rows(list(rows.values())), oddities)
    return FoundPlan(name, places, categories.all(), _areas(zones, curiosities, oddities))


def _zones(zones: Any, curiosities: Curiosities, oddities: Oddities) -> Iterator[_Zone]:
    for rank, zone in enumerate(objects(zones, "The zones"), start=1):
        section = text_of(zone.get("name"), LONGEST_SECTION, "name", f"zone {rank}", oddities)
        where = f"zone {rank} {quoted(section)}"
        curiosities.look_at("zone", zone)
        x, y = position_of(zone.get("position"), where) or (0.0, 0.0)
        yield _Zone(section, where, x, y, zone)


def _pieces(zone: _Zone, curiosities: Curiosities, oddities: Oddities) -> Iterator[_Piece]:
    rows = objects(zone.listed.get("rows"), f"The rows of {zone.where}")
    if rows and zone.section is None:
        oddities.note("zone", "without a name; its seats stand in no section", zone.where)
    for rank, row in enumerate(rows, start=1):
        piece = _piece(zone, row, f"row {rank}", oddities)
        curiosities.look_at("row", row)
        curiosities.look_at_label(row, piece.where)
        yield piece


def _areas(zones: list[_Zone], curiosities: Curiosities, oddities: Oddities) -> list[PlanArea]:
    found = (
        area
        for zone in zones
        for area in read_areas(zone.listed.get("areas"), zone.where, (zone.x, zone.y), curiosities, oddities)
    )
    areas = list(islice(found, MOST_AREAS))
    for more in found:
        oddities.note("area", f"left out, since a plan draws {MOST_AREAS} at most", quoted(more.label))
    return areas


def _piece(zone: _Zone, row: dict[str, Any], rank: str, oddities: Oddities) -> _Piece:
    name = text_of(row.get("row_number"), LONGEST_ROW, "row_number", f"{rank} of {zone.where}", oddities)
    where = f"{rank} {quoted(name)} of {zone.where}"
    seats = objects(row.get("seats"), f"The seats of {where}")
    if not seats:
        oddities.note("row", "without seats, left out", where)
    elif name is None:
        oddities.note("row", "without a row_number; the seats stand directly in their zone", where)
    row_x, row_y = position_of(row.get("position"), where) or (0.0, 0.0)
    return _Piece(zone.section, name, where, zone.x + row_x, zone.y + row_y, seats)


def _place(piece: _Piece, rank: int, seat: dict[str, Any], oddities: Oddities) -> Place:
    where = f"seat {rank} in {piece.where}"
    place = Place(
        section=piece.section,
        row=piece.row,
        number=text_of(seat.get("seat_number"), LONGEST_NUMBER, "seat_number", where, oddities),
        source=where,
    )
    if place.number is None:
        oddities.note("seat", "without a seat_number", where)
    position = position_of(seat.get("position"), where)
    if position is None:
        oddities.note("seat", "without a position; the row keeps the order of the file", where)
    else:
        place.x, place.y = piece.x + position[0], piece.y + position[1]
    return place


def _note_split_rows(rows: dict[tuple[str | None, str | None], list[list[Place]]], oddities: Oddities) -> None:
    for (section, row), pieces in rows.items():
        if len(pieces) > 1:
            oddities.note(
                "row",
                "in several pieces; seats of different pieces do not count as neighbours",
                f"{quoted(row)} of {quoted(section)} in {len(pieces)}",
            )


def _note_crowded(places: list[Place], usual: float | None, oddities: Oddities) -> None:
    standing = [(place, (place.x, place.y)) for place in places if place.x is not None and place.y is not None]
    near = _TOO_NEAR * (usual or 1.0)
    for index in sorted(crowded([point for _, point in standing], near)):
        oddities.note("seat", "almost on top of another", standing[index][0].source)
