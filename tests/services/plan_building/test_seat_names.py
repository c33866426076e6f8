"""Seats and rows that the fields of a block name: left out, for wheelchairs, without a step, of another category."""

from collections.abc import Iterable

import pytest

from tests.services.plan_building.sketches import one_block, rows_of
from webapp.services.plans.building import build, built
from webapp.services.plans.plan import PlanSeat
from webapp.services.refusals import Invalid


def numbers(seats: Iterable[PlanSeat]) -> list[str]:
    return [seat.seat_number for seat in seats]


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("A5", {"A5"}),
        (" a5 , B1 - B3", {"A5", "B1", "B2", "B3"}),
        ("B1-3; C6", {"B1", "B2", "B3", "C6"}),
        ("B 1\nC/2", {"B1", "C2"}),
        ("B1\u2013B2", {"B1", "B2"}),
    ],
)
def test_seats_are_left_out_by_name(text: str, gone: set[str]) -> None:
    everyone = set(numbers(build(one_block()).seats))
    assert everyone - set(numbers(build(one_block(left_out=text)).seats)) == gone


def test_where_rows_have_numbers_a_stroke_parts_row_and_seat() -> None:
    sketch = one_block(row_names="numbers", left_out="1/5, 2/1-3, 3/6-3/6")
    assert {name: [seat.number for seat in row] for name, row in rows_of(sketch).items()} == {
        "1": ["1", "2", "3", "4", "6"],
        "2": ["4", "5", "6"],
        "3": ["1", "2", "3", "4", "5"],
    }


def test_a_seat_left_out_parts_those_beside_it_and_the_others_keep_their_numbers() -> None:
    row = rows_of(one_block(left_out="A3"))["A"]
    assert [(seat.number, seat.neighbour_order) for seat in row] == [("1", 1), ("2", 2), ("4", 4), ("5", 5), ("6", 6)]


def test_of_odd_numbers_a_range_has_the_odd_ones() -> None:
    row = rows_of(one_block(rows=1, numbering="twos_left", left_out="A3-A7"))["A"]
    assert [seat.number for seat in row] == ["1", "9", "11"]


def test_places_for_wheelchairs_and_companions_are_without_a_step() -> None:
    seats = build(one_block(wheelchairs="A1, A4", companions="A2-A3")).seats
    assert [seat.accessibility for seat in seats[:5]] == ["wheelchair", "companion", "companion", "wheelchair", None]
    assert [seat.step_free for seat in seats[:5]] == [True, True, True, True, False]


def test_a_seat_named_for_both_is_a_place_for_a_wheelchair_and_it_is_said() -> None:
    plan = built(one_block(wheelchairs="A1", companions="A1"))
    assert plan.plan.seats[0].accessibility == "wheelchair"
    [note] = plan.notes
    assert (note.block, note.field) == (1, "companions")


def test_whole_rows_are_without_a_step() -> None:
    rows = rows_of(one_block(rows=5, step_free_rows="A, C-D"))
    assert [name for name, row in rows.items() if all(seat.step_free for seat in row)] == ["A", "C", "D"]
    assert not any(seat.step_free for seat in rows["B"] + rows["E"])


def test_rows_counted_from_the_back_are_named_just_so() -> None:
    rows = rows_of(one_block(rows=5, rows_from="back", step_free_rows="A-B"))
    assert [name for name, row in rows.items() if all(seat.step_free for seat in row)] == ["B", "A"]


def test_rows_and_seats_may_have_another_category_the_later_line_being_right() -> None:
    plan = build(one_block(other_categories="Premium: A-B, C1-C2\n\nSide view: A1, A6"))
    of = {seat.seat_number: seat.category for seat in plan.seats}
    assert [of[number] for number in ("A1", "A2", "A6", "B6", "C2", "C3")] == [
        "Side view", "Premium", "Side view", "Premium", "Premium", "Standard",
    ]  # fmt: skip
    assert {category.name for category in plan.categories} == {"Standard", "Premium", "Side view"}


@pytest.mark.parametrize(
    ("field", "text", "missing"),
    [
        ("left_out", "A7, D1, B2", "A7, D1"),
        ("wheelchairs", "A5-A9", "A5-A9"),
        ("companions", "A0", "A0"),
        ("step_free_rows", "C-D", "C-D"),
        ("other_categories", "Premium: Z", "Z"),
        ("left_out", "Q1, Q2, Q3, Q4, Q5, Q6, Q7", "Q1, Q2, Q3, Q4, Q5 and 2 more"),
    ],
)
def test_what_is_named_but_not_there_is_noted_and_the_rest_done(field: str, text: str, missing: str) -> None:
    made = built(one_block(**{field: text}))
    [note] = made.notes
    assert (note.block, note.field) == (1, field)
    assert note.sentence.startswith(f"Stalls has no {missing}, or not all of it")
    assert made.plan.oddities == [note.sentence]


def test_of_a_range_that_reaches_too_far_what_is_there_counts() -> None:
    assert numbers(build(one_block(rows=1, left_out="A5-A9")).seats) == ["A1", "A2", "A3", "A4"]
    assert [seat.step_free for seat in build(one_block(rows=2, seats=(1,), step_free_rows="B-F")).seats] == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("left_out", "A", '"A" cannot be read. Name seats as in A5, B1-B3.'),
        ("left_out", "A1-B3", '"A1-B3" cannot be read. Write one range for each row.'),
        ("left_out", "A3-A1", '"A3-A1" cannot be read. Write the lower number first.'),
        ("left_out", "A1 A2", '"A1 A2" cannot be read.'),
        ("step_free_rows", "A5", '"A5" cannot be read. Name rows as in A, C-E.'),
        ("other_categories", "Premium A-B", 'Write a line for each category, as in "Premium: A-C, D5-D8".'),
        ("other_categories", "Premium:", "Write a line for each category"),
        ("other_categories", f"{'P' * 61}: A", "The name of a category may have 60 characters."),
        ("left_out", "A-C 1-6", '"A-C 1-6" cannot be read.'),
        ("left_out", "A1-A6, B1-B6, C1-C6", "No seat of the block is left."),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field(field: str, text: str, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        build(one_block(**{field: text}))
    [error] = refused.value.facts["errors"]
    assert error["pointer"] == f"#/{field}"
    assert error["detail"].startswith(sentence)


def test_where_rows_have_numbers_the_example_has_too() -> None:
    with pytest.raises(Invalid, match="Name seats as in 1/5, 2/1-2/3"):
        build(one_block(row_names="numbers", left_out="A5"))
