"""The Lantern, the theatre of the demo: complete, of the right size, and numbered as an imported plan would be."""

from collections import Counter, defaultdict
from itertools import pairwise
from math import dist

from webapp.services.demo.theatre import demo_plan


def test_the_lantern_has_some_six_hundred_seats_in_five_sections() -> None:
    seats = demo_plan().seats
    assert 580 <= len(seats) <= 620
    assert list(Counter(seat.section for seat in seats)) == ["Stalls", "Circle", "Balcony", "Left box", "Right box"]


def test_every_seat_of_the_lantern_has_all_that_a_seat_can_have() -> None:
    for seat in demo_plan().seats:
        assert "" not in (seat.section, seat.row, seat.number, seat.category)
        assert None not in (seat.section, seat.row, seat.number, seat.category, seat.neighbour_order, seat.x, seat.y)


def test_seat_numbers_of_the_lantern_are_row_and_number_and_unique() -> None:
    plan = demo_plan()
    numbers = [seat.seat_number for seat in plan.seats]
    assert numbers == [f"{seat.row}{seat.number}" for seat in plan.seats]
    assert len(set(numbers)) == len(numbers)
    assert (plan.oddities, plan.renumbered) == ([], [])


def test_every_category_of_the_lantern_has_a_price_and_seats() -> None:
    plan = demo_plan()
    sold = Counter(seat.category for seat in plan.seats)
    assert set(sold) == {category.name for category in plan.categories}
    assert all(1_000 <= (category.price or 0) <= 10_000 for category in plan.categories)


def test_rows_of_the_lantern_are_curved_and_no_two_seats_touch() -> None:
    seats = [(seat.row, (seat.x or 0, seat.y or 0)) for seat in demo_plan().seats]
    heights = defaultdict(set)
    for row, (_, y) in seats:
        heights[row].add(y)
    assert all(len(found) > 2 for found in heights.values())
    points = [point for _, point in seats]
    assert min(dist(one, other) for index, one in enumerate(points) for other in points[:index]) > 20


def test_seats_of_the_lantern_are_neighbours_when_they_stand_side_by_side() -> None:
    rows = defaultdict(list)
    for seat in demo_plan().seats:
        rows[seat.section, seat.row].append(seat)
    aisles = 0
    for row in rows.values():
        row.sort(key=lambda seat: seat.neighbour_order or 0)
        for left, right in pairwise(row):
            apart = dist((left.x or 0, left.y or 0), (right.x or 0, right.y or 0))
            step = (right.neighbour_order or 0) - (left.neighbour_order or 0)
            assert step == (1 if apart < 30 else 2), (left, right)
            aisles += step == 2
    assert aisles == 2 * 17 + 3


def test_the_lantern_has_a_stage_in_front_of_its_seats_and_a_desk_among_them() -> None:
    plan = demo_plan()
    assert [(area.kind, area.label) for area in plan.areas] == [("stage", "Stage"), ("area", "Sound desk")]
    for area in plan.areas:
        assert min(dist(point, (seat.x or 0, seat.y or 0)) for point in area.points for seat in plan.seats) > 15


def test_the_last_row_of_the_stalls_is_step_free_with_places_for_wheelchairs_and_companions_beside_them() -> None:
    plan = demo_plan()
    row = [seat for seat in plan.seats if seat.step_free]
    assert {seat.row for seat in row} == {"M"}
    assert Counter(seat.accessibility for seat in row) == {None: 29, "wheelchair": 4, "companion": 4}
    assert [seat for seat in plan.seats if seat.accessibility and not seat.step_free] == []
