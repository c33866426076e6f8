"""Who sits beside whom: the order of seats along a row, and the gaps in it.

A row may come in several pieces (left and right of an aisle); seats of different pieces are never neighbours, because
nothing in a plan says how far apart they are meant to be.
"""

from itertools import pairwise
from math import atan2, cos, dist, sin
from statistics import fmean, median

from webapp.services.plans.places import Place

Point = tuple[float, float]

# A step along the row that is this many times the usual one has an aisle in it.
_AISLE = 1.6
# With fewer steps than this a row says little about its own pitch, and the plan's is taken.
_TELLING_STEPS = 3


def order_rows(rows: list[list[list[Place]]]) -> float | None:
    """Set `neighbour_order` of every place by where it stands; return the plan's usual distance between neighbours.

    `rows` are the rows of the plan, each a list of its pieces, each a list of places in the order of the file. Numbers
    run from left to right (from top to bottom in rows that stand upright), one apart between neighbours and two apart
    at a gap. A piece in which a place has no position keeps the order of the file, without gaps.
    """
    walks = [[_walk(piece) for piece in _left_to_right(row)] for row in rows]
    steps = [step for row in walks for walk in row for step in _steps(walk) if step > 0]
    usual = median(steps) if steps else None
    for row in walks:
        order = 1
        for walk in row:
            order = _number(walk, order, usual) + 2
    return usual


def _point(place: Place) -> Point | None:
    return None if place.x is None or place.y is None else (place.x, place.y)


def _points(piece: list[Place]) -> list[Point]:
    """Positions of all places, or nothing when one of them has none."""
    points = [point for place in piece if (point := _point(place)) is not None]
    return points if len(points) == len(piece) else []


def _left_to_right(pieces: list[list[Place]]) -> list[list[Place]]:
    corners = [min(_points(piece), default=None) for piece in pieces]
    if None in corners:
        return pieces
    return [piece for _, piece in sorted(zip(corners, pieces, strict=True), key=lambda pair: pair[0] or (0, 0))]


def _walk(piece: list[Place]) -> list[Place]:
    # A file may list a straight row in any order (odd numbers, then even ones) and a horseshoe only in its own:
    # of walking by the file and walking along the row's main direction, the shorter one is the row.
    points = _points(piece)
    if len(points) < 2:
        return piece
    angle = _main_direction(points)
    along = sorted(piece, key=lambda place: (place.x or 0) * cos(angle) + (place.y or 0) * sin(angle))
    walk = along if sum(_steps(along)) < 0.999 * sum(_steps(piece)) else piece
    (first_x, first_y), (last_x, last_y) = _points([walk[0], walk[-1]])
    across, down = last_x - first_x, last_y - first_y
    backwards = across < 0 if abs(across) >= abs(down) else down < 0
    return walk[::-1] if backwards else walk


def _main_direction(points: list[Point]) -> float:
    middle_x, middle_y = fmean(x for x, _ in points), fmean(y for _, y in points)
    xx = sum((x - middle_x) ** 2 for x, _ in points)
    yy = sum((y - middle_y) ** 2 for _, y in points)
    xy = sum((x - middle_x) * (y - middle_y) for x, y in points)
    return 0.5 * atan2(2 * xy, xx - yy)


def _steps(walk: list[Place]) -> list[float]:
    return [dist(one, other) for one, other in pairwise(_points(walk))]


def _number(walk: list[Place], order: int, usual: float | None) -> int:
    """Number one piece from `order` on and return the last number given."""
    steps = _steps(walk) or [0.0] * (len(walk) - 1)
    apart = [step for step in steps if step > 0]
    pitch = median(apart) if len(apart) >= _TELLING_STEPS else usual
    walk[0].neighbour_order = order
    for place, step in zip(walk[1:], steps, strict=True):
        order += 2 if pitch is not None and step > _AISLE * pitch else 1
        place.neighbour_order = order
    return order
