"""Seats that stand on one another are parted: along their row, by rows, by sections, and one by one at last."""

from collections.abc import Sequence
from itertools import pairwise
from math import dist, hypot
from statistics import fmean

from webapp.services.seat_maps.chart import Point
from webapp.services.seat_maps.drawing.grouping import Section
from webapp.services.seat_maps.drawing.spacing import (
    CLEAR,
    NEAREST,
    Floor,
    close_pairs,
    crowded,
    floor_of,
    free_spot,
    way_out,
)

# A row, a section is moved as a whole when more than this part of it stands too near to others.
_MUCH_OF_A_ROW, _MUCH_OF_A_SECTION = 0.3, 0.08
# A section of which more than this is still crowded cannot be kept, and is drawn anew.
_BEYOND_REPAIR = 0.2
# As much as that before any row was moved, and nobody tries.
_HOPELESS = 0.8
# When more seats than this are crowded after all, the sections they are in are drawn anew too.
_MOST_MOVED_ALONE = 100
# More sections on one another than this are no house with balconies, and are drawn anew as well.
_MOST_SECTIONS_MOVED = 200
# How far a row, and a section, is moved at most.
_FAR_FOR_A_ROW, _FAR_FOR_A_SECTION = 12.0, 400.0
# How far a section that stood on another is put from it at least, so that they are told apart.
_BETWEEN_SECTIONS = 1.8


def untangle(at: dict[int, Point], sections: Sequence[Section], focus: Point) -> None:
    """Part seats that stand on one another, away from `focus`; a section that cannot be kept is taken out of `at`."""
    if next(close_pairs(at, NEAREST), None) is None:
        return
    for section in sections:
        if section.seats and section.seats[0] in at and not _is_untangled(at, section, focus):
            _take_out(at, section)
    heaped = floor_of(at.items()).heaped()
    for section in sections:
        if section.seats[0] in at and len(heaped.intersection(section.seats)) > _MUCH_OF_A_SECTION * len(section.seats):
            _take_out(at, section)
    floor = floor_of(at.items())
    # What comes later in a plan is what stands above the rest.
    doubled = [section for section in reversed(sections) if _is_doubled(at, section, floor)]
    if len(doubled) <= _MOST_SECTIONS_MOVED:
        for section in doubled:
            _move_section(at, section, focus, floor)
    left = set(crowded(at, list(at), floor))
    for section in sections:
        if section.seats[0] in at:
            share = len(left.intersection(section.seats))
            if share > _MUCH_OF_A_SECTION * len(section.seats) or (share and len(left) > _MOST_MOVED_ALONE):
                _take_out(at, section)
    part_one_by_one(at, floor_of(at.items()))


def _take_out(at: dict[int, Point], section: Section) -> None:
    for seat in section.seats:
        del at[seat]


def part_one_by_one(at: dict[int, Point], floor: Floor) -> None:
    """Move every seat that still stands too near to another to the nearest free place."""
    for seat in crowded(at, list(at), floor):
        if not all(other == seat for other in floor.near(at[seat], NEAREST)):
            floor.take(seat, at[seat])
            at[seat] = free_spot(at[seat], floor)
            floor.put(seat, at[seat])


def _is_untangled(at: dict[int, Point], section: Section, focus: Point) -> bool:
    """Spread narrow rows and part rows that lie on one another; whether hardly any seat is crowded then."""
    seats = section.seats
    if len(seats) < 2:
        return True
    if next(close_pairs({seat: at[seat] for seat in seats}, NEAREST), None):
        pieces = [piece for row in section.rows for piece in row.pieces]
        for piece in pieces:
            if not _spread(at, piece):
                return False
        floor = floor_of((seat, at[seat]) for seat in seats)
        if floor.heaped() or len(crowded(at, seats, floor)) > _HOPELESS * len(seats):
            return False
        for piece in pieces:
            _move_piece(at, piece, focus, floor)
        return len(crowded(at, seats, floor)) <= _BEYOND_REPAIR * len(seats)
    return True


