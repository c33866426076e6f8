"""Free places for names: of rows at the ends of their pieces, of sections above their first rows."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from math import hypot

from webapp.services.seat_maps.chart import Point
from webapp.services.seat_maps.drawing.grouping import Row, Section
from webapp.services.seat_maps.drawing.spacing import Floor

# About how wide a letter is of a row's name and of a section's, in pitches, and how long a name may be.
_ROW_LETTER, _SECTION_LETTER = 0.38, 0.48
_LONGEST_ROW, _LONGEST_SECTION = 5, 26
# Half the height of a line of text and of a seat, together.
_LINE = 0.85
# How far above its first row a section's name stands.
_ABOVE = 1.15
# How far above everything names are piled at most.
_HIGHEST = 20.0

# Left, top, right and bottom.
Box = tuple[float, float, float, float]
# Where names stand: the middle of each, and half its width.
Taken = list[tuple[Point, float]]


class Names:
    """Places for the names of a part, none on a seat and none on another name."""

    def __init__(
        self, sections: Sequence[Section], at: Mapping[int, Point], floor: Floor, scenery: Sequence[Box] = ()
    ) -> None:
        self._at, self._floor, self._scenery = at, floor, scenery
        self._taken: dict[int, Taken] = {}
        self._top = min((y for _, y in at.values()), default=0.0)
        rows = [row for section in sections for row in section.rows]
        self._of_rows: dict[int, list[Point]] = {id(row): [] for row in rows}
        self._name_rows([row for row in rows if row.name])
        self.of_sections = [self._name_section(section) for section in sections]

    @property
    def corners(self) -> Iterator[Point]:
        """Left and right ends of all names."""
        for (x, y), half in chain.from_iterable(self._taken.values()):
            yield (x - half, y)
            yield (x + half, y)

    def of_row(self, row: Row) -> list[Point]:
        """Where the name of the row is drawn: at ends of its pieces where there is room."""
        return self._of_rows[id(row)]

    def _name_rows(self, rows: Sequence[Row]) -> None:
        """Give every row one name, where there is most room, before any gets a second one."""
        waiting = [(row, self._ends(row)) for row in rows]
        for is_first in (True, False):
            for row, ends in waiting:
                half = _ROW_LETTER * min(_LONGEST_ROW, len(row.name or "")) / 2
                for point in ends:
                    if point not in self._of_rows[id(row)] and self._is_free(point, half):
                        self._of_rows[id(row)].append(point)
                        self._take(point, half)
                        if is_first:
                            break

    def _ends(self, row: Row) -> list[Point]:
        """One step past both ends of each piece of the row, the outermost first."""
        far = 0.75 + _ROW_LETTER * min(_LONGEST_ROW, len(row.name or "")) / 2
        ends = [(-1.0, 0.0), (1.0, 0.0)]
        found = []
        for piece in row.pieces:
            first, last = self._at[piece[0]], self._at[piece[-1]]
            if len(piece) > 1:
                ends = [_step(self._at[piece[1]], first), _step(self._at[piece[-2]], last)]
            for (x, y), (across, down) in zip((first, last), ends, strict=True):
                # Past the end of a steep row a name needs less room than beside a level one.
                reach = far * abs(across) + 0.95 * (1 - abs(across))
                found.append((x + reach * across, y + reach * down))
        return found[:1] + found[-1:] + found[1:-1]

    def _name_section(self, section: Section) -> Point:
        half = _SECTION_LETTER * min(_LONGEST_SECTION, len(section.name or "")) / 2
        points = [self._at[seat] for seat in section.seats]
        for point in chain(_above(points, half), _around(points, half)):
            if self._is_free(point, half):
                break
        else:
            # Above everything, where nothing stands but names.
            point = (_middle(points), self._top - _ABOVE)
            while not self._is_free(point, half) and self._top - point[1] < _HIGHEST:
                point = (point[0], point[1] - 1.0)
        if section.name:
            self._take(point, half)
        return point

    def _is_free(self, point: Point, half: float) -> bool:
        x, y = point
        lines = (int(y // 1) + step for step in (-1, 0, 1))
        for (other, line), wide in chain.from_iterable(self._taken.get(line, ()) for line in lines):
            if abs(x - other) < half + wide + 0.2 and abs(y - line) < _LINE:
                return False
        if any(
            left - half < x < right + half and top - _LINE / 2 < y < bottom + _LINE / 2
            for left, top, right, bottom in self._scenery
        ):
            return False
        samples = max(1, int(half * 2.5))
        inner = max(0.0, half - 0.3)
        return all(
            self._floor.is_free((x - inner + 2 * inner * step / samples, y), _LINE) for step in range(samples + 1)
        )

    def _take(self, point: Point, half: float) -> None:
        self._taken.setdefault(int(point[1] // 1), []).append((point, half))


def _above(points: Sequence[Point], half: float) -> Iterator[Point]:
    """Along the upper edge of the seats, from the middle outwards."""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    middle = _middle(points)
    room = max(0.0, (right - left) / 2 - half)
    for higher in (0.0, 0.5):
        for share in (0.0, -0.25, 0.25, -0.5, 0.5, -0.75, 0.75, -1.0, 1.0):
            x = middle + share * room
            edge = min((y for other, y in points if abs(other - x) <= half + 0.8), default=None)
            if edge is not None:
                yield (x, edge - _ABOVE - higher)


def _around(points: Sequence[Point], half: float) -> Iterator[Point]:
    """Beside the first row, then below the last one."""
    left, right = min(points), max(points)
    yield (left[0] - half - 1.8, left[1])
    yield (right[0] + half + 1.8, right[1])
    bottom = max(y for _, y in points)
    for lower in (_ABOVE, _ABOVE + 0.5):
        yield (_middle(points), bottom + lower)


def _middle(points: Sequence[Point]) -> float:
    return (min(x for x, _ in points) + max(x for x, _ in points)) / 2


def _step(before: Point, after: Point) -> Point:
    """The direction from one seat to the next."""
    length = hypot(after[0] - before[0], after[1] - before[1]) or 1.0
    return ((after[0] - before[0]) / length, (after[1] - before[1]) / length)
