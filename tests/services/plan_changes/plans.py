"""Plans made by hand, kept at a venue, and shows that have their seats."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from webapp.services import plan_changes, venues
from webapp.services.asker import Asker
from webapp.services.database.statements import transaction
from webapp.services.plan_changes import Difference, Preview
from webapp.services.plans.plan import Plan, PlanArea, PlanSeat
from webapp.services.seating import labelled_seat
from webapp.services.shows import Show

STAGE = PlanArea(kind="stage", label="Stage", points=[(0.0, 0.0), (9.0, 0.0), (9.0, 2.0)])


def seat(number: str, **differently: Any) -> PlanSeat:
    """A seat in the stalls, by its number, without a place."""
    return replace(labelled_seat(number, section="Stalls", category="Gold"), **differently)


def plan_of(*seats: PlanSeat | str, areas: Sequence[PlanArea] = ()) -> Plan:
    """A plan with these seats."""
    return Plan(name="Hall", seats=[seat(one) if isinstance(one, str) else one for one in seats], areas=list(areas))


def keep(keeper: Asker, plan: Plan) -> int:
    """Save the plan as the next version of the town hall's; the id of the version."""
    with transaction() as connection:
        venue_id = venues.venue_named(connection, keeper, "Town Hall", "Europe/Helsinki")
        plan_id, _ = venues.plan_named(connection, venue_id, "Concert")
        saved = venues.save_version(connection, keeper, plan_id, plan)
        connection.commit()
    return saved.id


def looked_at(organizer: Asker, show: Show, plan: Plan) -> Preview:
    """What the plan would change of the show."""
    return plan_changes.preview(organizer, show.id, keep(organizer, plan))


def confirm(organizer: Asker, found: Preview, prices: Mapping[str, int] | None = None) -> Difference:
    """Do what was looked at, new categories at 10.00 unless other prices are told."""
    now = found.present
    return plan_changes.apply(
        organizer,
        now.show_id,
        found.choice.version_id,
        edition=now.edition,
        plan_version=now.plan_version,
        prices=dict.fromkeys(found.difference.new_categories, 1000) if prices is None else prices,
    )


def give(organizer: Asker, show: Show, plan: Plan) -> Preview:
    """Give the show the seats of the plan; what was looked at before."""
    found = looked_at(organizer, show, plan)
    confirm(organizer, found)
    return found
