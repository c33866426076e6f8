"""A plan is brought in at a page: looked at as a drawn hall with its counts and all that was odd, and kept or not."""

import io
import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.blueprints.reading import form_to, notices, words
from tests.scenes import Browser, Scene
from webapp.blueprints import plan_imports as pages
from webapp.services import under_way, venues
from webapp.services.asker import Asker

CSV = b"zone,row,start,end\nStalls,A,1,10\nBalcony,B,1,4\n"
ODD = b"zone,row,start,end\nStalls,A,1,3\nStalls,A,3,4\n"
LARGE = b"zone,row,start,end\n" + b"".join(b"Tier %d,%d,1,50\n" % (tier, row) for tier in (1, 2) for row in range(25))
KEEP = {"keep_as": "new", "venue": "Town Hall", "timezone": "Europe/Helsinki", "name": "Concert"}


@pytest.fixture
def olga(scene: Scene) -> Asker:
    return scene.user("Olga")


@pytest.fixture
def organizer(scene: Scene, olga: Asker) -> Browser:
    browser = scene.browser(olga)
    browser.get("/organizer/drafts/")
    return browser


def bring_in(browser: Browser, content: bytes, filename: str = "town_hall.csv", **more: Any) -> TestResponse:
    """Send the form with a file."""
    form = {"csrf_token": browser.csrf_token, "plan": (io.BytesIO(content), filename), **more}
    response = browser.flask.post("/organizer/drafts/", data=form, headers={"Accept": "text/html"})
    response.request.environ["wsgi.input"].close()
    return response


def preview(browser: Browser, content: bytes, **more: Any) -> tuple[str, TestResponse]:
    """Bring a file in; where what was read is shown, and the page."""
    response = bring_in(browser, content, **more)
    assert response.status_code == 303, words(response)
    return str(response.location), browser.get(response.location)


def seats_drawn(page: TestResponse) -> int:
    return page.text.count("</title></rect>")


def test_what_was_read_is_drawn_and_counted_before_anything_is_kept(scene: Scene, organizer: Browser) -> None:
    path, page = preview(organizer, CSV)
    assert seats_drawn(page) == 14
    assert 'aria-label="The hall, 14 seats"' in page.text
    assert "seats 14 sections 2 rows 2 categories 2" in words(page)
    assert "Every seat is in the plan as it was in the file." in words(page)
    assert form_to(page, f"{path}/keep").values["name"] == "town hall"
    assert scene.rows("SELECT FROM plan_versions") == scene.rows("SELECT FROM venues") == []


def test_all_that_was_changed_is_told_on_the_page_and_in_a_file(organizer: Browser) -> None:
    path, page = preview(organizer, ODD)
    assert "1 seat has another number than in the file" in words(page)
    assert "STALLS-A-3 STALLS-A-3#2 line 3 repeats line 2" in words(page)
    file = organizer.get(f"{path}/changed.csv")
    assert "STALLS-A-3,STALLS-A-3#2,line 3 repeats line 2" in file.text


def test_a_plan_is_kept_on_confirmation_and_its_draft_is_gone(olga: Asker, organizer: Browser) -> None:
    path, _ = preview(organizer, CSV)
    kept = organizer.post(f"{path}/keep", KEEP)
    [plan] = venues.plans_of(olga)
    assert kept.location == f"/organizer/plans/{plan.id}"
    assert notices(organizer.get(kept.location)) == [("success", "“Concert” is kept at Town Hall, as version 1.")]
    assert (plan.venue_name, plan.timezone, plan.seats) == ("Town Hall", "Europe/Helsinki", 14)
    assert organizer.get(path).status_code == 404


def test_a_file_for_a_plan_is_offered_as_its_next_version(olga: Asker, organizer: Browser) -> None:
    path, _ = preview(organizer, CSV)
    organizer.post(f"{path}/keep", KEEP)
    [plan] = venues.plans_of(olga)
    form = organizer.get(f"/organizer/drafts/?plan={plan.id}")
    assert form_to(form, "/organizer/drafts/").values["plan_id"] == str(plan.id)
    path, page = preview(organizer, LARGE, plan_id=str(plan.id))
    assert f'<option selected value="{plan.id}">version 2 of Concert, Town Hall</option>' in page.text
    organizer.post(f"{path}/keep", {"keep_as": str(plan.id)})
    assert venues.plan(olga, plan.id).number == 2


