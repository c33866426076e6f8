"""Those who run a show find a buyer, move them to another seat, and cancel several sales after a look at them."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenWindow
from tests.browser.hands import Hands, Keyboard, Mouse
from tests.browser.test_accessibility import PHONE
from tests.scenes import Scene
from tests.services.box_office.sales import buy
from webapp.services.asker import Asker
from webapp.services.shows import Show

WAYS = pytest.mark.parametrize(
    ("hands", "browser_is"),
    [
        pytest.param(Mouse(), {}, id="with a mouse"),
        pytest.param(Keyboard(), {}, id="with the keyboard alone"),
        pytest.param(Mouse(), {"java_script_enabled": False}, id="without JavaScript"),
    ],
)


@pytest.fixture
def organizer(scene: Scene) -> Asker:
    """Who runs the show."""
    return scene.user("Olga")


@pytest.fixture
def show(scene: Scene, organizer: Asker) -> Show:
    """A show of which Ann has two seats and Bob one."""
    show = scene.show(organizer)
    buy(scene, scene.user("Ann"), show, "A1", "A2")
    buy(scene, scene.user("Bob"), show, "A3")
    return show


def reservations_of(show: Show) -> str:
    """Where they are listed."""
    return f"/organizer/shows/{show.id}/reservations"


def find(page: Page, hands: Hands, name: str) -> None:
    """Look for somebody's reservations."""
    hands.write(name, page.get_by_role("searchbox", name="Find a reservation"))
    hands.press(page.get_by_role("button", name="Find"))
    expect(page.get_by_role("link", name=re.compile("^All "))).to_have_text("All 2")


@WAYS
def test_a_buyer_is_found_by_name_and_moved_to_a_seat_pressed_on_the_map(
    hands: Hands, browser_is: dict[str, bool], open_window: OpenWindow, scene: Scene, organizer: Asker, show: Show
) -> None:
    window = open_window(organizer, **browser_is)
    page = window.page
    page.goto(reservations_of(show))
    find(page, hands, "ann")
    hands.press(page.get_by_role("link", name="A2", exact=True))
    hands.press(page.get_by_role("link", name="Choose on the map"))
    expect(window.seat("A2"), "the seat they have").to_have_attribute("aria-current", "true")
    hands.press(window.seat("A5"))
    expect(page.get_by_role("heading", name="Move Ann?")).to_be_visible()
    assert scene.statuses(show) == {"A1": ["CONFIRMED"], "A2": ["CONFIRMED"], "A3": ["CONFIRMED"]}
    hands.write("A pillar", page.get_by_label("Why, for the buyer to read"))
    hands.press(page.get_by_role("button", name="Move to row A, seat 5"))
    window.says("Ann has seat A5 now.")
    hands.press(page.get_by_role("link", name="row A, seat 2"))
    window.says("“A pillar”")
    expected = {"A1": ["CONFIRMED"], "A2": ["CANCELLED"], "A3": ["CONFIRMED"], "A5": ["CONFIRMED"]}
    assert scene.statuses(show) == expected
    page.go_back()
    hands.press(page.get_by_role("link", name="Back to the list"))
    expect(page.get_by_role("searchbox"), "in the list where it began").to_have_value("ann")


@WAYS
def test_what_is_marked_is_looked_at_and_then_cancelled_with_one_reason(
    hands: Hands, browser_is: dict[str, bool], open_window: OpenWindow, scene: Scene, organizer: Asker, show: Show
) -> None:
    window = open_window(organizer, **browser_is)
    page = window.page
    page.goto(reservations_of(show))
    find(page, hands, "ann")
    for number in (2, 1):
        hands.press(page.get_by_role("checkbox", name=re.compile(f"^Mark row A, seat {number}, ")))
    hands.press(page.get_by_role("button", name=re.compile("^Cancel ")))
    expect(page.get_by_role("heading", name="Cancel these 2 seats?")).to_be_visible()
    window.says("90.00 EUR were paid for them")
    assert scene.statuses(show) == {"A1": ["CONFIRMED"], "A2": ["CONFIRMED"], "A3": ["CONFIRMED"]}
    hands.write("The row is closed", page.get_by_label("Why, for the buyer to read"))
    hands.press(page.get_by_role("button", name="Cancel all 2"))
    window.says("2 seats are free again.")
    assert scene.statuses(show) == {"A1": ["CANCELLED"], "A2": ["CANCELLED"], "A3": ["CONFIRMED"]}
    expect(page.get_by_role("searchbox"), "in the list where it began").to_have_value("ann")


def test_all_of_a_page_are_marked_at_once_and_the_buttons_count_them(
    open_window: OpenWindow, organizer: Asker, show: Show
) -> None:
    page = open_window(organizer, viewport=PHONE).page
    page.goto(reservations_of(show))
    marks = page.get_by_role("checkbox", name=re.compile("^Mark row"))
    every = page.get_by_role("checkbox", name="Mark all 3")
    expect(page.get_by_role("button", name="Cancel the marked …")).to_be_visible()
    every.check()
    expect(page.get_by_role("button", name="Cancel 3 …")).to_be_in_viewport()
    marks.first.uncheck()
    expect(every).not_to_be_checked()
    expect(page.get_by_role("button", name="Export 2")).to_be_visible()
    page.get_by_role("button", name="Cancel 2 …").click()
    page.get_by_role("link", name="Back to the list").click()
    expect(page.get_by_role("button", name="Cancel the marked …")).to_be_visible()


@pytest.mark.parametrize("scripted", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_whose_target_a_rival_takes_meanwhile_is_told_so_and_goes_on_to_a_seat_nearby(
    open_window: OpenWindow, scene: Scene, organizer: Asker, show: Show, *, scripted: bool
) -> None:
    window = open_window(organizer, java_script_enabled=scripted)
    window.allow("the server responded with a status of 409")
    page = window.page
    page.goto(reservations_of(show))
    page.get_by_role("link", name="A3", exact=True).click()
    page.get_by_label("Seat number").fill("a5")
    page.get_by_role("button", name="Look at the move").click()
    page.get_by_label("Why, for the buyer to read").fill("A pillar")
    scene.hold(scene.user("Rival"), show, "A5")
    page.get_by_role("button", name="Move to row A, seat 5").click()
    window.says("Seat A5 is held by a buyer. Nothing was changed.")
    before = {"A1": ["CONFIRMED"], "A2": ["CONFIRMED"], "A3": ["CONFIRMED"], "A5": ["HELD"]}
    assert scene.statuses(show) == before
    expect(window.seat("A3"), "the seat they still have").to_have_attribute("aria-current", "true")

    page.get_by_role("link", name=re.compile("^A4, ")).click()
    expect(page.get_by_label("Why, for the buyer to read"), "what was typed").to_have_value("A pillar")
    page.get_by_role("button", name="Move to row A, seat 4").click()
    window.says("Bob has seat A4 now.")
    assert scene.statuses(show) == {**before, "A3": ["CANCELLED"], "A4": ["CONFIRMED"]}
