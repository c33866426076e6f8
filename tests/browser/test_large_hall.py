"""A hall too large for one page: from its overview to a part of it, and to a seat."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import OpenWindow
from tests.browser.test_accessibility import DESKTOP, PHONE, assert_usable
from tests.scenes import Scene
from webapp.services import seating
from webapp.services.demo.stadium import stadium_plan
from webapp.services.shows import Show


def stadium(scene: Scene) -> Show:
    """A show in an arena of 5,000."""
    organizer = scene.user()
    show = scene.show(organizer, seats="")
    seating.add_plan(organizer, show.id, stadium_plan(5_000))
    return show


@pytest.mark.parametrize(
    "browser_is", [{}, {"java_script_enabled": False}], ids=["with JavaScript", "without JavaScript"]
)
def test_a_buyer_goes_from_the_overview_to_a_section_and_its_neighbour_and_holds_a_seat(
    browser_is: dict[str, bool], open_window: OpenWindow, scene: Scene
) -> None:
    show, buyer = stadium(scene), scene.user()
    window = open_window(buyer, **browser_is)
    page = window.page
    page.goto(f"/shows/{show.id}")
    page.get_by_role("link", name=re.compile("^Lower 2")).last.click()
    expect(page.get_by_role("heading", name="Lower 2").first).to_be_visible()
    page.get_by_role("navigation", name="The hall").locator(".where-links a").nth(1).click()
    seat = page.locator("button.seat[data-availability=available]").first
    words = (seat.get_attribute("aria-label") or "").rpartition(", ")[0]
    seat.click()
    expect(page.get_by_role("button", name=re.compile(f"^{re.escape(words)}, yours, held"))).to_be_visible()
    assert "/sections/" in page.url, "still where the seat is"
    [status] = scene.statuses(show).values()
    assert status == ["HELD"]
    page.get_by_role("link", name="The whole hall").click()
    expect(page.locator("#basket li"), "the basket comes along").to_have_count(1)


def test_a_release_from_a_page_without_the_seat_frees_it_all_the_same(open_window: OpenWindow, scene: Scene) -> None:
    show, buyer = stadium(scene), scene.user()
    [number] = [
        row["seat_number"] for row in scene.rows("SELECT seat_number FROM seats WHERE show_id = %s LIMIT 1", show.id)
    ]
    scene.hold(buyer, show, number)
    window = open_window(buyer)
    window.page.goto(f"/shows/{show.id}")
    window.page.get_by_role("button", name=re.compile("^Release ")).click()
    expect(window.page.locator("#basket li")).to_have_count(0)
    assert scene.statuses(show) == {number: ["CANCELLED"]}


def test_the_tab_key_passes_the_drawing_of_the_hall_by_on_its_way_to_the_seats(
    open_window: OpenWindow, scene: Scene
) -> None:
    show = stadium(scene)
    page = open_window().page
    page.goto(f"/shows/{show.id}/sections/lower-2")
    expect(page.locator("svg.hall-plan a").first).to_be_visible()
    while page.evaluate("document.activeElement.name") != "seat_ids":
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('svg')") is None, "a stop in the drawing"


def test_axe_finds_nothing_on_the_overview_and_on_a_part_in_light_and_dark(
    open_window: OpenWindow, scene: Scene
) -> None:
    show = stadium(scene)
    window = open_window()
    page = window.page
    for path in (f"/shows/{show.id}", f"/shows/{show.id}/sections/lower-2"):
        for scheme, size in (("light", DESKTOP), ("dark", PHONE)):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size(size)
            page.goto(path)
            assert violations(page) == [], f"{path} in {scheme}"
            assert_usable(page, path)
