"""What a version of a plan would change of a show, and whom it would touch; nothing is changed by looking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from webapp.services import shows
from webapp.services.aside import aside
from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted
from webapp.services.plan_changes.choosing import Choice, choice, plan_chosen
from webapp.services.plan_changes.difference import Difference, KeptSeat, difference
from webapp.services.plan_changes.present import Holder, Present, PresentSeat, holders_of, present
from webapp.services.plans.plan import Plan


@dataclass(frozen=True)
class Preview:
    """The show as it is, the plan it would have, and the difference; `holders` are those of the seats that differ."""

    choice: Choice
    present: Present
    plan: Plan
    difference: Difference
    holders: Mapping[int, Holder]

    @property
    def in_the_way(self) -> Sequence[tuple[PresentSeat, Holder]]:
        """The seats that the plan does not have, and somebody has: as long as there are any, nothing is changed."""
        return in_the_way(self.difference, self.holders)

    @property
    def touched(self) -> Sequence[tuple[KeptSeat, Holder]]:
        """The seats that stay and are different for whoever has them."""
        holders = self.holders
        return [(one, holders[one.before.id]) for one in self.difference.changed if one.before.id in holders]


def preview(asker: Asker, show_id: int, version_id: int) -> Preview:
    """What the version would change. Raises `NotFound`, also for a version, and as `shows.refuse_strangers` does."""
    shows.refuse_strangers(asker, show_id)
    chosen = choice(asker, show_id, version_id)
    plan = plan_chosen(chosen)
    with autocommitted() as connection:
        now = present(connection, show_id)
        found = aside(lambda: difference(now, plan))
        holders = holders_of(connection, show_id, ids_of(found))
    return Preview(chosen, now, plan, found, holders)


def ids_of(found: Difference) -> Sequence[int]:
    """The seats of the show that are removed or different."""
    return [seat.id for seat in found.removed] + [one.before.id for one in found.changed]


def in_the_way(found: Difference, holders: Mapping[int, Holder]) -> Sequence[tuple[PresentSeat, Holder]]:
    """The seats that would be removed and somebody has, with who has them."""
    return [(seat, holders[seat.id]) for seat in found.removed if seat.id in holders]
