"""The part of the round through every verb (tests/services/every_verb.py) in which plans are kept at venues."""

from contextlib import suppress
from itertools import count

from webapp.services import kept_plans, plan_drafts, plan_imports, venues
from webapp.services.asker import Asker
from webapp.services.refusals import Invalid, NotFound

A_PLAN = b"zone,row,start,end\nBox,P,1,3\n"
_numbers = count(1)


def keep_plans(organizer: Asker) -> venues.VersionDocument:
    """Add a venue, bring a plan in, in two versions, and read them; the second one."""
    number = next(_numbers)
    venue_id = venues.create_venue(organizer, name=f"House {number}", timezone="UTC")
    with suppress(Invalid):
        venues.create_venue(organizer, name=f"House {number}", timezone="UTC")
    for ask in (venues.venue, venues.plan):
        with suppress(NotFound):
            ask(organizer, 2**31 - 1)
    venues.change_venue(organizer, venue_id, name=f"Opera {number}", timezone="Europe/Oslo")
    assert venues.plans_at(organizer, venue_id) == []
    meant = plan_imports.Meant(venue_id=venue_id)
    first = _brought_in(organizer, meant)
    saved = plan_imports.save(organizer, first, venue=f"Opera {number}", timezone="UTC", name="Hall")
    typed = plan_imports.begin_typed(
        organizer, name="Hall", ranges="Box: P1-P4", meant=plan_imports.Meant(plan_id=saved.plan_id)
    )
    assert plan_imports.drafts_of(organizer)[0].id == typed
    plan_imports.save(organizer, typed, plan_id=saved.plan_id)
    venues.rename_plan(organizer, saved.plan_id, name="Great hall")
    assert venues.plan(organizer, saved.plan_id).number == len(venues.versions_of(organizer, saved.plan_id)) == 2
    plan_drafts.discard(organizer, _brought_in(organizer, meant))
    found = venues.document(organizer, saved.plan_id)
    assert venues.document(organizer, saved.plan_id, 2) == found
    assert venues.source(organizer, saved.plan_id, 1) == ("plan.csv", A_PLAN)
    assert kept_plans.drawn_before(found.kept) is None
    assert len(kept_plans.chart_of(found.kept, found.plan).seats) == kept_plans.counts_of(found.plan).seats == 4
    return found


def _brought_in(organizer: Asker, meant: plan_imports.Meant) -> int:
    draft_id = plan_imports.begin(organizer, name="Hall", filename="plan.csv", data=A_PLAN, meant=meant)
    plan_imports.read(organizer, draft_id, lambda _: None)
    assert len(plan_imports.plan_read(organizer, draft_id).seats) == 3
    return draft_id
