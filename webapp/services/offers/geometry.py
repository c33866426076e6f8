"""How blocks of seats stand to one another, in pitches, however the rows of the hall run."""

from collections.abc import Iterator
from itertools import product
from math import dist

from webapp.services.offers.line import CELL, Line, RowName
from webapp.services.seat_maps.chart import Point

# The next row is no further away than this: a row may be far deeper than a seat is wide.
DEEPEST = 3.0
# How far aside the middle of a block may be that is still directly behind another; also in parts of the larger one, so
# that of two single seats none is diagonally behind the other.
ASIDE, ASIDE_PART = 1.1, 0.75
# No further than this from the straight way between two blocks a seat stands between them.
BESIDE = 1.5


def middle(line: Line, block: range) -> Point:
    """The middle of a block."""
    (left, top), (right, bottom) = line.points[block[0]], line.points[block[-1]]
    return ((left + right) / 2, (top + bottom) / 2)


def apart(line: Line, one: range, other: range) -> float:
    """How far the middles of two blocks are apart."""
    return dist(middle(line, one), middle(line, other))


def is_straight_behind(line: Line, one: range, other: range) -> bool:
    """Whether a block of another row is straight behind or before this one, as near as the next row may be."""
    aside, deep = _seen_from(middle(line, one), _direction(line, one), middle(line, other))
    return abs(aside) <= min(ASIDE, ASIDE_PART * max(len(one), len(other))) and 0 < deep <= DEEPEST


def follow_one_another(line: Line, one: range, other: range) -> bool:
    """Whether two stretches of different rows have a place where the one row is the next behind the other."""
    shorter, longer = sorted((one, other), key=len)
    ends = product((shorter[0], shorter[-1]), longer)
    here, there = min(ends, key=lambda pair: dist(line.points[pair[0]], line.points[pair[1]]))
    pair = (range(here, here + 1), range(there, there + 1))
    return apart(line, *pair) <= DEEPEST + ASIDE and nothing_between(line, *pair)


def nothing_between(line: Line, one: range, other: range) -> bool:
    """Whether no seat of a third row stands between two blocks."""
    begin, end = middle(line, one), middle(line, other)
    way, straight_on = dist(begin, end), _towards(begin, end)
    rows = (_row(line, one[0]), _row(line, other[0]))
    for place in _around(line, begin, end):
        ahead, aside = _seen_from(begin, straight_on, line.points[place])
        if way / 5 < ahead < way * 4 / 5 and aside <= BESIDE and _row(line, place) not in rows:
            return False
    return True


def _direction(line: Line, block: range) -> Point:
    """Which way the row runs at this block: by itself and the seats beside it, else by its whole row."""
    nearby = [place for place in range(block.start - 1, block.stop + 1) if _is_seat(line, place)]
    if len(nearby) < 2:
        nearby = [place for place in line.rows[_row(line, block[0])] if _is_seat(line, place)]
    return _towards(line.points[nearby[0]], line.points[nearby[-1]])


def _is_seat(line: Line, place: int) -> bool:
    return 0 <= place < line.length and line.seats[place] is not None


def _row(line: Line, place: int) -> RowName:
    seat = line.seats[place]
    assert seat, "only places of seats are looked at"
    return (seat.section, seat.row)


def _around(line: Line, begin: Point, end: Point) -> Iterator[int]:
    """The places of seats near the way between two points."""
    (left, right), (top, bottom) = (
        (int((min(ends) - BESIDE) // CELL), int((max(ends) + BESIDE) // CELL)) for ends in zip(begin, end, strict=True)
    )
    for column in range(left, right + 1):
        for row in range(top, bottom + 1):
            yield from line.cells.get((column, row), ())


def _towards(begin: Point, end: Point) -> Point:
    """The direction from one point to another, one pitch long; to the right where they are the same."""
    length = dist(begin, end)
    return ((end[0] - begin[0]) / length, (end[1] - begin[1]) / length) if length else (1.0, 0.0)


def _seen_from(begin: Point, direction: Point, point: Point) -> Point:
    """How far a point is ahead, seen from another in this direction, and how far to either side."""
    (x, y), (across, down) = direction, (point[0] - begin[0], point[1] - begin[1])
    return (x * across + y * down, abs(x * down - y * across))
