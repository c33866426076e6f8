"""What is drawn of a plan: every seat once, each to be clicked by itself, in a shape that is the hall's."""

from dataclasses import replace
from math import hypot, isfinite
from random import Random

import pytest

from tests.services.seat_maps.halls import (
    a_block,
    a_hostile_plan,
    a_plan,
    a_ring,
    a_seat,
    nearest_two,
    points_of,
    whole,
)
from webapp.services.demo.theatre import demo_plan
from webapp.services.seat_maps.chart import Chart
from webapp.services.seat_maps.drawing import draw
from webapp.services.seat_maps.planned import PlannedSeat


def must_be_usable(chart: Chart, seats: int) -> None:
    """Every seat once and apart from all others, everything within its frame and finite."""
    drawn = [
        seat.id
        for part in chart.parts.values()
        for section in part.sections
        for row in section.rows
        for seat in row.seats
    ]
    assert sorted(drawn) == sorted(chart.seats) == list(range(1, seats + 1))
    assert set(chart.part_of_seat) == set(drawn)
    assert nearest_two([chart.in_hall(seat) for seat in drawn]) >= 0.94
    for slug, part in chart.parts.items():
        assert part.slug == slug
        points = points_of(part)
        assert part.seat_count == len(points) <= 2_000
        assert all(0 < x < part.width and 0 < y < part.height for x, y in points)
        assert len(part.outline) >= 3
        assert all(0 <= x <= chart.width and 0 <= y <= chart.height for x, y in part.outline)
    corners = [point for area in chart.areas for point in area.points]
    assert all(isfinite(value) for point in [*corners, chart.focus] for value in point)
    assert all(0 <= x <= chart.width and 0 <= y <= chart.height for x, y in corners)


@pytest.mark.parametrize("seed", range(60))
def test_whatever_is_wrong_with_a_plan_every_seat_can_be_clicked(seed: int) -> None:
    plan = a_hostile_plan(Random(seed))
    must_be_usable(draw(plan), len(plan.seats))


def test_seats_stand_where_their_plan_has_them() -> None:
    seats = [*a_block("Stalls"), *a_block("Circle", at=(0.0, 260.0))]
    chart = draw(a_plan(seats))
    [first, *_] = seats
    for seat, planned in zip(chart.seats.values(), seats, strict=True):
        across, down = seat.x - chart.seats[1].x, seat.y - chart.seats[1].y
        assert (across, down) == pytest.approx(
            (((planned.x or 0) - (first.x or 0)) / 25, ((planned.y or 0) - (first.y or 0)) / 25), abs=0.02
        )


def test_seats_of_rows_that_stand_close_do_not_touch() -> None:
    seats = [a_seat("Stalls", row, n, n * 25, line * 19) for line, row in enumerate("ABCDE") for n in range(1, 9)]
    must_be_usable(draw(a_plan(seats)), 40)


def test_a_balcony_drawn_over_the_stalls_is_put_behind_them() -> None:
    chart = draw(a_plan([*a_block("Stalls"), *a_block("Balcony", rows="AB", at=(3.0, 51.0))]))
    must_be_usable(chart, 8 * 12 + 24)
    stalls, balcony = whole(chart).sections
    lowest = max(seat.y for row in stalls.rows for seat in row.seats)
    assert all(seat.y > lowest + 1 for row in balcony.rows for seat in row.seats)


def test_empty_space_between_blocks_is_narrowed_and_an_aisle_is_not() -> None:
    far = draw(a_plan([*a_block("Left"), *a_block("Right", at=(90_000.0, 0.0))]))
    near = draw(a_plan([*a_block("Left"), *a_block("Right", at=(350.0, 0.0))]))
    assert far.width < 45
    assert near.seats[97].x - near.seats[12].x == pytest.approx(3, abs=0.02)


def test_seats_without_coordinates_stand_between_their_neighbours() -> None:
    block = [replace(seat, x=None, y=None) if seat.number == "5" else seat for seat in a_block("Stalls")]
    chart = draw(a_plan(block))
    four, five, six = (chart.seats[number] for number in (4, 5, 6))
    assert (five.x, five.y) == pytest.approx(((four.x + six.x) / 2, four.y), abs=0.02)


