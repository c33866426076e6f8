"""Plans that are typed: a section on each line, then ranges of its seats."""

import pytest

from webapp.services.plans import PlanUnusable
from webapp.services.plans.typed import read_typed


def typed(text: str) -> list[tuple[str | None, str | None, str | None, str, int | None]]:
    """The seats: section, row, number, seat number and place among their neighbours."""
    return [
        (seat.section, seat.row, seat.number, seat.seat_number, seat.neighbour_order) for seat in read_typed(text).seats
    ]


def test_each_line_is_a_section_and_what_has_none_goes_on_with_the_last() -> None:
    assert typed("A1\nStalls: B1, B3\nC1\n\nBox: BOX") == [
        (None, "A", "1", "A1", 1),
        ("Stalls", "B", "1", "B1", 1),
        ("Stalls", "B", "3", "B3", 3),
        ("Stalls", "C", "1", "C1", 1),
        ("Box", None, "BOX", "BOX", None),
    ]


def test_labels_stay_as_they_are_typed_unless_two_sections_have_the_same() -> None:
    assert [seat[3] for seat in typed("L: BOX-A-1, BOX-A-2")] == ["BOX-A-1", "BOX-A-2"]
    plan = read_typed("Left: A1, A2\nRight: A1")
    assert [seat.seat_number for seat in plan.seats] == ["LEFT-A-1", "LEFT-A-2", "RIGHT-A-1"]
    assert plan.oddities


def test_of_two_seats_with_one_number_the_second_has_no_neighbours() -> None:
    assert [seat[4] for seat in typed("A1, A01, A2")] == [1, None, 2]


def test_a_seat_that_is_typed_twice_is_refused_with_its_line() -> None:
    with pytest.raises(PlanUnusable) as twice:
        read_typed("Stalls: A1-A4\nBox: A1\nStalls: A4")
    assert "Line 3: A4 is there twice in Stalls" in twice.value.sentence
