"""The Beacon, the arena of the demo: exactly as many seats as asked, laid out as an arena, the same every time."""

from collections import Counter, defaultdict
from itertools import pairwise
from math import dist

import pytest

from webapp.services.demo.stadium import stadium_plan
from webapp.services.plans.editor.crowding import crowded
from webapp.services.plans.plan import Plan, PlanSeat
from webapp.services.seat_labels import normalize_label

SIZES = [2_000, 7_777, 50_000]


def at(seat: PlanSeat) -> tuple[float, float]:
    """Where the seat stands."""
    assert seat.x is not None
    assert seat.y is not None
    return (seat.x, seat.y)


def rows(plan: Plan) -> list[list[PlanSeat]]:
    """The rows of the plan, each in the order people sit."""
    found = defaultdict(list)
    for seat in plan.seats:
        found[seat.section, seat.row].append(seat)
    return [sorted(row, key=lambda seat: seat.neighbour_order or 0) for row in found.values()]


@pytest.mark.parametrize("seats", [2_000, 2_001, 3_456, 7_777, 12_345, 20_000, 50_000, 99_999, 100_000])
def test_an_arena_has_exactly_as_many_seats_as_asked_each_with_a_number_of_its_own(seats: int) -> None:
    plan = stadium_plan(seats)
    assert len(plan.seats) == len({seat.seat_number for seat in plan.seats}) == seats
    assert all(normalize_label(seat.seat_number) == seat.seat_number for seat in plan.seats)


def test_an_arena_is_the_same_at_every_call() -> None:
    assert stadium_plan(5_000) == stadium_plan(5_000)


def test_blocks_of_the_large_arena_are_of_a_size_to_be_opened_one_at_a_time() -> None:
    blocks = Counter(seat.section for seat in stadium_plan().seats)
    assert 100 <= len(blocks) <= 130
    assert {(name or "").split()[0] for name in blocks} == {"Lower", "Club", "Upper"}
    assert 200 <= min(blocks.values()) <= max(blocks.values()) <= 900


@pytest.mark.parametrize("seats", SIZES)
def test_no_two_seats_of_an_arena_touch_and_none_is_on_the_pitch(seats: int) -> None:
    plan = stadium_plan(seats)
    points = [at(seat) for seat in plan.seats]
    assert crowded(points, 44.0) == []
    [pitch] = [area.points for area in plan.areas if area.kind == "stage"]
    (left, top), _, (right, bottom), _ = pitch
    assert not [point for point in points if left - 40 < point[0] < right + 40 and top - 40 < point[1] < bottom + 40]


@pytest.mark.parametrize("seats", SIZES)
def test_seats_of_an_arena_are_neighbours_when_they_stand_side_by_side(seats: int) -> None:
    openings = 0
    for row in rows(stadium_plan(seats)):
        for left, right in pairwise(row):
            step = (right.neighbour_order or 0) - (left.neighbour_order or 0)
            assert step == (1 if dist(at(left), at(right)) < 75 else 2), (left, right)
            openings += step == 2
    assert (openings > 0) == (seats == 50_000)


@pytest.mark.parametrize("seats", SIZES)
def test_places_for_wheelchairs_are_roomy_step_free_and_each_beside_its_companion(seats: int) -> None:
    plan = stadium_plan(seats)
    kept = [row for row in rows(plan) if row[0].accessibility]
    assert sum(len(row) for row in kept) >= seats / 250
    for row in kept:
        assert [seat.accessibility for seat in row] == ["wheelchair", "companion"] * (len(row) // 2)
        assert all(dist(at(one), at(other)) >= 69 for one, other in pairwise(row))
    assert all(seat.step_free for seat in plan.seats if seat.accessibility)
    assert {(seat.section or "").split()[0] for seat in plan.seats if seat.step_free} == {"Lower"}


@pytest.mark.parametrize("seats", SIZES)
def test_every_category_of_an_arena_has_a_price_and_seats(seats: int) -> None:
    plan = stadium_plan(seats)
    assert {seat.category for seat in plan.seats} == {category.name for category in plan.categories}
    prices = [category.price or 0 for category in plan.categories]
    assert prices == sorted(prices, reverse=True)
    assert prices[-1] > 0
