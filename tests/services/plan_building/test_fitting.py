"""What does not fit in a sketch is told, and drawn all the same."""

from dataclasses import replace

from tests.services.plan_building.sketches import PLAIN, one_block
from webapp.services.plans.building import Sketch, build, built
from webapp.services.plans.building.area_acts import add_area, set_stage
from webapp.services.plans.building.block_acts import add_block, change_block, move_block


def two_blocks(**second: object) -> Sketch:
    return add_block(one_block(), **{**PLAIN, "section": "Circle", "x": 2_000, **second})


def test_blocks_beside_one_another_fit() -> None:
    assert built(two_blocks()).notes == []
    assert built(two_blocks(x=6 * 55)).notes == []


def test_blocks_on_one_another_are_told_by_name_with_how_many_seats() -> None:
    made = built(two_blocks(x=4 * 55))
    [note] = made.notes
    assert (note.sentence, note.block) == ("6 seats of Circle stand on seats of Stalls.", 2)
    assert note.sentence in made.plan.oddities
    assert len(made.plan.seats) == 36


def test_one_seat_nearer_than_four_fifths_of_a_spacing_is_too_near() -> None:
    single = {"rows": 1, "seats": (1,)}
    for near, notes in ((43, 1), (45, 0)):
        sketch = add_block(one_block(**single, x=30), **{**PLAIN, **single, "section": "Circle", "x": 30 + near})
        told = [note.sentence for note in built(sketch).notes]
        assert told == ["1 seat of Circle stands on seats of Stalls."] * notes


def test_two_blocks_of_a_section_that_call_seats_alike_are_told() -> None:
    made = built(two_blocks(section="Stalls", rows=2, first_row="C", seats=(4,)))
    [note] = made.notes
    assert note.sentence == (
        "4 seats of Stalls (part 2) are called as those of Stalls (part 1). "
        "Give it another section, other rows, or another first number."
    )
    assert (note.block, note.field) == (2, "section")
    assert made.plan.seats[-8].seat_number == "STALLS-C-1#2", "and no number is given twice"


def test_a_row_may_go_on_in_another_block_and_its_parts_are_no_neighbours() -> None:
    sketch = two_blocks(section="Stalls", first_number=7, x=6 * 55)
    assert built(sketch).notes == []
    row = [seat for seat in build(sketch).seats if seat.row == "A"]
    assert [seat.seat_number for seat in row] == [f"A{number}" for number in range(1, 13)]
    assert [seat.neighbour_order for seat in row] == [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13]


def test_the_parts_of_a_row_are_in_order_from_left_to_right_wherever_their_blocks_are_listed() -> None:
    sketch = move_block(two_blocks(section="Stalls", first_number=7), 2, right=-5_000)
    seats = build(change_block(sketch, 1, turn=180)).seats
    order = {seat.seat_number: seat.neighbour_order for seat in seats if seat.row == "A"}
    assert order == {f"A{number + 6}": number for number in range(1, 7)} | {
        f"A{7 - place}": 7 + place for place in range(1, 7)
    }


def test_seats_on_the_stage_are_told() -> None:
    sketch = set_stage(one_block(y=-100, rows=1), width=200, depth=400, y=-200)
    assert [note.sentence for note in built(sketch).notes] == ["4 seats of Stalls stand on the stage."]


def test_seats_on_another_area_are_not_told() -> None:
    assert built(add_area(one_block(), label="Carpet", width=2_000, depth=2_000)).notes == []


def test_stage_and_areas_are_drawn_where_they_are_turned() -> None:
    sketch = add_area(set_stage(one_block(), label="", width=400, depth=200, x=50, y=-300), label="Bar", turn=90, y=900)
    stage, bar = build(sketch).areas
    assert (stage.kind, stage.label, bar.kind, bar.label) == ("stage", "Stage", "area", "Bar")
    assert stage.points == [(-150, -400), (250, -400), (250, -200), (-150, -200)]
    assert {tuple(map(round, point)) for point in bar.points} == {(-300, 400), (300, 400), (300, 1400), (-300, 1400)}


def test_a_round_front_reaches_to_the_depth_of_the_stage_in_its_middle() -> None:
    for shape in ("arc", "ellipse"):
        [stage] = build(set_stage(one_block(), shape=shape, width=400, depth=200, y=-300)).areas
        assert max(y for _, y in stage.points) == -200
        assert min(y for _, y in stage.points) == -400
        assert max(x for x, _ in stage.points) == 200


def test_an_empty_sketch_is_an_empty_plan() -> None:
    plan = build(replace(one_block(), blocks=()))
    assert (plan.name, plan.seats, plan.categories, plan.areas, plan.oddities) == ("Hall", [], [], [], [])


def test_seats_keep_the_id_of_their_place_however_they_are_numbered() -> None:
    before, after = (build(one_block(numbering=numbering)).seats for numbering in ("left", "right"))
    assert [seat.plan_seat_id for seat in before] == [seat.plan_seat_id for seat in after]
    assert [seat.seat_number for seat in before[:6]] == [seat.seat_number for seat in after[5::-1]]
    assert len({seat.plan_seat_id for seat in before}) == len(before)
