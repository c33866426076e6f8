"""Venues and their plans at pages: listed, named, and looked at version by version."""

import json

import pytest

from tests.blueprints.reading import form_to, notices, words
from tests.scenes import Browser, Scene
from webapp.services import plan_imports, venues
from webapp.services.asker import Asker

NAMED = {"name": "Town Hall", "timezone": "Europe/Helsinki"}


@pytest.fixture
def olga(scene: Scene) -> Asker:
    return scene.user("Olga")


@pytest.fixture
def organizer(scene: Scene, olga: Asker) -> Browser:
    browser = scene.browser(olga)
    browser.get("/organizer/venues/")
    return browser


def kept(olga: Asker, ranges: str = "Stalls: A1-A4", plan_id: int | None = None) -> venues.SavedVersion:
    """A plan of the town hall."""
    draft_id = plan_imports.begin_typed(olga, name="Hall", ranges=ranges)
    if plan_id:
        return plan_imports.save(olga, draft_id, plan_id=plan_id)
    return plan_imports.save(olga, draft_id, venue="Town Hall", timezone="Europe/Helsinki", name="Concert")


def test_a_venue_is_added_and_listed_with_its_plans(organizer: Browser, olga: Asker) -> None:
    assert "Your first venue" in words(organizer.get("/organizer/venues/"))
    added = organizer.post("/organizer/venues/", NAMED)
    assert notices(organizer.get(added.location)) == [("success", "“Town Hall” is added. Now its seats.")]
    kept(olga)
    listed = words(organizer.get("/organizer/venues/"))
    assert "Town Hall Concert 4 seats version 1" in listed
    assert "Concert 4 seats" in words(organizer.get(added.location))


def test_a_second_venue_of_a_name_is_refused_at_its_field(organizer: Browser) -> None:
    organizer.post("/organizer/venues/", NAMED)
    again = organizer.post("/organizer/venues/", NAMED)
    assert again.status_code == 422
    assert form_to(again, again.request.path).errors == {"name": ["There is a venue of this name already."]}


def test_a_time_zone_that_is_none_is_refused_at_its_field(organizer: Browser) -> None:
    response = organizer.post("/organizer/venues/", {**NAMED, "timezone": "Helsinki"})
    [error] = form_to(response, response.request.path).errors["timezone"]
    assert "IANA" in error


def test_a_venue_gets_another_name(organizer: Browser, olga: Asker) -> None:
    path = organizer.post("/organizer/venues/", NAMED).location
    assert form_to(organizer.get(path), path).values["timezone"] == "Europe/Helsinki"
    organizer.post(path, {**NAMED, "name": "Guildhall"})
    assert [venue.name for venue in venues.venues_of(olga)] == ["Guildhall"]


def test_a_plan_shows_its_latest_version_and_each_of_the_others(organizer: Browser, olga: Asker) -> None:
    plan_id = kept(olga).plan_id
    kept(olga, "Stalls: A1-A6", plan_id)
    latest, first = (organizer.get(f"/organizer/plans/{plan_id}{query}") for query in ("", "?version=1"))
    assert (latest.text.count("</title></rect>"), first.text.count("</title></rect>")) == (6, 4)
    assert "Version 1 not the latest" in words(first)
    assert organizer.get(f"/organizer/plans/{plan_id}?version=3").status_code == 404


def test_a_plan_gets_another_name_unless_its_venue_has_one_of_that_name(organizer: Browser, olga: Asker) -> None:
    plan_id = kept(olga).plan_id
    draft_id = plan_imports.begin_typed(olga, name="Hall", ranges="A1")
    plan_imports.save(olga, draft_id, venue="Town Hall", timezone="UTC", name="Banquet")
    refused = organizer.post(f"/organizer/plans/{plan_id}", {"name": "Banquet"})
    assert form_to(refused, refused.request.path).errors == {"name": ["The venue has a plan of this name already."]}
    organizer.post(f"/organizer/plans/{plan_id}", {"name": "Gala"})
    assert venues.plan(olga, plan_id).name == "Gala"


def test_a_version_is_had_as_a_file_and_one_that_cannot_be_said_in_ranges_says_why(
    organizer: Browser, olga: Asker
) -> None:
    path = f"/organizer/plans/{kept(olga).plan_id}/versions/1"
    ranges = organizer.get(f"{path}/plan.csv")
    assert ranges.text.splitlines()[:2] == ["zone,row,start,end,accessibility,step_free", "Stalls,A,1,4,,no"]
    assert ranges.headers["Content-Disposition"] == "attachment; filename=Concert-1.csv"
    assert json.loads(organizer.get(f"{path}/plan.json").text)["zones"][0]["name"] == "Stalls"
    boxes = kept(olga, "Stalls: BOX", venues.plans_of(olga)[0].id)
    refused = organizer.get(f"/organizer/plans/{boxes.plan_id}/versions/2/plan.csv")
    assert (refused.status_code, "BOX" in words(refused)) == (422, True)
