"""A buyer's way to a seat: with a mouse, with the keyboard alone, and without JavaScript."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenWindow
from tests.browser.hands import Hands, Keyboard, Mouse
from tests.scenes import Scene

WITHOUT_JAVASCRIPT = {"java_script_enabled": False}


@pytest.mark.parametrize(
    ("hands", "browser_is"),
    [
        pytest.param(Mouse(), {}, id="with a mouse"),
        pytest.param(Keyboard(), {}, id="with the keyboard alone"),
        pytest.param(Mouse(), WITHOUT_JAVASCRIPT, id="without JavaScript"),
    ],
)
def test_a_buyer_holds_two_seats_gives_one_back_and_buys_the_other(
    hands: Hands, browser_is: dict[str, bool], open_window: OpenWindow, scene: Scene
) -> None:
    show, buyer = scene.show(seats="A1-A5"), scene.user("Bruno Buyer")
    window = open_window(buyer, **browser_is)
    page = window.page
    page.goto(f"/shows/{show.id}")

    hands.press(window.seat("A3"))
    window.shows(A3="yours", A4="available")
    assert scene.statuses(show) == {"A3": ["HELD"]}
    hands.press(window.seat("A4"))
    window.shows(A3="yours", A4="yours")
    assert scene.statuses(show) == {"A3": ["HELD"], "A4": ["HELD"]}

    hands.press(page.get_by_role("button", name="Release row A, seat 3"))
    window.shows(A3="available", A4="yours")
    assert scene.statuses(show) == {"A3": ["CANCELLED"], "A4": ["HELD"]}
    window.says("Seat A3 was released.")

    hands.press(page.get_by_role("button", name="Confirm this seat"))
    expect(window.seat("A4")).to_have_attribute("data-confirmed", "")
    assert scene.statuses(show) == {"A3": ["CANCELLED"], "A4": ["CONFIRMED"]}
    window.says("Seat A4: yours. Enjoy the show.")

    hands.press(page.get_by_role("link", name="My seats", exact=True))
    expect(page.get_by_role("link", name="row A, seat 4")).to_be_visible()
    expect(page.locator(".ticket[data-status=CONFIRMED]")).to_have_count(1)
    expect(page.locator(".ticket[data-status=CANCELLED]")).to_have_count(1)


def test_a_click_holds_a_seat_without_loading_the_page_again(open_window: OpenWindow, scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    window = open_window(buyer)
    window.page.goto(f"/shows/{show.id}")
    loads: list[str] = []
    window.page.on("domcontentloaded", lambda page: loads.append(page.url))
    for number in ("A1", "A2"):
        window.seat(number).click()
        window.shows(**{number: "yours"})
    window.page.get_by_role("button", name="Confirm all 2 seats").click()
    window.says("Seats A1, A2: yours. Enjoy the show.")
    assert scene.statuses(show) == {"A1": ["CONFIRMED"], "A2": ["CONFIRMED"]}
    assert loads == []


@pytest.mark.parametrize("wrong_by", [timedelta(days=-3), timedelta(hours=5)], ids=["slow", "fast"])
def test_the_countdown_follows_the_server_on_a_computer_whose_clock_is_wrong(
    wrong_by: timedelta, open_window: OpenWindow, scene: Scene
) -> None:
    show, buyer = scene.show(), scene.user()
    window = open_window(buyer)
    window.page.clock.install(time=datetime.now(UTC) + wrong_by)
    window.page.goto(f"/shows/{show.id}")
    window.seat("A1").click()
    countdown = window.page.locator("#basket .countdown")
    expect(countdown).to_have_text(re.compile("^(10:00|9:5[0-9]) left$"))
    window.jump("05:00")
    expect(countdown).to_have_text(re.compile("^(5:00|4:[45][0-9]) left$"))
    # What is swapped in later brings a newer reading of the server's clock, for which no five minutes have passed.
    window.seat("A2").click()
    expect(countdown).to_have_text(re.compile("^9:[345][0-9] left$"))


def test_the_keyboard_stays_where_it_was_after_every_press(open_window: OpenWindow, scene: Scene) -> None:
    show, buyer = scene.show(seats="A1-A3"), scene.user()
    window = open_window(buyer)
    page, hands = window.page, Keyboard()
    page.goto(f"/shows/{show.id}")
    hands.press(page.get_by_role("link", name="Skip to the content"))
    for number in ("A1", "A2"):
        hands.press(window.seat(number))
        window.shows(**{number: "yours"})
        expect(window.seat(number)).to_be_focused()
    hands.press(page.get_by_role("button", name="Release row A, seat 1"))
    window.shows(A1="available")
    expect(page.locator("#notice"), "where the button was is nothing left to press").to_be_focused()
    hands.press(page.get_by_role("button", name="Confirm this seat"))
    expect(window.seat("A2")).to_have_attribute("data-confirmed", "")
    expect(page.locator("#notice")).to_be_focused()


def test_a_basket_with_a_lapsed_hold_is_refused_with_a_sentence_without_javascript_too(
    open_window: OpenWindow, scene: Scene
) -> None:
    show, buyer = scene.show(), scene.user()
    held = scene.hold(buyer, show, "A1", "A2")
    window = open_window(buyer, **WITHOUT_JAVASCRIPT)
    window.page.goto(f"/shows/{show.id}")
    scene.lapse(held[0])
    window.page.get_by_role("button", name="Confirm all 2 seats").click()
    window.says("Your hold on seat A1 ended before it was confirmed.")
    window.shows(A1="available", A2="yours")
    statuses = scene.statuses(show)
    assert statuses["A2"] == ["HELD"], "all or none"
    assert statuses["A1"] in (["HELD"], ["EXPIRED"]), "which of the two is the sweeper's business"
