"""All seats of a chart in one line, so that questions about neighbours are questions about bytes side by side.

Rows follow one another; where two seats are no neighbours, a place stays empty. A set of places is a whole number with
a byte for each place, 1 where the place is in the set: `lanes`. Shifted by bytes and put together by `&`, such numbers
answer for 50,000 seats in microseconds where a loop would take milliseconds.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, compress
from math import hypot
from threading import Lock
from typing import NamedTuple

from webapp.services.aside import aside
from webapp.services.seat_maps import Chart, ChartSeat

# How much worse a pitch to the side is than a pitch further back.
SIDEWAYS = 1.25
# For how many sizes of blocks the ranking is kept.
MOST_SIZES = 16
# The side, in pitches, of the squares by which seats near a point are found.
CELL = 4.0
BYTE = 8

RowName = tuple[str | None, str | None]


class Look(NamedTuple):
    """Which places were free at a position of a log of changes."""

    log: object
    position: int
    places: bytes


class Line:
    """A chart laid out in one line; it depends on the chart alone, and is kept as long.

    `last` is the last look at which of its seats were free.
    """

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.seats: list[ChartSeat | None] = []
        self.rows: dict[RowName, range] = {}
        for name, seats in _rows(chart).items():
            begin = len(self.seats)
            self._append(seats)
            self.rows[name] = range(begin, len(self.seats))
        self.length = len(self.seats)
        self.place_of = {seat.id: place for place, seat in enumerate(self.seats) if seat}
        self.points = [chart.in_hall(seat.id) if seat else (0.0, 0.0) for seat in self.seats]
        self.last: Look | None = None
        self._ranked: dict[int, array[int]] = {}
        self._lock = Lock()

    def _append(self, seats: Sequence[ChartSeat]) -> None:
        """Add a row, with an empty place wherever a piece of it ends."""
        last: int | None = None
        for seat in seats:
            order = seat.neighbour_order
            if self.seats and self.seats[-1] and (order is None or last is None or order != last + 1):
                self.seats.append(None)
            self.seats.append(seat)
            last = order
        self.seats.append(None)

    @cached_property
    def house(self) -> int:
        """All seats."""
        return self.lanes(lambda _: True)

    @cached_property
    def plain(self) -> int:
        """Seats that are nobody's in particular: no place for a wheelchair or a companion."""
        return self.lanes(lambda seat: seat.accessibility is None)

    @cached_property
    def wheelchairs(self) -> int:
        """Places for wheelchairs."""
        return self.lanes(lambda seat: seat.accessibility == "wheelchair")

    @cached_property
    def step_free(self) -> int:
        """Seats that are reached without a step."""
        return self.lanes(lambda seat: seat.step_free)

    @cached_property
    def categories(self) -> dict[str, int]:
        """The seats of each category, by its name."""
        places: dict[str, bytearray] = {one.name: bytearray(self.length) for one in self.chart.categories}
        for place, seat in enumerate(self.seats):
            if seat:
                places[seat.category.name][place] = 1
        return {name: int.from_bytes(found, "little") for name, found in places.items()}

    @cached_property
    def cells(self) -> dict[tuple[int, int], list[int]]:
        """The places of seats by where they stand in the hall, in squares of `CELL` pitches."""
        cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        for place, (x, y) in enumerate(self.points):
            if self.seats[place]:
                cells[int(x // CELL), int(y // CELL)].append(place)
        return dict(cells)

    def lanes(self, belongs: Callable[[ChartSeat], bool]) -> int:
        """The set of seats that belong."""
        return int.from_bytes(bytes(seat is not None and belongs(seat) for seat in self.seats), "little")

    def places(self, lanes: int) -> bytes:
        """The set as one byte for each place."""
        return lanes.to_bytes(self.length, "little")

    def best_first(self, size: int, starts: int) -> Iterator[int]:
        """The first places of blocks of this size, of those in `starts`, the best block first."""
        ranked, open_ = self.ranked(size), self.places(starts)
        return compress(ranked, map(open_.__getitem__, ranked))

    def ranked(self, size: int) -> Sequence[int]:
        """The first places of all blocks of this size, the best first: nearest to the middle of the stage."""
        with self._lock:
            if size not in self._ranked:
                if len(self._ranked) >= MOST_SIZES:
                    self._ranked.clear()
                self._ranked[size] = aside(lambda: self._rank(size))
            return self._ranked[size]

    def _rank(self, size: int) -> "array[int]":
        sums = list(accumulate(self._distances(), initial=0.0))
        starts = compress(range(self.length), self.places(run(self.house, size)))
        return array("L", sorted(starts, key=lambda start: (sums[start + size] - sums[start], start)))

    def _distances(self) -> Iterable[float]:
        focus_x, focus_y = self.chart.focus
        return (hypot(SIDEWAYS * (x - focus_x), y - focus_y) for x, y in self.points)


def run(lanes: int, size: int) -> int:
    """Where `size` places in a row begin that are all in the set."""
    covered = 1
    while covered < size:
        step = min(covered, size - covered)
        lanes &= lanes >> BYTE * step
        covered += step
    return lanes


def _rows(chart: Chart) -> dict[RowName, list[ChartSeat]]:
    """The seats by section and row, as the guard of the database tells rows apart; in the order people sit."""
    rows: dict[RowName, list[ChartSeat]] = {}
    for part in chart.parts.values():
        for section in part.sections:
            for row in section.rows:
                for seat in row.seats:
                    rows.setdefault((seat.section, seat.row), []).append(seat)
    for seats in rows.values():
        seats.sort(key=lambda seat: (seat.neighbour_order is None, seat.neighbour_order or 0, seat.id))
    return rows
