"""Where the seats of a block stand: spacing, curves, turning, the line-up of rows, and aisles."""

from collections.abc import Sequence
from itertools import pairwise
from math import atan2, degrees, dist, hypot

import pytest

from tests.services.plan_building.sketches import at, one_block, rows_of
from webapp.services.plans.building import build
from webapp.services.plans.plan import PlanSeat
from webapp.services.refusals import Invalid


def steps(row: Sequence[PlanSeat]) -> list[float]:
    return [dist(at(one), at(other)) for one, other in pairwise(row)]


def middle(row: Sequence[PlanSeat]) -> tuple[float, float]:
    return (sum(at(seat)[0] for seat in row) / len(row), sum(at(seat)[1] for seat in row) / len(row))


@pytest.mark.parametrize("bend", [0, 1, 45, 120, 300])
@pytest.mark.parametrize("turn", [0, 30, -90, 180])
def test_neighbours_are_one_spacing_apart_on_straight_rows_and_on_every_curve(bend: int, turn: int) -> None:
    for row in rows_of(one_block(seats=(20,), bend=bend, turn=turn, seat_spacing=55)).values():
        assert steps(row) == pytest.approx([55] * 19, abs=0.03)


def test_straight_rows_are_parallel_and_one_row_spacing_apart() -> None:
    rows = rows_of(one_block(row_spacing=90, seat_spacing=50, x=100, y=300))
    assert [at(seat) for seat in rows["A"]] == [(-25 + 50 * place, 300) for place in range(6)]
    assert [{at(seat)[1] for seat in row} for row in rows.values()] == [{300}, {390}, {480}]
    assert len({tuple(at(seat)[0] for seat in row) for row in rows.values()}) == 1


def test_curved_rows_lie_on_circles_about_one_point_before_them() -> None:
    rows = list(rows_of(one_block(seats=(20,), bend=60, seat_spacing=60, row_spacing=100, y=500)).values())
    radius = 20 * 60 / (60 * 3.14159265 / 180)
    for rank, row in enumerate(rows):
        assert [hypot(x, y - 500 + radius) for x, y in map(at, row)] == pytest.approx(
            [radius + 100 * rank] * 20, abs=0.1
        )


def test_the_front_row_turns_through_the_bend_and_its_ends_come_forward() -> None:
    row = rows_of(one_block(rows=1, seats=(100,), bend=90))["A"]
    (x0, y0), (x1, y1), *_, (x2, y2), (x3, y3) = map(at, row)
    turned = degrees(atan2(y1 - y0, x1 - x0)) - degrees(atan2(y3 - y2, x3 - x2))
    assert turned == pytest.approx(90, abs=2)
    assert y0 < max(at(seat)[1] for seat in row)


def test_a_block_is_turned_clockwise_about_its_own_middle() -> None:
    block = {"rows": 5, "seats": (8,), "x": 700, "y": 200}
    upright, turned = (build(one_block(**block, turn=turn)).seats for turn in (0, 90))
    assert middle(turned) == pytest.approx(middle(upright))
    assert middle(upright) == pytest.approx((700, 200 + 2 * 95))
    x, y = middle(upright)
    for before, after in zip(upright, turned, strict=True):
        assert (at(after)[0] - x, at(after)[1] - y) == pytest.approx((y - at(before)[1], at(before)[0] - x), abs=0.02)


def test_turned_once_around_it_stands_as_before() -> None:
    there, back = (build(one_block(bend=30, turn=turn)).seats for turn in (-180, 180))
    assert [at(seat) for seat in there] == [pytest.approx(at(seat), abs=0.02) for seat in back]


@pytest.mark.parametrize(
    ("align", "firsts"), [("left", [-100, -100, -100]), ("centre", [-100, -150, -200]), ("right", [-100, -200, -300])]
)
def test_rows_of_different_lengths_line_up_where_they_are_told_to(align: str, firsts: list[float]) -> None:
    rows = rows_of(one_block(seats=(3,), growth=1, align=align, seat_spacing=100))
    assert [at(row[0])[0] for row in rows.values()] == pytest.approx(firsts)


