"""What a plan has, in numbers."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from webapp.services.plans.plan import Plan
from webapp.services.seating.categories import category_of


@dataclass(frozen=True)
class PlanCounts:
    """How many seats a plan has, in all and by category, in how many sections and rows, and for whom."""

    seats: int
    sections: int
    rows: int
    by_category: Mapping[str, int]
    wheelchair: int
    companion: int
    step_free: int


def counts_of(plan: Plan) -> PlanCounts:
    """The counts of the plan, its categories in the order of its own list, those it does not list last."""
    found = Counter(map(category_of, plan.seats))
    named = [category.name for category in plan.categories if category.name in found]
    accessible = Counter(seat.accessibility for seat in plan.seats)
    return PlanCounts(
        seats=len(plan.seats),
        sections=len({seat.section for seat in plan.seats}),
        rows=len({(seat.section, seat.row) for seat in plan.seats if seat.row}),
        by_category={name: found[name] for name in dict.fromkeys([*named, *found])},
        wheelchair=accessible["wheelchair"],
        companion=accessible["companion"],
        step_free=sum(seat.step_free for seat in plan.seats),
    )
