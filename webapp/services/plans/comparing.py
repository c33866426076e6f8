"""What a plan says otherwise when it is read from the file it was written into."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import dist

from webapp.services.plans.oddities import Oddities
from webapp.services.plans.plan import Plan, PlanSeat

# Positions nearer than this are one, whatever the arithmetic made of them.
_ONE_PLACE = 1e-3


def compare(plan: Plan, again: Plan, order: Sequence[int]) -> list[str]:
    """What a plan read from a file says otherwise than the one that was written there, one sentence for each kind.

    `order` are the seats of the plan, by their indices, in the order in which they were written.
    """
    odd = Oddities()
    seats = [plan.seats[index] for index in order]
    for seat, other in zip(seats, again.seats, strict=True):
        _compare_seats(seat, other, odd)
    _compare_places(seats, again.seats, odd)
    _compare_areas(plan, again, odd)
    _compare_neighbours(seats, again.seats, odd)
    priced = [category.name for category in plan.categories if category.price is not None]
    for name in priced:
        odd.note("category", "whose price is not in the file", name)
    return odd.sentences()


def _compare_seats(seat: PlanSeat, other: PlanSeat, odd: Oddities) -> None:
    number = seat.seat_number
    if other.seat_number != number:
        odd.note("seat", "read from the file with another seat number", f"{other.seat_number} for {number}")
    if (other.section, other.row, other.number) != (seat.section, seat.row, seat.number):
        odd.note("seat", "whose section, row or number the file does not hold", number)
    if seat.category is None and other.category:
        odd.note("seat", "without a category, which is given one in the file", f"{other.category}: {number}")
    elif other.category != seat.category:
        what = f"{number}: {other.category or 'none'} for {seat.category or 'none'}"
        odd.note("seat", "read from the file with another category", what)
    if seat.plan_seat_id and other.plan_seat_id != seat.plan_seat_id:
        odd.note("seat", "read from the file with another id, or none", number)
    if (other.accessibility, other.step_free) != (seat.accessibility, seat.step_free):
        odd.note("seat", "of which the file does not say whether it is accessible", number)


def _compare_places(seats: Sequence[PlanSeat], others: Sequence[PlanSeat], odd: Oddities) -> None:
    """Places are compared as seen from the first seat that has one: where a plan has its origin does not matter."""
    pairs = list(zip(seats, others, strict=True))
    origin = next((pair for pair in pairs if None not in (pair[0].x, pair[1].x)), None)
    for seat, other in pairs:
        if seat.x is None:
            continue
        if origin is None or other.x is None:
            odd.note("seat", "whose place is not in the file", seat.seat_number)
        elif dist(_seen_from(seat, origin[0]), _seen_from(other, origin[1])) > _ONE_PLACE:
            odd.note("seat", "in another place in the file", seat.seat_number)


def _compare_areas(plan: Plan, again: Plan, odd: Oddities) -> None:
    if len(plan.areas) != len(again.areas):
        odd.note("area", "not in the file", f"of {len(plan.areas)} it has {len(again.areas)}")
    for area, drawn in zip(plan.areas, again.areas, strict=False):
        if area.kind != drawn.kind:
            odd.note("area", "read from the file as another kind", f"{drawn.kind} for {area.kind}")


def _seen_from(seat: PlanSeat, origin: PlanSeat) -> tuple[float, float]:
    return (seat.x or 0) - (origin.x or 0), (seat.y or 0) - (origin.y or 0)


def _compare_neighbours(seats: Sequence[PlanSeat], others: Sequence[PlanSeat], odd: Oddities) -> None:
    wanted = {frozenset(pair) for pair in side_by_side(seats)}
    found = {frozenset(pair) for pair in side_by_side(others)}
    for so, pairs in (("neighbours in the plan only", wanted - found), ("neighbours in the file only", found - wanted)):
        for pair in sorted(map(sorted, pairs)):
            odd.note("pair", f"of seats that are {so}", " and ".join(seats[index].seat_number for index in pair))


def side_by_side(seats: Sequence[PlanSeat]) -> Iterator[tuple[int, int]]:
    """The pairs of seats, by their indices, that are side by side."""
    ordered = sorted(
        (seat.section or "", seat.section is None, seat.row or "", seat.row is None, seat.neighbour_order, index)
        for index, seat in enumerate(seats)
        if seat.neighbour_order is not None
    )
    for one, other in pairwise(ordered):
        if one[:4] == other[:4] and one[4] + 1 == other[4]:
            yield one[5], other[5]