def _spread(at: dict[int, Point], piece: list[int]) -> bool:
    """Bring neighbours that are nearer than a pitch a pitch apart, along the row; whether the row has a direction."""
    points = [at[seat] for seat in piece]
    steps = [dist(one, other) for one, other in pairwise(points)]
    if all(step >= NEAREST for step in steps):
        return True
    (x, y), far = points[0], max(points, key=lambda point: dist(points[0], point))
    length = dist((x, y), far)
    if length < NEAREST / 2:
        return False
    main = ((far[0] - x) / length, (far[1] - y) / length)
    spread = [points[0]]
    for (from_x, from_y), (to_x, to_y), step in zip(points, points[1:], steps, strict=False):
        (x, y), wide = spread[-1], max(step, 1.0)
        along = ((to_x - from_x) / step, (to_y - from_y) / step) if step > NEAREST / 4 else main
        spread.append((x + wide * along[0], y + wide * along[1]))
    # What was added is added on both sides of the middle.
    shift_x = fmean(x for x, _ in points) - fmean(x for x, _ in spread)
    shift_y = fmean(y for _, y in points) - fmean(y for _, y in spread)
    for seat, (x, y) in zip(piece, spread, strict=True):
        at[seat] = (x + shift_x, y + shift_y)
    return True


def _move_piece(at: dict[int, Point], piece: list[int], focus: Point, floor: Floor) -> None:
    """Move a row that lies on another one out of it, to the side where it is the shorter way."""
    if len(crowded(at, piece, floor)) <= _MUCH_OF_A_ROW * len(piece):
        return
    for seat in piece:
        floor.take(seat, at[seat])
    points = [at[seat] for seat in piece]
    across, down = points[-1][0] - points[0][0], points[-1][1] - points[0][1]
    length = hypot(across, down) or 1.0
    along = (across / length, down / length) if across or down else (1.0, 0.0)
    behind = _away(focus, points, (-along[1], along[0]))
    ways = [behind, (-behind[0], -behind[1]), along, (-along[0], -along[1])]
    found = [
        (far, way)
        for way in ways
        if (far := way_out(points, way, floor, farthest=_FAR_FOR_A_ROW, reach=CLEAR)) is not None
    ]
    far, way = min(found, key=lambda one: one[0], default=(0.0, behind))
    for seat, (x, y) in zip(piece, points, strict=True):
        at[seat] = (x + far * way[0], y + far * way[1])
        floor.put(seat, at[seat])


def _away(focus: Point, points: list[Point], across: Point) -> Point:
    """The one of the two directions across a row that leads away from the stage."""
    x, y = points[len(points) // 2]
    away = (x - focus[0]) * across[0] + (y - focus[1]) * across[1]
    return across if away >= 0 else (-across[0], -across[1])


def _is_doubled(at: dict[int, Point], section: Section, floor: Floor) -> bool:
    """Whether much of the section stands on others."""
    seats = [seat for seat in section.seats if seat in at]
    return len(crowded(at, seats, floor)) > _MUCH_OF_A_SECTION * len(seats)


def _move_section(at: dict[int, Point], section: Section, focus: Point, floor: Floor) -> None:
    """Move a section that stands on another one, a balcony drawn over the stalls, straight behind it."""
    if not _is_doubled(at, section, floor):
        return
    seats = section.seats
    for seat in seats:
        floor.take(seat, at[seat])
    points = [at[seat] for seat in seats]
    x, y = fmean(x for x, _ in points) - focus[0], fmean(y for _, y in points) - focus[1]
    way = (0.0, 1.0 if y >= 0 else -1.0) if abs(y) >= abs(x) / 2 else (1.0 if x >= 0 else -1.0, 0.0)
    far = way_out(points, way, floor, farthest=_FAR_FOR_A_SECTION, reach=_BETWEEN_SECTIONS) or 0.0
    for seat, (x, y) in zip(seats, points, strict=True):
        at[seat] = (x + far * way[0], y + far * way[1])
        floor.put(seat, at[seat])
