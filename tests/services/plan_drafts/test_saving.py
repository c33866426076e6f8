"""A drawn plan is saved as a version of a venue's plan, and drawn on from there."""

import pytest

from tests.scenes import Scene
from webapp.services import plan_drafts, venues
from webapp.services.asker import Asker
from webapp.services.plans.documents import plan_from_json
from webapp.services.refusals import Invalid, NotFound

AT = {"venue": "Town Hall", "timezone": "Europe/Helsinki", "name": "Concert"}


@pytest.fixture
def olga(scene: Scene) -> Asker:
    return scene.user("Olga Organizer")


def drawn(olga: Asker, start: str = "theatre") -> int:
    return plan_drafts.begin(olga, name="Concert", start=start)


def test_a_saved_plan_is_the_first_version_of_a_new_venues_plan(scene: Scene, olga: Asker) -> None:
    draft = plan_drafts.sketched(olga, drawn(olga))
    saved = plan_drafts.save(olga, draft.id, **AT)
    assert (saved.number, saved.plan_name, saved.venue_name) == (1, "Concert", "Town Hall")
    [kept] = venues.plans_of(olga)
    assert (kept.id, kept.version_id, kept.seats, kept.is_drawn) == (saved.plan_id, saved.id, 392, True)
    [row] = scene.rows("SELECT document, source FROM plan_versions")
    assert (plan_from_json(row["document"]), row["source"]) == (draft.built.plan, None)
    assert [(one.id, one.timezone) for one in venues.venues_of(olga)] == [(saved.venue_id, "Europe/Helsinki")]
    with pytest.raises(NotFound):
        plan_drafts.sketched(olga, draft.id)


def test_a_saved_plan_is_drawn_on_and_saved_as_its_next_version(olga: Asker) -> None:
    first = plan_drafts.save(olga, drawn(olga), **AT)
    draft = plan_drafts.begin_from_version(olga, first.id)
    opened = plan_drafts.sketched(olga, draft)
    assert (opened.plan_id, opened.venue_id, len(opened.built.plan.seats)) == (first.plan_id, first.venue_id, 392)
    plan_drafts.add_part(olga, draft, "block")
    second = plan_drafts.save(olga, draft, **AT, as_next_version=True)
    assert (second.number, second.plan_id) == (2, first.plan_id)
    assert [(kept.number, kept.seats) for kept in venues.plans_of(olga)] == [(2, 442)]


def test_no_plan_is_saved_over_another_of_that_name_unasked(scene: Scene, olga: Asker) -> None:
    plan_drafts.save(olga, drawn(olga), **AT)
    draft = drawn(olga, "round")
    with pytest.raises(Invalid) as refused:
        plan_drafts.save(olga, draft, **AT)
    assert refused.value.facts["errors"][0]["pointer"] == "#/name"
    assert plan_drafts.sketched(olga, draft).state == 1
    assert len(scene.rows("SELECT FROM plan_versions")) == 1
    assert plan_drafts.save(olga, draft, **{**AT, "name": "Circus"}).number == 1
    assert [kept.name for kept in venues.plans_of(olga)] == ["Circus", "Concert"]


def test_a_venue_of_that_name_keeps_its_time_zone(olga: Asker) -> None:
    plan_drafts.save(olga, drawn(olga), **AT)
    plan_drafts.save(olga, drawn(olga), **{**AT, "timezone": "UTC", "name": "Banquet"})
    assert [one.timezone for one in venues.venues_of(olga)] == ["Europe/Helsinki"]


def test_what_is_refused_makes_no_venue(scene: Scene, olga: Asker) -> None:
    with pytest.raises(Invalid, match="no seat in this plan"):
        plan_drafts.save(olga, drawn(olga, "empty"), **AT)
    assert scene.rows("SELECT FROM venues") == []


def test_venues_of_the_same_name_are_each_their_owners(scene: Scene, olga: Asker) -> None:
    rita = scene.user("Rita")
    hers = plan_drafts.save(olga, drawn(olga), **AT)
    others = plan_drafts.save(rita, drawn(rita), **AT)
    assert others.venue_id != hers.venue_id
    with pytest.raises(NotFound):
        plan_drafts.begin_from_version(rita, hers.id)
    with pytest.raises(NotFound):
        plan_drafts.save(rita, drawn(olga), **AT)


def test_a_plan_that_came_from_a_file_cannot_be_drawn_on(scene: Scene, olga: Asker) -> None:
    saved = plan_drafts.save(olga, drawn(olga), **AT)
    with scene.history() as connection:
        connection.execute("UPDATE plan_versions SET sketch = NULL")
    with pytest.raises(Invalid, match="brought in from a file"):
        plan_drafts.begin_from_version(olga, saved.id)
