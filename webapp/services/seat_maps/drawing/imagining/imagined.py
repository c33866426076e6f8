"""A drawing for seats without coordinates: rows in gentle arcs around the stage, as in a house one knows."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import cos, sin
from statistics import fmean

from webapp.services.seat_maps.chart import Point
from webapp.services.seat_maps.drawing.grouping import Section
from webapp.services.seat_maps.drawing.imagining.columns import Column, Key
from webapp.services.seat_maps.drawing.imagining.tiers import Tier, tiers_of
from webapp.services.seat_maps.planned import PlannedSeat

# In pitches: from a row to the next, between two columns, to the next tier, and to one on another floor; in an aisle
# there is room for the name of a row.
_ROW, _AISLE, _TIER, _FLOOR = 1.25, 3.0, 3.6, 4.6
# In the middle, when nothing stands there.
_NARROW_AISLE = 1.8
# Narrower houses have straight rows.
_STRAIGHT = 14.0

Width = Callable[[int], float]


def imagine(seats: Sequence[PlannedSeat], sections: Sequence[Section]) -> dict[int, Point]:
    """Where the seats of these sections stand; the stage is above, and x is 0 in its middle."""
    tiers = tiers_of(seats, sections)
    flat: dict[int, Point] = {}
    depth = 0.0
    for before, tier in pairwise([None, *tiers]):
        assert tier is not None
        if before is not None:
            depth += _TIER if before.level == tier.level else _FLOOR
        keys = tier.keys
        _stand(tier, keys, depth, flat)
        depth += (len(keys) - 1) * _ROW
    return _bent(flat, depth)


def _bent(flat: dict[int, Point], depth: float) -> dict[int, Point]:
    """Rows as arcs around one point; their seats keep their distance along them."""
    half = max((abs(x) for x, _ in flat.values()), default=0.0)
    if 2 * half <= _STRAIGHT:
        return flat
    radius = max(1.6 * half, 3 * half - depth / 2)
    bent = {}
    for seat, (x, y) in flat.items():
        angle = x / (radius + y)
        bent[seat] = ((radius + y) * sin(angle), (radius + y) * cos(angle) - radius)
    return bent


def _stand(tier: Tier, keys: list[Key], depth: float, flat: dict[int, Point]) -> None:
    """Let the columns of a tier stand beside one another, aisles as straight as their rows allow."""
    left, centre, right = _sides(tier.columns)
    start: list[float] = [_NARROW_AISLE / 2] * len(keys)
    if centre is not None:
        width = _smooth(centre, keys)
        start = [width(place) / 2 + _AISLE for place in range(len(keys))]
        for place, key in enumerate(keys):
            offsets = centre.offsets(key)
            middle = offsets[-1] / 2 if offsets else 0.0
            _put(centre, key, [offset - middle for offset in offsets], depth + place * _ROW, flat)
    for columns, sign in ((reversed(left), -1), (right, 1)):
        edge = list(start)
        for column in columns:
            width = _smooth(column, keys)
            for place, key in enumerate(keys):
                if key in column.lines:
                    offsets = [edge[place] + offset for offset in column.offsets(key)]
                    # The innermost seat is the last one of a line that runs from left to right.
                    reach = offsets[-1] + edge[place] if sign < 0 else 0.0
                    _put(column, key, [offset - reach for offset in offsets], depth + place * _ROW, flat)
                edge[place] += width(place) + _AISLE


def _sides(columns: list[Column]) -> tuple[list[Column], Column | None, list[Column]]:
    """What stands left of the middle, in it, and right of it."""
    left = [column for column in columns if column.side == -1]
    right = [column for column in columns if column.side == 1]
    centre = [column for column in columns if not column.side]
    half = len(centre) // 2
    middle = centre[half] if len(centre) % 2 else None
    return left + centre[:half], middle, centre[half + (middle is not None) :] + right


def _put(column: Column, key: Key, offsets: list[float], y: float, flat: dict[int, Point]) -> None:
    line = [seat for piece in column.lines.get(key, ()) for seat in piece]
    for seat, offset in zip(line, offsets, strict=True):
        flat[seat] = (offset, y)


def _smooth(column: Column, keys: list[Key]) -> Width:
    """How much room a column takes in each line: at least what a straight line through all its widths says."""
    widths = {place: column.offsets(key)[-1] for place, key in enumerate(keys) if key in column.lines}
    middle, usual = fmean(widths), fmean(widths.values())
    spread = sum((place - middle) ** 2 for place in widths)
    slope = sum((place - middle) * (width - usual) for place, width in widths.items()) / spread if spread else 0.0
    least, most = min(widths.values()), max(widths.values())

    def width(place: int) -> float:
        straight = min(most, max(least, usual + slope * (place - middle)))
        return max(widths.get(place, 0.0), straight)

    return width
