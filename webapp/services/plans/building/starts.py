"""Halls to begin with, made of the same fields as everybody's own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from webapp.services.plans.building.area_acts import add_area, set_stage
from webapp.services.plans.building.block_acts import add_block, change_block, copy_across
from webapp.services.plans.building.sketch import Sketch


@dataclass(frozen=True, slots=True)
class Start:
    """A hall to begin with: what it is called, what is in it, and how it is made for a plan of some name."""

    title: str
    description: str
    sketch: Callable[[str], Sketch]


def _empty(name: str) -> Sketch:
    return set_stage(Sketch(name=name), label="Stage", width=1_000, depth=500, y=-250)


def _rows(name: str) -> Sketch:
    return add_block(_empty(name), section="Stalls", category="Standard", rows=8, seats=(12,), y=250, aisles=(6,))


def _theatre(name: str) -> Sketch:
    sketch = set_stage(Sketch(name=name), label="Stage", shape="arc", width=1_200, depth=600, y=-300)
    sketch = add_block(
        sketch,
        section="Stalls",
        category="Stalls",
        other_categories="Front stalls: A-C",
        rows=12,
        seats=(16,),
        growth=1,
        bend=50,
        y=200,
        aisles=(4, 12),
        skips_i_and_o=True,
        step_free_rows="M",
        wheelchairs="M1, M3, M25, M27",
        companions="M2, M4, M24, M26",
    )
    sketch = add_block(
        sketch,
        section="Circle",
        category="Circle",
        rows=4,
        seats=(30,),
        growth=1,
        bend=58,
        y=1_620,
        aisles=(15,),
        first_row="N",
        skips_i_and_o=True,
    )
    sketch = add_block(
        sketch, section="Left box", category="Box", rows=1, seats=(4,), seat_spacing=65, x=-860, y=240, turn=62
    )
    left = sketch.blocks[-1].id
    sketch = change_block(copy_across(sketch, left), left + 1, first_row="Y")
    return change_block(sketch, left, first_row="X")


def _fan(name: str) -> Sketch:
    sketch = set_stage(Sketch(name=name), label="Stage", shape="arc", width=1_800, depth=800, y=-400)
    sketch = add_block(
        sketch,
        section="Parterre",
        category="Parterre",
        other_categories="Front rows: A-D",
        rows=16,
        seats=(20,),
        growth=2,
        bend=84,
        y=350,
        aisles=(5, 15),
        skips_i_and_o=True,
        step_free_rows="A",
        wheelchairs="A1, A20",
        companions="A2, A19",
    )
    return add_block(
        sketch,
        section="Gallery",
        category="Gallery",
        rows=8,
        seats=(56,),
        growth=2,
        bend=88,
        y=2_200,
        aisles=(14, 42),
        first_row="AA",
        row_names="doubled",
        skips_i_and_o=True,
    )


def _round(name: str) -> Sketch:
    sketch = set_stage(Sketch(name=name), label="Stage", shape="ellipse", width=900, depth=900)
    for section, x, y, turn in (
        ("South", 0, 700, 0),
        ("West", -985, -285, 90),
        ("North", 0, -1_270, 180),
        ("East", 985, -285, -90),
    ):
        sketch = add_block(
            sketch,
            section=section,
            category="Ringside",
            other_categories="Rising seats: D-G",
            rows=7,
            seats=(14,),
            growth=2,
            bend=62,
            x=x,
            y=y,
            turn=turn,
            aisles=(7,),
        )
    return sketch


def _chamber(name: str) -> Sketch:
    sketch = set_stage(Sketch(name=name), label="Stage", shape="arc", width=900, depth=450, y=-225)
    sketch = add_block(
        sketch,
        section="Hall",
        category="Hall",
        rows=10,
        seats=(14,),
        growth=1,
        bend=36,
        seat_spacing=58,
        row_spacing=100,
        y=220,
        row_names="numbers",
        numbering="odd_left",
        aisles=(7,),
        step_free_rows="1",
        wheelchairs="1/13, 1/14",
        companions="1/11, 1/12",
    )
    return add_area(sketch, label="Foyer", width=900, depth=200, y=1_500)


STARTS: Mapping[str, Start] = {
    "empty": Start("An empty hall", "Only a stage; every block is yours to add.", _empty),
    "rows": Start("Straight rows", "A stage and eight straight rows with an aisle in the middle.", _rows),
    "theatre": Start(
        "A small theatre", "Curved stalls with two aisles, a circle behind them, and a box on either side.", _theatre
    ),
    "fan": Start("A fan-shaped hall", "Rows that open out from a wide stage, in two ranks with aisles.", _fan),
    "round": Start("In the round", "A round stage, and the seats on all four sides of it.", _round),
    "chamber": Start(
        "A chamber hall", "Ten gently curved rows, with odd numbers on the left and even ones on the right.", _chamber
    ),
}
