"""Acts on a sketch: each gives another sketch, and leaves the one it was given as it was."""

from collections.abc import Callable

import pytest

from tests.services.plan_building.sketches import PLAIN, at, by_chance, one_block
from webapp.services.plans.building import Sketch, build, built, to_json
from webapp.services.plans.building import area_acts as areas
from webapp.services.plans.building import block_acts as blocks
from webapp.services.refusals import Invalid, NotFound


def hall() -> Sketch:
    return areas.add_area(areas.set_stage(one_block(x=-500, y=300), label="Stage", y=-300), label="Bar", y=2_000)


ACTS: dict[str, Callable[[Sketch], Sketch]] = {
    "add": lambda sketch: blocks.add_block(sketch, **PLAIN),
    "change": lambda sketch: blocks.change_block(sketch, 1, rows=9),
    "copy": lambda sketch: blocks.copy_block(sketch, 1),
    "copy across": lambda sketch: blocks.copy_across(sketch, 1),
    "move": lambda sketch: blocks.move_block(sketch, 1, right=50, down=-20),
    "turn": lambda sketch: blocks.turn_block(sketch, 1, 15),
    "face the stage": lambda sketch: blocks.face_stage(sketch, 1),
    "remove": lambda sketch: blocks.remove_block(sketch, 1),
    "rename": lambda sketch: areas.rename(sketch, "Other"),
    "set the stage": lambda sketch: areas.set_stage(sketch, width=700),
    "add an area": lambda sketch: areas.add_area(sketch, label="Desk"),
    "change an area": lambda sketch: areas.change_area(sketch, 3, label="Desk"),
    "move an area": lambda sketch: areas.move_area(sketch, 2, down=10),
    "turn an area": lambda sketch: areas.turn_area(sketch, 3, 90),
    "remove an area": lambda sketch: areas.remove_area(sketch, 2),
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_gives_another_sketch_and_leaves_the_first_as_it_was(name: str) -> None:
    sketch = hall()
    before = to_json(sketch)
    assert ACTS[name](sketch) != sketch
    assert to_json(sketch) == before


def test_a_copy_stands_beside_the_first_as_a_section_of_its_own() -> None:
    for sketch in (one_block(turn=25), one_block(bend=60, turn=90), one_block(turn=180, aisles=(2, 4))):
        copied = blocks.copy_block(sketch, 1)
        assert [block.section for block in copied.blocks] == ["Stalls", "Stalls 2"]
        assert built(copied).notes == []
        again = blocks.copy_block(copied, 2)
        assert again.blocks[2].section == "Stalls 3"


@pytest.mark.parametrize(
    ("section", "other"),
    [
        ("Left box", "Right box"),
        ("BALCONY RIGHT", "BALCONY LEFT"),
        ("Stalls, left", "Stalls, right"),
        ("Lefty", "Lefty 2"),
    ],
)
def test_a_copy_on_the_other_side_is_called_so(section: str, other: str) -> None:
    assert blocks.copy_across(one_block(section=section), 1).blocks[1].section == other


@pytest.mark.parametrize("seed", range(20))
def test_a_mirrored_copy_stands_where_a_mirror_at_the_stage_shows_every_seat(seed: int) -> None:
    sketch = areas.set_stage(by_chance(seed), x=300, y=-9_000)
    first = sketch.blocks[0]
    # Beside an aisle in the very middle of rows that grow by one, one of two sides has the odd seat.
    aisles = tuple(aisle for aisle in first.aisles if 2 * aisle != max(first.seats))
    sketch = blocks.change_block(sketch, first.id, aisles=aisles)
    made = built(blocks.copy_across(sketch, first.id))
    one, other = (
        {(seat.row, seat.number): at(seat) for seat in (made.plan.seats[place] for place in made.seats_of[block_id])}
        for block_id in (first.id, sketch.next_id)
    )
    assert one.keys() == other.keys()
    for name, (x, y) in one.items():
        assert other[name] == pytest.approx((600 - x, y), abs=0.03), name


@pytest.mark.parametrize("seed", range(10))
def test_mirrored_twice_it_is_the_same(seed: int) -> None:
    sketch = by_chance(seed)
    once = blocks.mirror_block(sketch, 1)
    assert blocks.mirror_block(once, 1) == sketch
    assert [len(built(one).plan.seats) for one in (once, sketch)] == [len(build(sketch).seats)] * 2


def test_a_block_is_moved_by_steps_but_never_out_of_the_plan() -> None:
    [block] = blocks.move_block(one_block(x=10, y=20), 1, right=-30, down=5).blocks
    assert (block.x, block.y) == (-20, 25)
    [block] = blocks.move_block(one_block(x=49_990), 1, right=30).blocks
    assert block.x == 50_000


@pytest.mark.parametrize(("turn", "by", "turned"), [(0, 15, 15), (170, 15, -175), (-170, -15, 175), (165, 15, 180)])
def test_a_block_turned_past_the_half_comes_round(turn: int, by: int, turned: int) -> None:
    assert blocks.turn_block(one_block(turn=turn), 1, by).blocks[0].turn == turned


@pytest.mark.parametrize(
    ("x", "y", "turn"), [(0, 900, 0), (-905, -95, 90), (905, -95, -90), (0, -1_095, 180), (905, 810, -45)]
)
def test_a_block_is_turned_to_face_the_stage(x: int, y: int, turn: int) -> None:
    sketch = areas.set_stage(one_block(x=x, y=y))
    assert blocks.face_stage(sketch, 1).blocks[0].turn == turn


def test_without_a_stage_there_is_none_to_face() -> None:
    with pytest.raises(Invalid, match="Add one first"):
        blocks.face_stage(one_block(), 1)


def test_blocks_are_put_earlier_and_later_and_no_further_than_to_the_ends() -> None:
    sketch = by_chance(0)
    for _ in range(3 - len(sketch.blocks)):
        sketch = blocks.copy_block(sketch, 1)
    order = [block.id for block in sketch.blocks]
    later = blocks.put_block(sketch, order[0], "later")
    assert [block.id for block in later.blocks][:2] == [order[1], order[0]]
    assert blocks.put_block(later, order[0], "earlier") == sketch
    assert blocks.put_block(sketch, order[0], "earlier") == sketch
    assert blocks.put_block(sketch, order[-1], "later") == sketch


def test_an_id_is_never_given_again() -> None:
    sketch = blocks.add_block(blocks.remove_block(hall(), 1), **PLAIN)
    assert sketch.blocks[0].id == 4


@pytest.mark.parametrize(
    "act",
    [
        lambda sketch: blocks.remove_block(sketch, 2),
        lambda sketch: blocks.copy_block(sketch, 99),
        lambda sketch: blocks.put_block(sketch, 99, "later"),
        lambda sketch: areas.remove_area(sketch, 1),
        lambda sketch: areas.change_area(sketch, 99, label="x"),
    ],
)
def test_who_asks_for_what_is_not_there_is_told(act: Callable[[Sketch], Sketch]) -> None:
    with pytest.raises(NotFound, match="in this plan any more"):
        act(hall())


def test_the_stage_can_be_moved_turned_and_removed_as_any_area() -> None:
    sketch = areas.turn_area(areas.move_area(hall(), 2, right=40, down=-10), 2, -30)
    assert sketch.stage is not None
    assert (sketch.stage.x, sketch.stage.y, sketch.stage.turn) == (40, -310, -30)
    without = areas.remove_area(sketch, 2)
    assert (without.stage, len(without.areas)) == (None, 1)
    assert areas.set_stage(without).stage is not None


def test_a_plan_has_only_so_many_blocks_and_areas() -> None:
    sketch = hall()
    for _ in range(199):
        sketch = blocks.add_block(sketch, **PLAIN)
    with pytest.raises(Invalid, match="at most 200 blocks"):
        blocks.copy_block(sketch, 1)
    for _ in range(49):
        sketch = areas.add_area(sketch)
    with pytest.raises(Invalid, match="at most 50 areas"):
        areas.add_area(sketch)
