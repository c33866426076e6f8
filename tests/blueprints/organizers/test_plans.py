"""A show gets its seats from a plan that is brought in or drawn for it: kept, priced and taken in one go."""

import io

import pytest
from werkzeug.test import TestResponse

from tests.blueprints.reading import form_to, notices, words
from tests.scenes import Browser, Scene
from webapp.services import plan_drafts, shows
from webapp.services.plans import LARGEST_FILE

CSV = b"zone,row,start,end\nStalls,A,1,10\nBalcony,B,1,4\n"


def bring_in(browser: Browser, address: str, content: bytes = CSV) -> TestResponse:
    """Send the form at this address with a file."""
    form = {"csrf_token": browser.csrf_token, "plan": (io.BytesIO(content), "hall.csv")}
    response = browser.flask.post(address, data=form, headers={"Accept": "text/html"})
    response.request.environ["wsgi.input"].close()
    return response


@pytest.fixture
def show_id(desk: str) -> int:
    return int(desk.rpartition("/")[2])


def test_the_desk_of_a_show_without_seats_offers_every_way_to_them(organizer: Browser, desk: str, show_id: int) -> None:
    page = organizer.get(desk)
    for way in (f"/organizer/drafts/?show={show_id}", f"/organizer/sketches/?show={show_id}"):
        assert f'href="{way}"' in page.text
        assert "For Evensong, Sat 1 May 2027, 19:30." in " ".join(words(organizer.get(way)).replace(" ,", ",").split())
    assert form_to(page, f"{desk}/seats")


def test_a_plan_brought_in_for_a_show_leads_to_its_prices_and_then_to_the_desk(
    scene: Scene, organizer: Browser, desk: str, show_id: int
) -> None:
    address = f"/organizer/drafts/?show={show_id}"
    assert form_to(organizer.get(address), address)
    looked = bring_in(organizer, address).location
    page = organizer.get(looked)
    assert f'href="{desk}/plan"' in page.text
    form = form_to(page, f"{looked}/keep").values
    assert (form["venue"], form["timezone"]) == ("Town Hall", "Europe/Helsinki"), "where the show is"
    kept = organizer.post(f"{looked}/keep", {**form, "keep_as": "new"})
    [version] = scene.rows("SELECT id FROM plan_versions")
    assert kept.location == f"{desk}/plan?version={version['id']}"
    page = organizer.get(kept.location)
    assert "Stalls 10 Balcony 4" in words(page)
    assert scene.rows("SELECT FROM seats") == []
    form = form_to(page, f"{desk}/plan/change").values
    taken = organizer.post(f"{desk}/plan/change", {**form, "price-1": "45", "price-2": "30"})
    assert taken.location == desk
    assert notices(organizer.get(desk)) == [("success", "The show has its seats: 14.")]
    assert shows.one(show_id).plan_version_id == version["id"]


def test_a_plan_drawn_for_a_show_leads_there_too_also_when_it_was_left_for_a_while(
    scene: Scene, organizer: Browser, desk: str, show_id: int
) -> None:
    address = f"/organizer/sketches/?show={show_id}"
    organizer.get(address)
    drawing = organizer.post(address, {"name": "Concert", "start": "rows"}).location
    assert f"for Evensong, Sat 1 May 2027, 19:30; last changed {scene.rows('SELECT now()')[0]['now']:%a}" in words(
        organizer.get("/organizer/sketches/")
    )
    finish = organizer.get(f"{drawing}/finish")
    form = form_to(finish, f"{drawing}/finish").values
    assert (form["venue"], form["timezone"]) == ("Town Hall", "Europe/Helsinki")
    form.pop("as_next_version")
    saved = organizer.post(f"{drawing}/finish", form)
    assert saved.location.startswith(f"{desk}/plan?version=")
    assert "“Concert” is saved at Town Hall, as version 1. One more look, and “Evensong” has it." in words(
        organizer.get(saved.location)
    )


def test_a_plan_that_was_drawn_is_drawn_on_for_the_show_that_has_it(
    organizer: Browser, desk: str, show_id: int, scene: Scene
) -> None:
    organizer.get("/organizer/sketches/")
    drawing = organizer.post("/organizer/sketches/", {"name": "Concert", "start": "rows"}).location
    organizer.post(f"{drawing}/finish", {"venue": "Town Hall", "timezone": "UTC", "name": "Concert"})
    [version] = scene.rows("SELECT id FROM plan_versions")
    form = form_to(organizer.get(f"{desk}/plan?version={version['id']}"), f"{desk}/plan/change").values
    organizer.post(f"{desk}/plan/change", {**form, "price-1": "45"})
    draw_on = f"/organizer/sketches/versions/{version['id']}?show={show_id}"
    assert form_to(organizer.get(f"{desk}/plan"), draw_on)
    again = organizer.post(draw_on).location
    form = {"venue": "Town Hall", "timezone": "UTC", "name": "Concert", "as_next_version": "y"}
    assert organizer.post(f"{again}/finish", form).location.startswith(f"{desk}/plan?version=")


