"""The desk of a show: what a draft needs before it is published, and what can be changed, each under its line."""

import re

import pytest

from tests.blueprints.organizers.conftest import EVENSONG
from tests.blueprints.reading import words
from tests.scenes import Browser, Scene


@pytest.fixture
def draft(organizer: Browser) -> str:
    """The path of a new show."""
    path = str(organizer.post("/organizer/shows/new", EVENSONG).location)
    organizer.get(path)
    return path


def steps(page: str) -> list[str]:
    """The steps before a draft is published, each by its state."""
    return re.findall(r'<li data-step="(\w+)">', page)


def open_settings(page: str) -> list[str]:
    """The headings under which something is shown at once."""
    return re.findall(r'<details class="setting" open>\s*<summary[^>]*><h2>([^<]+)', page)


def test_a_draft_says_what_it_needs_and_is_published_once_it_has_it(organizer: Browser, draft: str) -> None:
    page = organizer.get(draft)
    assert steps(page.text) == ["missing", "later", "look", "look"]
    assert "Publish without seats" in words(page)
    organizer.post(f"{draft}/seats", {"labels": "A1-A9", "category": "Stalls"})
    page = organizer.get(draft)
    assert steps(page.text) == ["done", "look", "look", "look"]
    assert "Prices Stalls: no charge, unless you set a price" in words(page)
    assert open_settings(page.text) == ["Seats", "Prices"]
    [price] = re.findall(r'name="(price-\d+)"', page.text)
    edition = re.findall(r'name="edition" value="(\d+)"', page.text)[0]
    organizer.post(f"{draft}/prices", {price: "45", "edition": edition})
    organizer.post(f"{draft}/details", {**EVENSONG, "description": "Choral.", "edition": str(int(edition) + 1)})
    page = organizer.get(draft)
    assert steps(page.text) == ["done", "done", "done", "look"]
    assert "Prices 45.00 EUR" in words(page)
    assert organizer.post(f"{draft}/publish").status_code == 303
    page = organizer.get(draft)
    assert "Before you publish" not in words(page)
    assert open_settings(page.text) == []


def test_a_draft_whose_start_is_over_has_to_be_given_another_one(scene: Scene, organizer: Browser, draft: str) -> None:
    with scene.connected() as connection:
        connection.execute("UPDATE shows SET starts_at = clock_timestamp() - interval '1 minute'")
    page = organizer.get(draft)
    assert steps(page.text) == ["missing", "later", "missing", "look"]
    assert f'action="{draft}/publish"' not in page.text


@pytest.mark.parametrize(
    ("deed", "sent", "heading", "anchor"),
    [
        ("seats", {"labels": ""}, "Seats", "add-seats"),
        ("rules", {"lonely_seats": "never"}, "How seats are sold", "rules"),
        ("picture", {"alt": ""}, "Picture", "picture"),
    ],
)
def test_the_form_that_was_refused_is_open_and_the_top_of_the_page_leads_to_it(
    organizer: Browser, desk: str, deed: str, sent: dict[str, str], heading: str, anchor: str
) -> None:
    organizer.post(f"{desk}/seats", {"labels": "A1-A9", "category": "Stalls", "price": "45"})
    page = organizer.post(f"{desk}/{deed}", {"edition": "1", **sent})
    assert page.status_code == 422
    assert open_settings(page.text) == [heading]
    assert f'Nothing was saved. <a href="#{anchor}">Look at it again</a>' in page.text
    assert f'id="{anchor}"' in page.text
