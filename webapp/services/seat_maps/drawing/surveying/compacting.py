"""Wide empty strips across the whole drawing are narrowed, so that nobody has to pan through nothing."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from math import log2, sqrt

from webapp.services.seat_maps.chart import Point

# Up to this many pitches an empty strip is an aisle like any other and stays as it is.
_AISLE = 5.0
# How much wider than that the widest one is drawn.
_MORE_AT_MOST = 4.0
# A field that seats surround, or the space before a stage, may be as wide as that, and wider in larger houses.
_SMALL_FIELD = 60.0
# Where the drawing is mostly strips of more than this, rows are that far apart, and stand closer.
_BETWEEN_ROWS = 2.5


class Axis:
    """One direction of the drawing, with its empty strips narrowed."""

    def __init__(self, taken: Sequence[float], kept: Sequence[tuple[float, float]] = ()) -> None:
        self._from = sorted(set(taken))
        self._to = self._from[:1]
        strips = [gap for before, after in pairwise(self._from) if (gap := after - before) > _BETWEEN_ROWS]
        is_wide = len(strips) > 5 and sum(strips) > (self._from[-1] - self._from[0]) / 2
        aisle, more = (_BETWEEN_ROWS, 1.0) if is_wide else (_AISLE, _MORE_AT_MOST)
        for before, after in pairwise(self._from):
            gap = after - before
            if gap > aisle and any(begin < after and end > before for begin, end in kept):
                gap = min(gap, max(_SMALL_FIELD, 2 * sqrt(len(taken))))
            elif gap > aisle:
                gap = aisle + min(more, log2(gap / aisle))
            self._to.append(self._to[-1] + gap)

    def __call__(self, value: float) -> float:
        """Where this is once the strips are narrowed."""
        if value <= self._from[0]:
            return self._to[0] + value - self._from[0]
        if value >= self._from[-1]:
            return self._to[-1] + value - self._from[-1]
        place = bisect_right(self._from, value) - 1
        begin, end = self._from[place], self._from[place + 1]
        share = (value - begin) / (end - begin)
        return self._to[place] + share * (self._to[place + 1] - self._to[place])


def compact(at: dict[int, Point], fields: Sequence[Sequence[Point]]) -> tuple[Axis, Axis]:
    """Move the seats together across empty strips; strips with one of the `fields` (outlines) in it mostly stay.

    The two axes tell where everything else goes.
    """
    across = Axis([x for x, _ in at.values()], [(min(x for x, _ in one), max(x for x, _ in one)) for one in fields])
    down = Axis([y for _, y in at.values()], [(min(y for _, y in one), max(y for _, y in one)) for one in fields])
    for seat, (x, y) in at.items():
        at[seat] = (across(x), down(y))
    return across, down