def test_what_is_discarded_or_refused_leaves_one_at_the_show(organizer: Browser, desk: str, show_id: int) -> None:
    address = f"/organizer/drafts/?show={show_id}"
    organizer.get(address)
    refused = bring_in(organizer, address, b"zone,row,start,end\nStalls,A,9,1\n")
    assert refused.status_code == 422
    assert form_to(refused, address)
    looked = bring_in(organizer, address).location
    form = form_to(organizer.get(looked), f"{looked}/discard").values
    assert organizer.post(f"{looked}/discard", form).location == f"{desk}/plan"


def test_seats_that_are_from_a_plan_are_not_typed_in_beside_it(organizer: Browser, desk: str, show_id: int) -> None:
    organizer.get("/organizer/drafts/")
    looked = organizer.post("/organizer/drafts/", {"ranges": "Stalls: A1-A3"}).location
    kept = {"keep_as": "new", "venue": "Town Hall", "name": "Concert"}
    plan = organizer.post(f"{looked}/keep", kept).location
    assert plan.startswith("/organizer/plans/")
    [version] = [part.partition('"')[0] for part in organizer.get(desk).text.split(f"{desk}/plan?version=")[1:]]
    form = form_to(organizer.get(f"{desk}/plan?version={version}"), f"{desk}/plan/change").values
    organizer.post(f"{desk}/plan/change", {**form, "price-1": "45"})
    page = organizer.get(desk)
    assert "3 from Concert, version 1 (Town Hall) Change the plan" in words(page)
    assert f'action="{desk}/seats"' not in page.text
    refused = organizer.post(f"{desk}/seats", {"labels": "B1"})
    assert refused.status_code == 422
    assert "The seats of this show are from a plan." in words(refused)
    assert shows.one(show_id).seats == 3


def test_nobody_makes_a_plan_for_a_show_that_they_do_not_run(scene: Scene, desk: str, show_id: int) -> None:
    rita = scene.user("Rita")
    rival = scene.browser(rita)
    rival.get("/organizer/")
    for path in ("drafts", "sketches"):
        address = f"/organizer/{path}/?show={show_id}"
        asked = {"ranges": "A1-A3"} if path == "drafts" else {"name": "Hall", "start": "rows"}
        assert [rival.get(address).status_code, rival.post(address, asked).status_code] == [403, 403]
        scene.unpublish(shows.one(show_id))
        assert [rival.get(address).status_code, rival.post(address, asked).status_code] == [404, 404]
        with scene.connected() as connection:
            connection.execute("UPDATE shows SET published_at = now()")
    assert plan_drafts.drafts_of(rita) == []


def test_who_runs_the_show_no_more_keeps_their_plan_without_it(scene: Scene, desk: str, show_id: int) -> None:
    mona = scene.manager(shows.one(show_id))
    draft_id = plan_drafts.begin(mona, name="Concert", start="rows", show_id=show_id)
    browser = scene.browser(mona)
    assert "For" in words(browser.get(f"/organizer/sketches/{draft_id}"))
    with scene.connected() as connection:
        connection.execute("DELETE FROM show_managers")
    page = browser.get(f"/organizer/sketches/{draft_id}/finish")
    assert "Evensong" not in page.text
    saved = browser.post(
        f"/organizer/sketches/{draft_id}/finish", {"venue": "Town Hall", "timezone": "UTC", "name": "Concert"}
    )
    assert saved.location.startswith("/organizer/plans/")


def test_a_file_that_is_too_large_gets_a_sentence_and_not_a_mistake_of_ours(scene: Scene, organizer: Browser) -> None:
    organizer.get("/organizer/drafts/")
    for size, status in ((7_000_000, 422), (LARGEST_FILE + 1_000_000, 413)):
        page = bring_in(organizer, "/organizer/drafts/", b"zone,row,start,end\n" + b"x" * size)
        assert page.status_code == status
        assert scene.rows("SELECT FROM plan_versions") == []
    assert "The request is larger than what is taken here." in words(page)
    other = organizer.post("/sign-in", {"email": "x" * 3_000_000})
    assert other.status_code == 413
    assert "The request is larger than what is taken here." in words(other)