def test_a_new_plan_needs_a_venue_and_a_name_and_what_was_typed_stays(organizer: Browser) -> None:
    path, _ = preview(organizer, CSV)
    response = organizer.post(f"{path}/keep", {**KEEP, "venue": ""})
    form = form_to(response, f"{path}/keep")
    assert response.status_code == 422
    assert form.errors == {"venue": ["A new plan needs this."]}
    assert form.values["name"] == "Concert"


def test_what_is_discarded_leaves_nothing(scene: Scene, organizer: Browser) -> None:
    path, _ = preview(organizer, CSV)
    assert organizer.post(f"{path}/discard").location == "/organizer/venues/"
    assert scene.rows("SELECT FROM plan_drafts") == []


def test_a_file_that_cannot_be_used_is_refused_at_the_form_with_its_line(scene: Scene, organizer: Browser) -> None:
    response = bring_in(organizer, b"zone,row,start,end\nStalls,A,9,1\n")
    assert response.status_code == 422
    assert "Line 2 starts at seat 9 but ends at seat 1" in words(response)
    assert form_to(response, "/organizer/drafts/")
    assert scene.rows("SELECT FROM plan_drafts") == []


@pytest.mark.parametrize(("typed", "content"), [("", b""), ("A1-A4", CSV)])
def test_either_a_file_or_typed_seats_are_brought_in(organizer: Browser, typed: str, content: bytes) -> None:
    assert bring_in(organizer, content, ranges=typed).status_code == 422


def test_typed_seats_are_looked_at_like_a_file(organizer: Browser) -> None:
    response = organizer.post("/organizer/drafts/", {"ranges": "Stalls: A1-A3\nBox: B1"})
    assert seats_drawn(organizer.get(response.location)) == 4


def test_a_large_hall_is_shown_by_its_sections_and_each_section_by_its_seats(organizer: Browser) -> None:
    path, page = preview(organizer, LARGE)
    assert seats_drawn(page) == 0
    [first, second] = re.findall(rf'href="{re.escape(path)}\?part=([^"]+)"', page.text)
    assert seats_drawn(organizer.get(f"{path}?part={first}")) == 1_250
    assert seats_drawn(organizer.get(f"{path}?part={second}")) == 1_250
    assert organizer.get(f"{path}?part=nowhere").status_code == 404


def impatient(key: Any, work: Any, **_: Any) -> int | None:
    """Somebody whose work takes longer than anybody waits."""
    return 0


def test_while_a_file_is_read_a_page_says_so_and_looks_again(
    scene: Scene, organizer: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as slow:
        slow.setattr(under_way, "do", impatient)
        path, page = preview(organizer, CSV)
        assert "town_hall.csv (0.0 MB) is being read." in words(page)
        assert '<progress id="reading-progress" max="4" value="1">' in page.text
        assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page.text
        assert f'hx-get="{path}"' in page.text
    assert seats_drawn(organizer.get(path)) == 14


def test_while_a_hall_is_drawn_its_page_has_all_else(organizer: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    path, _ = preview(organizer, CSV)
    monkeypatch.setattr(under_way, "do", impatient)
    monkeypatch.setattr("webapp.services.kept_plans.drawn_before", lambda _: None)
    page = organizer.get(path)
    assert "The hall is being drawn." in words(page)
    assert form_to(page, f"{path}/keep")


def test_a_file_that_turned_out_unusable_later_says_so_on_its_page(
    organizer: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as slow:
        slow.setattr(under_way, "do", impatient)
        path, _ = preview(organizer, b"zone,row,start,end\nStalls,A,9,1\n")
    page = organizer.get(path)
    assert "Line 2 starts at seat 9" in words(page)
    assert organizer.post(f"{path}/discard").status_code == 303


def test_the_name_of_a_hostile_file_is_only_a_name(organizer: Browser) -> None:
    response = bring_in(organizer, CSV, filename='<script>alert("1")</script>\u202e.csv')
    page = organizer.get(response.location)
    assert "<script>alert" not in page.text
    assert pages._name_of("\u202e\n.csv") == "Plan"
