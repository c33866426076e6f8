"""The part of the round through every verb (tests/services/every_verb.py) in which plans are kept at venues."""

from contextlib import suppress
from dataclasses import replace
from itertools import count

from tests.scenes import Scene
from webapp.services import kept_plans, plan_changes, plan_drafts, plan_imports, reservations, seating, venues
from webapp.services.asker import Asker
from webapp.services.database.statements import transaction
from webapp.services.plans.plan import Plan, PlanArea
from webapp.services.plans.typed import read_typed
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
    assert venues.plans_at(organizer, venue_id, limit=1, after=saved.plan_id) == []
    assert [one.number for one in venues.versions_of(organizer, saved.plan_id, limit=1, before=2)] == [1]
    assert venue_id not in {one.id for one in venues.venues_of(organizer, limit=1000, after=venue_id)}
    plan_drafts.discard(organizer, _brought_in(organizer, meant))
    sent = {"source": None, "source_name": None}
    other = venues.save_first(organizer, venue_id, "Banquet", read_typed("A1-A3"), **sent)
    assert venues.save_next(organizer, other.plan_id, read_typed("A1-A4"), **sent).number == 2
    found = venues.document(organizer, saved.plan_id)
    assert venues.document(organizer, saved.plan_id, 2) == found
    assert venues.source(organizer, saved.plan_id, 1) == ("plan.csv", A_PLAN)
    assert kept_plans.drawn_before(found.kept) is None
    assert len(kept_plans.chart_of(found.kept, found.plan).seats) == kept_plans.counts_of(found.plan).seats == 4
    return found


def change_plans(scene: Scene, organizer: Asker, version: venues.VersionDocument) -> None:
    """Give a show the seats of a version, and those of another, which lets some go that somebody had once."""
    show, buyer = scene.show(organizer, seats="P1-P3, Q1"), scene.user()
    for held in scene.hold(buyer, show, "P1", "Q1"):
        reservations.release(buyer, held.id)
    assert plan_changes.choices(organizer, show.id)
    assert plan_changes.plan_of_show(organizer, show.id).seats == 4
    first = venues.versions_of(organizer, version.plan_id)[-1].id
    for version_id in (version.id, first, version.id):
        found = plan_changes.preview(organizer, show.id, version_id)
        now, prices = found.present, dict.fromkeys(found.difference.new_categories, 500)
        seen = {"edition": now.edition, "plan_version": now.plan_version}
        plan_changes.apply(organizer, show.id, version_id, **seen, prices=prices)
    _change_without_history(scene, organizer, version.plan_id)
    with suppress(NotFound):
        plan_changes.preview(organizer, show.id, 2**31 - 1)


def _change_without_history(scene: Scene, organizer: Asker, plan_id: int) -> None:
    """Of a show that nobody bought for, seats are deleted; two change their numbers, and the rows their order."""
    show = scene.show(organizer, seats="P2, P1, Q1")
    for ranges in ("Box: Q1, P1", "Hall: P1, Q1, R1"):
        typed = plan_imports.begin_typed(organizer, name="Hall", ranges=ranges)
        version_id = plan_imports.save(organizer, typed, plan_id=plan_id).id
        now = plan_changes.preview(organizer, show.id, version_id).present
        seen = {"edition": now.edition, "plan_version": now.plan_version}
        plan_changes.apply(organizer, show.id, version_id, **seen, prices={"Box": 5, "Hall": 6})
    version_id = _exchanged(organizer, plan_id)
    for _ in range(2):
        now = plan_changes.preview(organizer, show.id, version_id).present
        seen = {"edition": now.edition, "plan_version": now.plan_version}
        plan_changes.apply(organizer, show.id, version_id, **seen, prices={"Hall": 6})
        version_id = _exchanged(organizer, plan_id, back=True)


def _exchanged(organizer: Asker, plan_id: int, *, back: bool = False) -> int:
    """A version whose seats are told apart by ids, and have their numbers exchanged where it is said, and a stage."""
    ids = ("p", "q") if back else ("q", "p")
    seats = [
        replace(seating.labelled_seat(number, category="Hall"), plan_seat_id=id_)
        for number, id_ in zip(("P1", "Q1"), ids, strict=True)
    ]
    stage = PlanArea(kind="stage", label=str(back), points=[(0, 0), (1, 0), (1, 1)])
    with transaction() as connection:
        saved = venues.save_version(connection, organizer, plan_id, Plan(name=None, seats=seats, areas=[stage]))
        connection.commit()
    return saved.id


def _brought_in(organizer: Asker, meant: plan_imports.Meant) -> int:
    draft_id = plan_imports.begin(organizer, name="Hall", filename="plan.csv", data=A_PLAN, meant=meant)
    plan_imports.read(organizer, draft_id, lambda _: None)
    assert len(plan_imports.plan_read(organizer, draft_id).seats) == 3
    return draft_id