def test_without_coordinates_row_a_is_in_front_and_left_right_and_rows_line_up() -> None:
    sections = [a_block(f"Stalls {side}", rows="CBA", at=None) for side in ("right", "left", "centre")]
    chart = draw(a_plan([*(seat for section in sections for seat in section), *a_block("Balcony", at=None)]))
    must_be_usable(chart, 3 * 36 + 96)
    at = {(seat.section, seat.row, seat.number): (seat.x, seat.y) for seat in chart.seats.values()}
    assert at["Stalls left", "A", "12"][0] < at["Stalls centre", "A", "1"][0]
    assert at["Stalls centre", "A", "12"][0] < at["Stalls right", "A", "1"][0]
    assert at["Stalls centre", "A", "6"][1] < at["Stalls centre", "B", "6"][1] < at["Stalls centre", "C", "6"][1]
    assert at["Stalls left", "B", "6"][1] == pytest.approx(at["Stalls right", "B", "7"][1], abs=0.1)
    assert at["Balcony", "A", "6"][1] > at["Stalls centre", "C", "6"][1] + 2


def test_seat_numbers_that_run_from_right_to_left_are_drawn_so() -> None:
    rows = [("Hall right", "1", range(1, 9)), ("Hall left", "1", range(9, 17)), ("Hall right", "2", range(17, 25))]
    chart = draw(a_plan([a_seat(section, row, number) for section, row, numbers in rows for number in numbers]))
    xs = [chart.seats[number].x for number in range(1, 17)]
    assert xs == sorted(xs, reverse=True)
    drawn = [seat.x for section in whole(chart).sections for row in section.rows for seat in row.seats]
    assert drawn[:8] == sorted(drawn[:8]), "a row is told from left to right"


def test_a_wide_gap_in_a_row_is_an_aisle_and_odd_numbers_are_none() -> None:
    chart = draw(a_plan([a_seat("Stalls", "A", number) for number in (1, 3, 5, 7, 11, 13)]))
    steps = [
        round(hypot(chart.seats[after].x - chart.seats[after - 1].x, chart.seats[after].y - chart.seats[after - 1].y))
        for after in range(2, 7)
    ]
    assert steps == [1, 1, 1, 2, 1]


def test_names_cover_no_seat() -> None:
    chart = draw(a_plan([*a_block("Stalls", at=None), *a_block("Balcony", at=None)]))
    part = whole(chart)
    names = [point for section in part.sections for row in section.rows for point in row.name_at]
    assert len(names) == 32
    for x, y in [*names, *(section.name_at for section in part.sections)]:
        assert all(hypot(x - seat_x, y - seat_y) > 0.8 for seat_x, seat_y in points_of(part))


def test_a_hall_without_a_stage_gets_one_before_the_first_row() -> None:
    chart = draw(a_plan(a_block("Stalls")))
    [stage] = chart.areas
    assert (stage.kind, stage.label) == ("stage", "Stage")
    assert chart.focus[1] == max(y for _, y in stage.points) < min(seat.y for seat in chart.seats.values()) - 1


def test_a_stage_is_below_where_the_first_rows_are() -> None:
    chart = draw(a_plan(a_block("Stalls", rows="HGFEDCBA")))
    assert chart.focus[1] > max(seat.y for seat in chart.seats.values()) + 1


def test_a_stage_of_the_plan_stands_where_it_is_drawn_and_is_the_only_one() -> None:
    stage = {"kind": "stage", "label": "Podium", "points": [[50, -100], [250, -100], [250, -50], [50, -50]]}
    chart = draw(a_plan(a_block("Stalls"), [stage]))
    [drawn] = chart.areas
    assert drawn.label == "Podium"
    front = chart.seats[1].y - 2
    assert chart.focus == pytest.approx((chart.seats[1].x + 5, front), abs=0.02)


def test_seats_around_a_field_get_no_stage() -> None:
    field = {"kind": "area", "label": "Field", "points": [[-800, -800], [800, -800], [800, 800], [-800, 800]]}
    chart = draw(a_plan(a_ring(), [field]))
    assert [area.kind for area in chart.areas] == ["area"]
    assert chart.is_divided
    assert draw(a_plan(a_ring())).areas == []
    middle = (chart.width / 2, chart.height / 2)
    assert hypot(chart.focus[0] - middle[0], chart.focus[1] - middle[1]) < 5


def test_an_area_that_is_absurdly_large_does_not_make_the_hall_small() -> None:
    ground = {"kind": "area", "label": "Ground", "points": [[-9e9, -9e9], [9e9, -9e9], [9e9, 9e9], [-9e9, 9e9]]}
    chart = draw(a_plan(a_block("Stalls"), [ground]))
    assert chart.width < 50


def test_the_theatre_of_the_demonstration_is_drawn_as_it_is() -> None:
    found = demo_plan()
    seats = [
        PlannedSeat(0, s.seat_number, s.section, s.row, s.number, s.neighbour_order, s.x, s.y, 1, None, step_free=False)
        for s in found.seats
    ]
    chart = draw(a_plan(seats))
    must_be_usable(chart, len(seats))
    assert [section.name for section in whole(chart).sections[:3]] == ["Stalls", "Circle", "Balcony"]
