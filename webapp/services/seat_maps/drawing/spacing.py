"""Where there is room for a seat: centres in a grid, so that only what is near is ever looked at."""

from collections.abc import Iterable, Iterator, Mapping
from math import ceil, cos, pi, sin, sqrt

from webapp.services.seat_maps.chart import Point

# No two seats of a chart are nearer than this, in pitches, so that each can be hit by itself.
NEAREST = 0.95
# What is moved is moved a little farther than that, so that rounding brings nothing too near again.
CLEAR = 0.98
# Where so many stand in one cell, it does not matter who exactly is too near to whom.
_HEAP = 10


class Floor:
    """Points by cells of the size of a pitch."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[float, float, int]]] = {}

    def put(self, index: int, point: Point) -> None:
        """Let `index` stand there."""
        x, y = point
        self._cells.setdefault((int(x // 1), int(y // 1)), []).append((x, y, index))

    def take(self, index: int, point: Point) -> None:
        """Let `index` stand there no longer."""
        x, y = point
        self._cells[int(x // 1), int(y // 1)].remove((x, y, index))

    def heaped(self) -> set[int]:
        """Who stands in a heap that cannot be made out."""
        return {index for here in self._cells.values() if len(here) > _HEAP for *_, index in here}

    def near(self, point: Point, reach: float) -> Iterator[int]:
        """Who stands nearer than `reach`."""
        x, y = point
        cells = ceil(reach)
        column, line = int(x // 1), int(y // 1)
        square = reach * reach
        for i in range(column - cells, column + cells + 1):
            for j in range(line - cells, line + cells + 1):
                for other_x, other_y, index in self._cells.get((i, j), ()):
                    if (other_x - x) ** 2 + (other_y - y) ** 2 < square:
                        yield index

    def is_free(self, point: Point, reach: float = NEAREST) -> bool:
        """Whether nobody stands nearer than `reach`."""
        return next(self.near(point, reach), None) is None


def floor_of(points: Iterable[tuple[int, Point]]) -> Floor:
    """A floor on which these stand."""
    floor = Floor()
    for index, point in points:
        floor.put(index, point)
    return floor


def crowded(at: dict[int, Point], seats: Iterable[int], floor: Floor) -> list[int]:
    """Those of the seats that stand too near to somebody else on the floor."""
    return [seat for seat in seats if any(other != seat for other in floor.near(at[seat], NEAREST))]


def close_pairs(at: Mapping[int, Point], reach: float) -> Iterator[tuple[int, int, float]]:
    """Pairs that stand nearer than `reach`, which is at most a pitch, and how far apart they are.

    Every pair of cells is looked at once, and most cells have one seat: this is what a stadium takes its time for. Of
    those who stand in a heap not all pairs are told.
    """
    cells: dict[tuple[int, int], list[tuple[float, float, int]]] = {}
    for index, (x, y) in at.items():
        cells.setdefault((int(x // 1), int(y // 1)), []).append((x, y, index))
    square = reach * reach
    for (column, line), here in cells.items():
        for place, (x, y, index) in enumerate(here):
            for other_x, other_y, other in here[place + 1 : place + _HEAP]:
                if (apart := (other_x - x) ** 2 + (other_y - y) ** 2) < square:
                    yield index, other, sqrt(apart)
        for beside in ((column + 1, line), (column - 1, line + 1), (column, line + 1), (column + 1, line + 1)):
            if there := cells.get(beside):
                for x, y, index in here[:_HEAP]:
                    for other_x, other_y, other in there[:_HEAP]:
                        if (apart := (other_x - x) ** 2 + (other_y - y) ** 2) < square:
                            yield index, other, sqrt(apart)


def way_out(points: list[Point], direction: Point, floor: Floor, *, farthest: float, reach: float) -> float | None:
    """How far all the points together must go in this direction until nobody on the floor is within `reach`.

    None when that is farther than `farthest`.
    """
    far = 0.0
    while far <= farthest:
        moved = ((x + far * direction[0], y + far * direction[1]) for x, y in points)
        if all(floor.is_free(point, reach) for point in moved):
            return far
        far += max(0.5, far / 10)
    return None


def free_spot(point: Point, floor: Floor) -> Point:
    """The nearest free place, found by looking in ever wider rings."""
    if floor.is_free(point, CLEAR):
        return point
    radius = 0.5
    while True:
        spots = max(8, int(radius * 4))
        for turn in range(spots):
            angle = 2 * pi * turn / spots
            spot = (point[0] + radius * cos(angle), point[1] + radius * sin(angle))
            if floor.is_free(spot, CLEAR):
                return spot
        radius += max(0.5, radius / 8)
