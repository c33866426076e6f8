"""An organizer blocks seats on the map and releases them, with a script or without."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenWindow
from tests.browser.test_accessibility import DESKTOP, PHONE, assert_usable, violations
from tests.scenes import Scene
from tests.services.house_seats.cast import block


def box(number: int) -> str:
    """The accessible name of a seat of row A."""
    return rf"^row A, seat {number}, "


@pytest.mark.parametrize("scripted", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_seats_are_ticked_on_the_map_looked_at_and_blocked(
    open_window: OpenWindow, scene: Scene, *, scripted: bool
) -> None:
    organizer = scene.user("Olga")
    show = scene.show(organizer)
    window = open_window(organizer, java_script_enabled=scripted)
    page = window.page
    page.goto(f"/organizer/shows/{show.id}/house-seats/")
    for number in (2, 3):
        page.get_by_role("checkbox", name=re.compile(box(number))).check()
    page.get_by_label("Reason").fill("Press")
    page.get_by_role("button", name=re.compile("^Preview the block")).click()
    expect(page.get_by_role("heading", name="Block 2 seats?")).to_be_visible()
    assert scene.statuses(show) == {}
    page.get_by_role("button", name="Block 2 seats").click()
    window.says("2 seats are blocked: Press.")
    expect(page.locator("label.seat[data-availability=blocked]")).to_have_count(2)
    assert scene.statuses(show) == {"A2": ["HELD"], "A3": ["HELD"]}


def test_a_press_picks_a_whole_row_and_the_buttons_say_what_they_are_about(
    open_window: OpenWindow, scene: Scene
) -> None:
    organizer = scene.user("Olga")
    show = scene.show(organizer)
    block(organizer, show, "A1", "A2")
    scene.hold(scene.user(), show, "A10")
    window = open_window(organizer)
    page = window.page
    page.goto(f"/organizer/shows/{show.id}/house-seats/")
    expect(page.get_by_role("button", name="Preview the block")).to_be_disabled()
    page.get_by_role("radio", name="Row").check()
    page.get_by_role("checkbox", name=re.compile(box(5))).check()
    window.says("Chosen: 7 seats free, 2 seats blocked.")
    page.get_by_role("button", name="Clear").click()
    page.get_by_role("radio", name="Seat").check()
    page.get_by_role("checkbox", name=re.compile(box(1))).check()
    page.get_by_role("button", name="Preview the release: 1 seat").click()
    page.get_by_role("button", name="Release 1 seat").click()
    window.says("1 seat is released.")
    assert scene.statuses(show)["A1"] == ["CANCELLED"]


def test_the_pages_are_for_everybody(open_window: OpenWindow, scene: Scene) -> None:
    organizer = scene.user("Olga")
    show = scene.show(organizer)
    block(organizer, show, "A1", "A2")
    page = open_window(organizer).page
    page.goto(f"/organizer/shows/{show.id}/house-seats/")
    page.get_by_role("checkbox", name=re.compile(box(3))).check()
    page.get_by_label("Reason").fill("Press")
    for name in ("the map", "the preview"):
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(DESKTOP)
        assert violations(page) == [], f"{name} in light"
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(PHONE)
        assert violations(page, only="color-contrast") == [], f"{name} in dark"
        assert_usable(page, name)
        if name == "the map":
            page.get_by_role("button", name=re.compile("^Preview the block")).click()
            page.get_by_role("heading", name="Block 1 seat?").wait_for()
