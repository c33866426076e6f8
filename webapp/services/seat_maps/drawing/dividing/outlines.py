"""The shapes of parts: seats are painted on a fine grid, gaps between them closed, and the rim followed.

A line of the grid is an integer with a bit for each of its cells, so that a whole line is shifted or joined at once.
"""

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from webapp.services.seat_maps.chart import Point
from webapp.services.seat_maps.drawing.dividing.rims import Painted, hull, rims_of, simplified

# Cells in a pitch; half of it is the margin around a seat.
_FINE = 2
# No hall is longer or wider; if a plan's slips make one so, shapes are drawn tight around the seats, as by a string.
_MOST_LINES = 20_000
# How far the painted cells grow, and how far they shrink again, tried until the part is one piece: thin rows on a slope
# keep hold of one another only when they shrink less.
_REACHES = ((3, 3), (3, 2), (4, 2), (6, 4), (12, 9), (24, 20))
# Where so many lines or columns come to one seat, a part is scattered all over the hall and has no shape to be seen.
_MOST_TO_A_SEAT, _ALWAYS = 20, 400
# A corner of the outline that bends less than this, in pitches, is left out.
_SMOOTH = 0.9
# Columns left free beside what is painted, for it to grow into.
_ROOM = _REACHES[-1][0] + 1


class Patch(NamedTuple):
    """Painted cells, whose lowest bit is at `column` of the hall's grid, and their first line."""

    column: int
    first: int
    lines: Painted


def outlines_of(groups: Sequence[Sequence[Point]]) -> list[list[Point]]:
    """The outline of each group of seats, half a pitch around it and not over the seats of another."""
    everywhere = [point for group in groups for point in group]
    if not everywhere:
        return [[] for _ in groups]
    margin = _REACHES[-1][0] + 2 * _FINE
    left = min(x for x, _ in everywhere) - margin / _FINE
    top = min(y for _, y in everywhere) - margin / _FINE
    lines = ceil((max(y for _, y in everywhere) - top) * _FINE) + margin + 1
    columns = ceil((max(x for x, _ in everywhere) - left) * _FINE) + margin + 1
    if max(lines, columns) > _MOST_LINES:
        return [hull(group) for group in groups]
    whole = [0] * lines
    painted = [_painted(group, left, top) for group in groups]
    for one in painted:
        for line, cells in enumerate(one.lines, start=one.first):
            whole[line] |= cells << one.column
    return [
        _outline(group, one, whole, (left, top)) if group else [] for group, one in zip(groups, painted, strict=True)
    ]


def _painted(group: Sequence[Point], left: float, top: float) -> Patch:
    """The cells that the seats cover, each a square of a pitch."""
    places = [(round((x - left) * _FINE), round((y - top) * _FINE)) for x, y in group]
    begin = min((column for column, _ in places), default=0) - 1 - _ROOM
    lines: dict[int, int] = {}
    for column, line in places:
        bits = 0b11 << (column - 1 - begin)
        lines[line - 1] = lines.get(line - 1, 0) | bits
        lines[line] = lines.get(line, 0) | bits
    first = min(lines, default=0)
    return Patch(begin, first, [lines.get(line, 0) for line in range(first, max(lines, default=-1) + 1)])


def _outline(group: Sequence[Point], patch: Patch, whole: Painted, corner: Point) -> list[Point]:
    own, first = patch.lines, patch.first
    wide = max(cells.bit_length() for cells in own) - _ROOM
    if max(len(own), wide) > max(_ALWAYS, _MOST_TO_A_SEAT * len(group)):
        return hull(group)
    for reach, back in _REACHES:
        margin = [0] * (reach + 1)
        mine = [*margin, *own, *margin]
        begin = first - reach - 1
        closed = _shrunk(_grown(mine, reach), back)
        around = [line >> patch.column for line in whole[begin : begin + len(mine)]]
        shape = [
            (line & ~(all_seats & ~mine_here)) | mine_here
            for line, all_seats, mine_here in zip(closed, around, mine, strict=True)
        ]
        outer = [rim for rim in rims_of(shape) if _turning(rim) > 0]
        if len(outer) == 1:
            left, top = corner[0] + patch.column / _FINE, corner[1] + begin / _FINE
            return simplified([(left + x / _FINE, top + y / _FINE) for x, y in outer[0]], _SMOOTH)
    return hull(group)


def _grown(painted: Painted, reach: int) -> Painted:
    for _ in range(reach):
        wide = [line | line << 1 | line >> 1 for line in painted]
        painted = [
            wide[index] | (painted[index - 1] if index else 0) | (painted[index + 1] if index + 1 < len(wide) else 0)
            for index in range(len(wide))
        ]
    return painted


def _shrunk(painted: Painted, reach: int) -> Painted:
    for _ in range(reach):
        thin = [line & line << 1 & line >> 1 for line in painted]
        painted = [
            thin[index] & (painted[index - 1] if index else 0) & (painted[index + 1] if index + 1 < len(thin) else 0)
            for index in range(len(thin))
        ]
    return painted


def _turning(rim: Sequence[tuple[int, int]]) -> int:
    """Twice the area within, less than nothing for the rim of a hole."""
    return sum(x * to_y - to_x * y for (x, y), (to_x, to_y) in zip(rim, [*rim[1:], rim[0]], strict=True))
