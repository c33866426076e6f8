"""An organizer blocks seats on the map and releases them, with a script or without."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import OpenWindow
from tests.browser.hands import Hands, Keyboard, Mouse
from tests.browser.test_accessibility import DESKTOP, PHONE, assert_usable
from tests.scenes import Scene
from tests.services.house_seats.cast import block, series

COVERS = """document.getElementById("chosen-bar").getBoundingClientRect().bottom
    > document.getElementById("terms").getBoundingClientRect().top"""


def box(number: int) -> str:
    """The accessible name of a seat of row A."""
    return rf"^row A, seat {number}, "


@pytest.mark.parametrize(
    ("hands", "scripted"),
    [
        pytest.param(Mouse(), True, id="with a mouse"),
        pytest.param(Keyboard(), True, id="with the keyboard alone"),
        pytest.param(Mouse(), False, id="without JavaScript"),
    ],
)
def test_seats_are_ticked_on_the_map_looked_at_and_blocked(
    hands: Hands, open_window: OpenWindow, scene: Scene, *, scripted: bool
) -> None:
    organizer = scene.user("Olga")
    show = scene.show(organizer)
    window = open_window(organizer, java_script_enabled=scripted)
    page = window.page
    page.goto(f"/organizer/shows/{show.id}/house-seats/")
    for number in (2, 3):
        hands.press(page.get_by_role("checkbox", name=re.compile(box(number))))
    hands.write("Press", page.get_by_label("Reason"))
    hands.press(page.get_by_role("button", name=re.compile("^Preview the block")))
    expect(page.get_by_role("heading", name="Block 2 seats?")).to_be_visible()
    assert scene.statuses(show) == {}
    hands.press(page.get_by_role("button", name="Block 2 seats"))
    window.says("2 seats are blocked: Press.")
    expect(page.locator("label.seat[data-availability=blocked]")).to_have_count(2)
    assert scene.statuses(show) == {"A2": ["HELD"], "A3": ["HELD"]}


@pytest.mark.parametrize("scripted", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_who_holds_a_seat_after_the_preview_is_named_and_the_others_can_be_blocked(
    open_window: OpenWindow, scene: Scene, *, scripted: bool
) -> None:
    organizer = scene.user("Olga")
    dates = series(scene, organizer, 2)
    window = open_window(organizer, java_script_enabled=scripted)
    window.allow("the server responded with a status of 409")
    page = window.page
    page.goto(f"/organizer/shows/{dates[0].id}/house-seats/")
    for number in (2, 3):
        page.get_by_role("checkbox", name=re.compile(box(number))).check()
    page.get_by_role("group", name="The same seats on other dates").get_by_role("checkbox").check()
    page.get_by_label("Reason").fill("Press")
    page.get_by_role("button", name=re.compile("^Preview the block")).click()
    scene.hold(scene.user("Ann"), dates[1], "A3")
    page.get_by_role("button", name="Block 2 seats on 2 dates").click()
    window.says(re.compile("Nothing was blocked. On .*: seat A3 is held by a buyer."))
    window.says("held by Ann")
    assert [scene.statuses(date) for date in dates] == [{}, {"A3": ["HELD"]}]
    page.get_by_role("button", name="Go on with 1 seat").click()
    page.get_by_role("button", name="Block 1 seat on 2 dates").click()
    window.says("1 seat is blocked on 2 dates: Press.")
    assert [scene.statuses(date) for date in dates] == [{"A2": ["HELD"]}, {"A3": ["HELD"], "A2": ["HELD"]}]


def test_on_a_phone_a_bar_leads_from_the_map_to_the_form_and_does_not_cover_it(
    open_window: OpenWindow, scene: Scene
) -> None:
    organizer = scene.user("Olga")
    show = scene.show(organizer)
    page = open_window(organizer, viewport=PHONE).page
    page.goto(f"/organizer/shows/{show.id}/house-seats/")
    page.get_by_role("checkbox", name=re.compile(box(3))).check()
    bar = page.locator("#chosen-bar")
    expect(bar).to_have_text(re.compile("1 seat chosen"))
    expect(bar).to_be_in_viewport()
    page.get_by_role("link", name="Go on").click()
    expect(page.get_by_label("Reason")).to_be_in_viewport()
    assert not page.evaluate(COVERS)


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
