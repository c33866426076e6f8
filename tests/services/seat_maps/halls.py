"""Plans of all kinds for charts: real ones, odd ones, hostile ones; no database is needed for them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import cos, hypot, pi, sin
from random import Random
from typing import Any

from webapp.services.seat_maps.chart import Category, Chart, Part, Point
from webapp.services.seat_maps.planned import Planned, PlannedSeat

CATEGORIES = [Category(1, "Dear", 9000, 0), Category(2, "Cheap", 1000, 1)]


def a_seat(
    section: str | None, row: str | None, number: int, x: float | None = None, y: float | None = None
) -> PlannedSeat:
    """A seat whose number tells who its neighbours are."""
    return PlannedSeat(
        0, f"{section}-{row}-{number}", section, row, str(number), number, x, y, 1, None, step_free=False
    )


def a_plan(seats: Iterable[PlannedSeat], areas: Sequence[Any] = ()) -> Planned:
    """A plan of these seats, with ids in their order."""
    return Planned(7, 1, areas, CATEGORIES, [replace(seat, id=place) for place, seat in enumerate(seats, start=1)])


def a_block(
    section: str | None, rows: str = "ABCDEFGH", seats: int = 12, *, at: Point | None = (0.0, 0.0), pitch: float = 25.0
) -> list[PlannedSeat]:
    """A block of rows behind one another, from `at` on, or without coordinates."""
    return [
        a_seat(section, row, number)
        if at is None
        else a_seat(section, row, number, at[0] + number * pitch, at[1] + line * pitch)
        for line, row in enumerate(rows)
        for number in range(1, seats + 1)
    ]


def a_ring(blocks: int = 24, rows: int = 10, seats: int = 12) -> list[PlannedSeat]:
    """An arena: blocks all around an open field."""
    return [
        a_seat(
            f"Block {block + 1}",
            str(row + 1),
            number + 1,
            *(radius * turned(2 * pi * (block + (number + 0.5) / (seats + 2)) / blocks) for turned in (cos, sin)),
        )
        for block in range(blocks)
        for row in range(rows)
        if (radius := 25 * (blocks * (seats + 2) / (2 * pi) + row))
        for number in range(seats)
    ]


def a_hostile_plan(random: Random) -> Planned:
    """Blocks with whatever can be wrong with coordinates."""
    seats: list[PlannedSeat] = []
    for index in range(random.randint(1, 5)):
        corner = (random.uniform(-500, 500), random.uniform(-500, 500))
        pitch = random.choice([25.0, 25.0, 2.5, 400.0, 0.0, 1e-9])
        name = random.choice([None, f"Block {index}", f"Balcony {random.choice(['left', 'right'])}"])
        block = a_block(
            name,
            rows="ABCDEFGHIJ"[: random.randint(1, 10)],
            seats=random.randint(1, 30),
            at=random.choice([corner, corner, None]),
            pitch=pitch,
        )
        wrong = random.choice([0.0, 0.0, 0.05, 0.5])
        seats += [_spoilt(seat, random) if random.random() < wrong else seat for seat in block]
    return a_plan(seats, random.choice([[], _hostile_areas(random)]))


def _spoilt(seat: PlannedSeat, random: Random) -> PlannedSeat:
    value = random.choice([None, float("nan"), float("inf"), -1e300, 1e8, 0.0, random.uniform(-100, 100)])
    return replace(
        seat, **{random.choice("xy"): value}, neighbour_order=random.choice([None, seat.neighbour_order, -5])
    )


def _hostile_areas(random: Random) -> list[Any]:
    return [
        {"kind": "stage", "label": "Stage", "points": [[0, -200], [300, -200], [300, -50], [0, -50]]},
        {"kind": "area", "label": None, "points": [[-1e11, -1e11], [1e11, -1e11], [0, 1e11]]},
        {"kind": "area", "label": 5, "points": [[0, 0], ["x", 1], [None, 2]]},
        {"points": "no"},
        random.choice([None, 3, "area", [], {"kind": "area", "points": [[1, 2, 3]] * 5}]),
    ]


def points_of(part: Part) -> list[Point]:
    """Where the seats of the part stand, in it."""
    return [(seat.x, seat.y) for section in part.sections for row in section.rows for seat in row.seats]


def nearest_two(points: Sequence[Point]) -> float:
    """How far the two nearest of the points are apart, or two pitches if nobody is that near."""
    cells: dict[tuple[int, int], list[Point]] = {}
    nearest = 2.0
    for x, y in points:
        column, line = int(x // 2), int(y // 2)
        for i in (-1, 0, 1):
            for j in (-1, 0, 1):
                for other in cells.get((column + i, line + j), ()):
                    nearest = min(nearest, hypot(other[0] - x, other[1] - y))
        cells.setdefault((column, line), []).append((x, y))
    return nearest


def whole(chart: Chart) -> Part:
    """The only part."""
    [part] = chart.parts.values()
    return part
