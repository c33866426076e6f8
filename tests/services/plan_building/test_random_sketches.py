"""What holds of every plan that is built, whatever its fields."""

from collections import defaultdict
from itertools import combinations, pairwise
from math import dist

import pytest

from tests.services.plan_building.sketches import at, by_chance
from webapp.services.plans.building import STARTS, Sketch, built

HALLS = [pytest.param(by_chance(seed), id=f"seed {seed}") for seed in range(40)]
READY_MADE = [pytest.param(start.sketch("Hall"), id=name) for name, start in STARTS.items()]


@pytest.mark.parametrize("sketch", HALLS + READY_MADE)
def test_seat_numbers_are_unique_and_every_seat_has_all_that_a_seat_can_have(sketch: Sketch) -> None:
    seats = built(sketch).plan.seats
    assert len({seat.seat_number for seat in seats}) == len(seats)
    assert len({seat.plan_seat_id for seat in seats}) == len(seats)
    for seat in seats:
        assert None not in (seat.section, seat.row, seat.number, seat.category, seat.neighbour_order, seat.x, seat.y)


@pytest.mark.parametrize("sketch", HALLS + READY_MADE)
def test_no_two_seats_of_a_block_are_nearer_than_four_fifths_of_its_spacing(sketch: Sketch) -> None:
    made = built(sketch)
    for block in sketch.blocks:
        points = [at(made.plan.seats[place]) for place in made.seats_of[block.id]]
        nearest = min((dist(one, other) for one, other in combinations(points, 2)), default=block.seat_spacing)
        assert nearest >= 0.8 * block.seat_spacing - 0.05


@pytest.mark.parametrize("sketch", HALLS + READY_MADE)
def test_neighbours_are_at_one_spacing_and_others_are_farther(sketch: Sketch) -> None:
    made = built(sketch)
    for block in sketch.blocks:
        rows = defaultdict(list)
        for place in made.seats_of[block.id]:
            rows[made.plan.seats[place].row].append(made.plan.seats[place])
        for row in rows.values():
            row.sort(key=lambda seat: seat.neighbour_order or 0)
            for one, other in pairwise(row):
                apart = dist(at(one), at(other))
                if (other.neighbour_order or 0) - (one.neighbour_order or 0) == 1:
                    assert apart == pytest.approx(block.seat_spacing, abs=0.05)
                else:
                    assert apart > block.seat_spacing + 5


@pytest.mark.parametrize("sketch", READY_MADE)
def test_in_a_ready_made_hall_everything_fits(sketch: Sketch) -> None:
    assert built(sketch).notes == []
    assert built(sketch).plan.renumbered == []


def test_the_ready_made_halls_are_of_the_sizes_they_promise() -> None:
    sizes = {name: len(built(start.sketch("Hall")).plan.seats) for name, start in STARTS.items()}
    assert sizes == {"empty": 0, "rows": 96, "theatre": 392, "fan": 1_064, "round": 560, "chamber": 185}
    wheelchairs = {
        name: sum(seat.accessibility == "wheelchair" for seat in built(start.sketch("Hall")).plan.seats)
        for name, start in STARTS.items()
    }
    assert wheelchairs == {"empty": 0, "rows": 0, "theatre": 4, "fan": 2, "round": 0, "chamber": 2}
