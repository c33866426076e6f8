"""The hall that the builder shows is the one that a show's map gives: the same places in another scale."""

from dataclasses import asdict
from itertools import combinations
from math import dist

import pytest

from tests.services.plan_building.sketches import at
from webapp.services.plans.building import STARTS, build
from webapp.services.seat_maps.chart import Category
from webapp.services.seat_maps.drawing import draw
from webapp.services.seat_maps.planned import Planned, PlannedSeat


@pytest.mark.parametrize("start", [name for name in STARTS if name != "empty"])
def test_the_drawn_hall_is_that_of_a_shows_map(start: str) -> None:
    plan = build(STARTS[start].sketch("Hall"))
    categories = {one.name: Category(rank, one.name, 0, rank) for rank, one in enumerate(plan.categories)}
    seats = [
        PlannedSeat(
            place,
            seat.seat_number,
            seat.section,
            seat.row,
            seat.number,
            seat.neighbour_order,
            seat.x,
            seat.y,
            categories[seat.category or ""].id,
            seat.accessibility,
            seat.step_free,
        )
        for place, seat in enumerate(plan.seats)
    ]
    chart = draw(Planned(1, 1, [asdict(area) for area in plan.areas], list(categories.values()), seats))
    some = range(0, len(seats), max(1, len(seats) // 60))
    scales = [
        dist(chart.in_hall(one), chart.in_hall(other)) / dist(at(plan.seats[one]), at(plan.seats[other]))
        for one, other in combinations(some, 2)
    ]
    assert max(scales) < 1.03 * min(scales)
    assert [area.kind for area in chart.areas][:1] == ["stage"]
    assert len(chart.areas) == len(plan.areas)
