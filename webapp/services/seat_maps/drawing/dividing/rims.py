"""The lines around a shape: followed cell by cell, with fewer corners, or drawn tight as a string around it."""

from collections.abc import Iterator, Sequence
from math import cos, hypot, pi, sin

from webapp.services.seat_maps.chart import Point

# Lines of a grid, each an integer with a bit for every cell.
Painted = list[int]
Corner = tuple[int, int]

_MARGIN = 0.5
# A ring like a comb is cut tooth by tooth; when it was cut so often, it is halved, which soon comes to an end.
_DEEPEST = 20


def rims_of(painted: Painted) -> list[list[Corner]]:
    """The closed lines around what is painted, clockwise around a shape and the other way around a hole in it."""
    ways: dict[Corner, list[Corner]] = {}
    for line, cells in enumerate(painted):
        above = painted[line - 1] if line else 0
        below = painted[line + 1] if line + 1 < len(painted) else 0
        for column in _bits(cells & ~above):
            ways.setdefault((column, line), []).append((column + 1, line))
        for column in _bits(cells & ~below):
            ways.setdefault((column + 1, line + 1), []).append((column, line + 1))
        for column in _bits(cells & ~(cells >> 1)):
            ways.setdefault((column + 1, line), []).append((column + 1, line + 1))
        for column in _bits(cells & ~(cells << 1)):
            ways.setdefault((column, line + 1), []).append((column, line))
    rims = []
    for start in list(ways):
        while start in ways:
            rims.append(_follow(ways, start))
    return rims


def _follow(ways: dict[Corner, list[Corner]], start: Corner) -> list[Corner]:
    """Walk from corner to corner until back at the start; only the corners where the way bends are kept."""
    rim: list[Corner] = []
    here, came = start, (0, 0)
    while True:
        ends = ways[here]
        # Where two cells touch at a corner, the way turns right and stays with its own.
        right = (here[0] - came[1], here[1] + came[0])
        there = right if len(ends) > 1 and right in ends else ends[0]
        ends.remove(there)
        if not ends:
            del ways[here]
        step = (there[0] - here[0], there[1] - here[1])
        if step != came:
            rim.append(here)
        here, came = there, step
        if here == start:
            return rim


def _bits(cells: int) -> Iterator[int]:
    while cells:
        lowest = cells & -cells
        yield lowest.bit_length() - 1
        cells ^= lowest


def simplified(ring: list[Point], tolerance: float) -> list[Point]:
    """The ring without the corners that stand out from the line between others by less than `tolerance`."""
    if len(ring) < 4:
        return ring
    far = max(range(len(ring)), key=lambda place: _apart(ring[0], ring[place]))
    closed = [*ring, ring[0]]
    keep = {0, far}
    spans = [(0, far, 0), (far, len(ring), 0)]
    while spans:
        begin, end, depth = spans.pop()
        if end - begin < 2:
            continue
        place = max(range(begin + 1, end), key=lambda one: _off(closed[one], closed[begin], closed[end]))
        if _off(closed[place], closed[begin], closed[end]) > tolerance:
            if depth > _DEEPEST:
                place = (begin + end) // 2
            keep.add(place)
            spans += [(begin, place, depth + 1), (place, end, depth + 1)]
    kept = [ring[place] for place in sorted(keep)]
    return kept if len(kept) > 2 else ring


def hull(points: Sequence[Point]) -> list[Point]:
    """The convex shape around the points, with half a pitch of margin."""
    ring = sorted(
        {(x + _MARGIN * cos(pi / 4 * turn), y + _MARGIN * sin(pi / 4 * turn)) for x, y in points for turn in range(8)}
    )
    return [*_chain(ring), *_chain(ring[::-1])]


def _chain(points: Sequence[Point]) -> list[Point]:
    chain: list[Point] = []
    for point in points:
        while len(chain) > 1 and _cross(chain[-2], chain[-1], point) <= 0:
            chain.pop()
        chain.append(point)
    return chain[:-1]


def _cross(one: Point, two: Point, three: Point) -> float:
    return (two[0] - one[0]) * (three[1] - one[1]) - (two[1] - one[1]) * (three[0] - one[0])


def _off(point: Point, begin: Point, end: Point) -> float:
    """How far the point is from the line between the two."""
    length = _apart(begin, end)
    return abs(_cross(begin, end, point)) / length if length else _apart(begin, point)


def _apart(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])
