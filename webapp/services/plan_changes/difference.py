"""What a plan would change of a show: which seats are added, which removed, and what is different about the others."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, Literal

from webapp.services.plan_changes.matching import match
from webapp.services.plan_changes.present import Present, PresentSeat
from webapp.services.plans.plan import Plan, PlanArea, PlanSeat
from webapp.services.seating.categories import category_of

# How a seat may be different: where it stands, how it is called, what it costs, and for whom it is.
Change = Literal["moved", "renumbered", "category", "accessibility"]
CHANGES: Sequence[Change] = ("category", "renumbered", "moved", "accessibility")

# Coordinates that differ by less are the same, written otherwise.
SAME_PLACE = 1e-6


@dataclass(frozen=True, slots=True)
class PlannedSeat:
    """A seat of the plan, with its `place` there, from 1 on."""

    place: int
    seat: PlanSeat


@dataclass(frozen=True, slots=True)
class KeptSeat:
    """A seat of the show that the plan has, too, and what people will see to be different about it.

    Where `is_rewritten`, something is different, though it may be nothing that anybody sees.
    """

    before: PresentSeat
    after: PlannedSeat
    changes: Sequence[Change]
    is_rewritten: bool


@dataclass(frozen=True)
class Difference:
    """What the plan changes: seats in the order of the show, those that are new in the order of the plan.

    `new_categories` are those the show has no price for, with the price that the plan says, if it does.
    `is_reordered` tells that the seats that stay and those that come are in no order that their ids have.
    """

    kept: Sequence[KeptSeat]
    removed: Sequence[PresentSeat]
    added: Sequence[PlannedSeat]
    new_categories: Mapping[str, int | None]
    areas_change: bool
    is_reordered: bool

    @property
    def changed(self) -> Sequence[KeptSeat]:
        """The seats that stay and are different."""
        return [kept for kept in self.kept if kept.changes]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many seats are added, removed, and different in each way."""
        ways = Counter(change for kept in self.kept for change in kept.changes)
        return {"added": len(self.added), "removed": len(self.removed), **{way: ways[way] for way in CHANGES}}

    @property
    def is_nothing(self) -> bool:
        """Whether nobody would see anything to be different."""
        return not self.areas_change and not any(self.counts.values())


def difference(present: Present, plan: Plan) -> Difference:
    """What the plan changes of the show as it is."""
    matched = match(present.seats, plan.seats)
    kept = [_kept(seat, PlannedSeat(index + 1, plan.seats[index])) for seat, index in matched.both]
    added = [PlannedSeat(index + 1, plan.seats[index]) for index in matched.only_in_plan]
    prices = {category.name: category.price for category in plan.categories}
    names = dict.fromkeys(map(category_of, plan.seats))
    order = [one.after.place for one in kept] + [one.place for one in added]
    return Difference(
        kept=kept,
        removed=matched.only_in_show,
        added=added,
        new_categories={name: prices.get(name) for name in names if name not in present.prices},
        areas_change=list(map(kept_area, plan.areas)) != present.areas,
        is_reordered=any(one > other for one, other in pairwise(order)),
    )


def kept_area(area: PlanArea) -> dict[str, Any]:
    """The area as a show keeps it."""
    return {**asdict(area), "points": [list(point) for point in area.points]}


def _kept(before: PresentSeat, planned: PlannedSeat) -> KeptSeat:
    after = planned.seat
    differs: dict[Change, bool] = {
        "category": before.category != category_of(after),
        "renumbered": (before.seat_number, before.section, before.row, before.number)
        != (after.seat_number, after.section, after.row, after.number),
        "moved": not (_same(before.x, after.x) and _same(before.y, after.y)),
        "accessibility": (before.accessibility, before.step_free) != (after.accessibility, after.step_free),
    }
    changes = [change for change in CHANGES if differs[change]]
    unseen = (before.neighbour_order, before.plan_seat_id) != (after.neighbour_order, after.plan_seat_id)
    return KeptSeat(before, planned, changes, bool(changes) or unseen)


def _same(one: float | None, other: float | None) -> bool:
    return one == other or (one is not None and other is not None and abs(one - other) < SAME_PLACE)
