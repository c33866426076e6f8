"""Sketches for the tests: one block with what a test is about, and sketches by chance, always the same for one seed."""

from collections import defaultdict
from random import Random
from typing import Any

from webapp.services.plans.building import Sketch, build
from webapp.services.plans.building.block_acts import add_block
from webapp.services.plans.plan import PlanSeat, Point

PLAIN: dict[str, Any] = {"section": "Stalls", "category": "Standard", "rows": 3, "seats": (6,)}


def one_block(**fields: Any) -> Sketch:
    """A sketch of one block: three rows of six seats, but for what is given."""
    return add_block(Sketch(name="Hall"), **{**PLAIN, **fields})


def rows_of(sketch: Sketch) -> dict[str, list[PlanSeat]]:
    """The seats of the plan that the sketch makes, by the names of their rows, in the order of the plan."""
    rows = defaultdict(list)
    for seat in build(sketch).seats:
        rows[seat.row or ""].append(seat)
    return dict(rows)


def at(seat: PlanSeat) -> Point:
    """Where the seat stands."""
    assert seat.x is not None
    assert seat.y is not None
    return (seat.x, seat.y)


def by_chance(seed: int) -> Sketch:
    """Some blocks with fields by chance, far enough from one another."""
    chance = Random(seed)
    sketch = Sketch(name="Hall")
    for rank in range(chance.randint(1, 4)):
        rows, listed = chance.randint(1, 12), chance.random() < 0.3
        seats = tuple(chance.randint(8, 20) for _ in range(rows)) if listed else (chance.randint(8, 20),)
        spacing = chance.randint(45, 70)
        sketch = add_block(
            sketch,
            section=f"Section {rank}",
            category=chance.choice(["Near", "Far"]),
            rows=rows,
            seats=seats,
            growth=0 if listed else chance.choice([0, 0, 1, 2]),
            align=chance.choice(["left", "centre", "right"]),
            seat_spacing=spacing,
            row_spacing=spacing + chance.randint(0, 60),
            bend=chance.choice([0, 0, 15, 40]),
            x=rank * 12_000,
            y=chance.randint(-500, 3_000),
            turn=chance.randint(-179, 180),
            row_names=chance.choice(["letters", "doubled", "numbers"]),
            skips_i_and_o=chance.random() < 0.5,
            rows_from=chance.choice(["front", "back"]),
            numbering=chance.choice(["left", "right", "twos_left", "twos_right", "odd_left", "odd_right"]),
            first_number=chance.choice([0, 1, 1, 101]),
            aisles=tuple(sorted(chance.sample(range(1, 8), chance.randint(0, 2)))),
            aisle_width=chance.randint(40, 200),
        )
    return sketch
