"""Venues and their plans are their owner's: added, named, read in versions, and nobody else's but an admin's."""

import pytest

from tests.scenes import Scene
from webapp.services import admins, plan_imports, venues
from webapp.services.asker import Asker
from webapp.services.refusals import Invalid, NotFound


@pytest.fixture
def olga(scene: Scene) -> Asker:
    return scene.user("Olga Organizer")


def brought_in(organizer: Asker, ranges: str = "A1-A4", **where: object) -> venues.SavedVersion:
    """A plan that was typed and kept."""
    meant = plan_imports.Meant(plan_id=where["plan_id"]) if "plan_id" in where else None  # type: ignore[arg-type]
    draft_id = plan_imports.begin_typed(organizer, name="Hall", ranges=ranges, meant=meant)
    usual = {} if "plan_id" in where else {"venue": "Town Hall", "timezone": "Europe/Helsinki", "name": "Concert"}
    return plan_imports.save(organizer, draft_id, **{**usual, **where})  # type: ignore[arg-type]


def test_a_venue_has_its_name_once_with_its_owner_and_again_with_another(scene: Scene, olga: Asker) -> None:
    venues.create_venue(olga, name="Town Hall", timezone="UTC")
    with pytest.raises(Invalid) as twice:
        venues.create_venue(olga, name="Town Hall", timezone="UTC")
    assert twice.value.facts["errors"][0]["pointer"] == "#/name"
    rita = scene.user("Rita")
    venues.create_venue(rita, name="Town Hall", timezone="UTC")
    assert len(venues.venues_of(olga)) == len(venues.venues_of(rita)) == 1


def test_a_venue_gets_another_name_but_not_that_of_another_venue(olga: Asker) -> None:
    venues.create_venue(olga, name="Town Hall", timezone="UTC")
    chapel = venues.create_venue(olga, name="Chapel", timezone="UTC")
    with pytest.raises(Invalid):
        venues.change_venue(olga, chapel, name="Town Hall", timezone="UTC")
    venues.change_venue(olga, chapel, name="Cathedral", timezone="Europe/Rome")
    assert venues.venue(olga, chapel) == venues.Venue(chapel, "Cathedral", "Europe/Rome")


def test_a_plan_gets_another_name_but_not_that_of_another_plan_there(olga: Asker) -> None:
    concert, banquet = brought_in(olga), brought_in(olga, name="Banquet")
    with pytest.raises(Invalid):
        venues.rename_plan(olga, banquet.plan_id, name="Concert")
    venues.rename_plan(olga, banquet.plan_id, name="Gala")
    assert [plan.name for plan in venues.plans_at(olga, concert.venue_id)] == ["Concert", "Gala"]


def test_each_version_is_read_as_it_was_saved(olga: Asker) -> None:
    first = brought_in(olga, "Stalls: A1-A4")
    brought_in(olga, "Stalls: A1-A4\nBalcony: B1-B2", plan_id=first.plan_id)
    listed = venues.versions_of(olga, first.plan_id)
    assert [(one.number, one.seats, one.saved_by, one.source_name) for one in listed] == [
        (2, 6, "Olga Organizer", None),
        (1, 4, "Olga Organizer", None),
    ]
    seats = {
        number: [seat.seat_number for seat in venues.document(olga, first.plan_id, number).plan.seats]
        for number in (1, 2, None)
    }
    assert seats == {
        1: ["A1", "A2", "A3", "A4"],
        2: ["A1", "A2", "A3", "A4", "B1", "B2"],
        None: ["A1", "A2", "A3", "A4", "B1", "B2"],
    }
    assert venues.plan(olga, first.plan_id).number == 2
    with pytest.raises(NotFound):
        venues.document(olga, first.plan_id, 3)


def test_another_organizer_finds_nothing_of_a_venue_and_an_admin_all(scene: Scene, olga: Asker) -> None:
    saved = brought_in(olga)
    rita, ada = scene.user("Rita"), scene.admin()
    for ask in (
        lambda who: venues.venue(who, saved.venue_id),
        lambda who: venues.plans_at(who, saved.venue_id),
        lambda who: venues.plan(who, saved.plan_id),
        lambda who: venues.versions_of(who, saved.plan_id),
        lambda who: venues.document(who, saved.plan_id),
        lambda who: venues.source(who, saved.plan_id, 1),
        lambda who: venues.change_venue(who, saved.venue_id, name="Hers", timezone="UTC"),
        lambda who: venues.rename_plan(who, saved.plan_id, name="Hers"),
        lambda who: brought_in(who, plan_id=saved.plan_id),
    ):
        with pytest.raises(NotFound):
            ask(rita)
        ask(ada)
    assert venues.plan(olga, saved.plan_id).number == 2
    assert venues.versions_of(olga, saved.plan_id)[0].saved_by == "Ada Admin"


def test_what_an_admin_does_with_a_venue_of_others_is_on_record_and_what_one_does_with_ones_own_is_not(
    scene: Scene, olga: Asker
) -> None:
    saved, ada = brought_in(olga), scene.admin()
    for who in (olga, ada):
        venues.change_venue(who, saved.venue_id, name="Opera", timezone="UTC")
        venues.rename_plan(who, saved.plan_id, name="Gala")
        brought_in(who, plan_id=saved.plan_id)
    deeds = [(deed.act.user_id, deed.act.act, deed.act.about, deed.show_id) for deed in admins.deeds(ada, limit=9)]
    acts = ("save plan version", "rename plan", "change venue")
    assert deeds == [(ada.id, act, "Olga Organizer", None) for act in acts]