def test_curved_rows_line_up_along_one_direction() -> None:
    rows = rows_of(one_block(seats=(10,), growth=2, bend=60, align="left", y=0))
    radius = 10 * 55 / (60 * 3.14159265 / 180)
    angles = [degrees(atan2(at(row[0])[0], at(row[0])[1] + radius)) for row in rows.values()]
    assert angles == pytest.approx([angles[0]] * 3, abs=0.05)


def test_rows_may_be_listed_one_by_one() -> None:
    assert [len(row) for row in rows_of(one_block(seats=(4, 7, 5))).values()] == [4, 7, 5]


def test_each_row_may_have_more_seats_than_the_one_before_it() -> None:
    assert [len(row) for row in rows_of(one_block(rows=4, seats=(20,), growth=-2)).values()] == [20, 18, 16, 14]


def test_an_aisle_is_as_wide_as_told_and_parts_neighbours() -> None:
    row = rows_of(one_block(rows=1, aisles=(2,), aisle_width=150, seat_spacing=50))["A"]
    assert steps(row) == pytest.approx([50, 200, 50, 50, 50])
    assert [seat.neighbour_order for seat in row] == [1, 2, 4, 5, 6, 7]


def test_even_a_narrow_aisle_parts_neighbours() -> None:
    row = rows_of(one_block(rows=1, aisles=(2,), aisle_width=10))["A"]
    assert [seat.neighbour_order for seat in row] == [1, 2, 4, 5, 6, 7]


def test_where_rows_grow_at_both_ends_the_parts_outside_of_the_aisles_grow_alike() -> None:
    rows = rows_of(one_block(rows=4, seats=(10,), growth=1, aisles=(3, 7)))
    lengths = []
    for row in rows.values():
        breaks = [place for place, step in enumerate(steps(row), start=1) if step > 60]
        lengths.append((breaks[0], breaks[1] - breaks[0], len(row) - breaks[1]))
    assert lengths == [(3, 4, 3), (3, 5, 3), (4, 4, 4), (4, 5, 4)]


def test_aisles_of_rows_that_line_up_at_one_end_are_one_line() -> None:
    for align in ("left", "right"):
        rows = rows_of(one_block(rows=5, seats=(10,), growth=1, aisles=(3,), align=align))
        before = [at(row[[step > 60 for step in steps(row)].index(True)])[0] for row in rows.values()]
        assert before == pytest.approx([before[0]] * 5)


def test_of_rows_listed_one_by_one_aisles_are_counted_in_the_longest() -> None:
    rows = rows_of(one_block(seats=(4, 20, 20), aisles=(10,)))
    assert [[step > 60 for step in steps(row)].index(True) + 1 for row in rows.values()] == [2, 10, 10]


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"seats": (20, 22)}, "seats", "These are the seats of 2 rows, but the block has 3."),
        ({"seats": (4,), "growth": -2}, "growth", "Row 3 from the front would have no seat left."),
        ({"aisles": (6,)}, "aisles", "The front row has 6 seats: an aisle comes after 1 to 5."),
        ({"seats": (4, 9, 4), "aisles": (9,)}, "aisles", "The longest row has 9 seats: an aisle comes after 1 to 8."),
        ({"row_spacing": 43}, "row_spacing", "Rows this near would touch: at this seat spacing, take 44 or more."),
        ({"seats": (30,), "growth": 40, "bend": 340}, "bend", "Row 2 from the front would reach all around."),
        (
            {"seats": (24, 24, 26), "row_spacing": 45, "bend": 340},
            "bend",
            "Row 1 from the front would reach all around.",
        ),
        ({"rows": 20, "seats": (4,) * 19 + (20,), "bend": 180}, "bend", "Bent like this there is no room"),
    ],
)
def test_what_cannot_stand_is_refused_by_block_and_field(fields: dict[str, object], field: str, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        build(one_block(**fields))
    assert refused.value.sentence.startswith(f"Stalls: {sentence}")
    [error] = refused.value.facts["errors"]
    assert error["pointer"] == f"#/{field}"
    assert error["detail"].startswith(sentence)
    assert refused.value.facts["block"] == 1


def test_a_plan_of_too_many_seats_is_refused_before_any_is_made() -> None:
    with pytest.raises(Invalid, match="more than 20,000 seats"):
        build(one_block(rows=200, seats=(101,)))
