"""Impatience, slow lines, several tabs: what people do to a button beside pressing it once."""

import re

from playwright.sync_api import Route, expect

from tests.browser.conftest import OpenWindow
from tests.scenes import Scene

HOLDS = re.compile(r"/shows/\d+/holds$")


def test_a_double_click_holds_once_and_does_not_release(open_window: OpenWindow, scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    window = open_window(buyer)
    window.page.goto(f"/shows/{show.id}")
    sent: list[str] = []
    window.page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    window.seat("A1").dblclick()
    window.shows(A1="yours")
    window.seat("A2").click()
    window.shows(A1="yours", A2="yours")
    assert scene.statuses(show) == {"A1": ["HELD"], "A2": ["HELD"]}
    assert len(sent) == 2, "one for each seat"


def test_a_second_press_long_after_the_first_releases_the_seat(open_window: OpenWindow, scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    window = open_window(buyer)
    window.page.clock.install()
    window.page.goto(f"/shows/{show.id}")
    window.seat("A1").click()
    window.shows(A1="yours")
    window.jump(1000)
    window.seat("A1").click()
    window.shows(A1="available")
    assert scene.statuses(show) == {"A1": ["CANCELLED"]}


def test_on_a_slow_line_the_pressed_seat_is_busy_and_not_asked_for_twice(open_window: OpenWindow, scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    window = open_window(buyer)
    window.page.clock.install()
    window.page.goto(f"/shows/{show.id}")
    waiting: list[Route] = []
    window.page.route(HOLDS, lambda route: waiting.append(route))
    window.seat("A1").click()
    expect(window.seat("A1")).to_have_attribute("aria-busy", "true")
    window.jump(1000)
    window.seat("A1").click()
    assert scene.statuses(show) == {}
    assert len(waiting) == 1
    waiting[0].continue_()
    window.shows(A1="yours")
    expect(window.seat("A1")).not_to_have_attribute("aria-busy", "true")
    assert scene.statuses(show) == {"A1": ["HELD"]}
    assert len(waiting) == 1


def test_a_line_that_breaks_is_told_and_the_next_press_works(open_window: OpenWindow, scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    window = open_window(buyer)
    window.allow("net::ERR_INTERNET_DISCONNECTED")
    window.allow("Failed to fetch")
    window.page.goto(f"/shows/{show.id}")
    window.context.set_offline(True)
    window.seat("A1").click()
    window.says("The answer did not arrive.")
    assert scene.statuses(show) == {}
    window.context.set_offline(False)
    window.seat("A2").click()
    window.shows(A2="yours")
    assert scene.statuses(show) == {"A2": ["HELD"]}
    expect(window.page.get_by_text("The answer did not arrive.").filter(visible=True)).to_have_count(0)


def test_a_server_that_fails_is_told_too(open_window: OpenWindow, scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    window = open_window(buyer)
    window.allow("the server responded with a status of 502")
    window.page.goto(f"/shows/{show.id}")
    window.page.route(HOLDS, lambda route: route.fulfill(status=502, content_type="text/html", body="<h1>Bad gateway"))
    window.seat("A1").click()
    window.says("The answer did not arrive.")
    expect(window.page.get_by_text("Bad gateway")).to_have_count(0)
    expect(window.seat("A1")).not_to_have_attribute("aria-busy", "true")


def test_back_and_reload_neither_lose_nor_repeat_a_hold(open_window: OpenWindow, scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    for javascript, number in ((True, "A1"), (False, "A2")):
        window = open_window(buyer, java_script_enabled=javascript)
        page = window.page
        page.goto("/shows/")
        page.get_by_role("link", name=show.title).click()
        window.seat(number).click()
        window.shows(**{number: "yours"})
        page.reload()
        window.shows(**{number: "yours"})
        page.get_by_role("link", name="My seats", exact=True).click()
        expect(page.get_by_role("heading", name="My seats")).to_be_visible()
        page.go_back()
        window.shows(**{number: "yours"})
        page.get_by_role("button", name=re.compile("^Confirm (this seat|all)")).click()
        expect(window.seat(number)).to_have_attribute("data-confirmed", "")
        page.go_back()
        page.go_forward()
        expect(window.seat(number)).to_have_attribute("data-confirmed", "")
    assert scene.statuses(show) == {"A1": ["CONFIRMED"], "A2": ["CONFIRMED"]}


def test_a_tab_that_was_open_before_and_one_opened_after_both_show_the_seat_as_yours(
    open_window: OpenWindow, scene: Scene
) -> None:
    show, buyer = scene.show(), scene.user()
    window = open_window(buyer)
    early = window.context.new_page()
    early.goto(f"/shows/{show.id}")
    window.page.goto(f"/shows/{show.id}")
    window.seat("A1").click()
    window.shows(A1="yours")
    late = window.context.new_page()
    late.goto(f"/shows/{show.id}")
    in_early, in_late = (tab.get_by_role("button", name=re.compile("^row A, seat 1, ")) for tab in (early, late))
    expect(in_late).to_have_attribute("data-availability", "yours")
    expect(in_early).to_have_attribute("data-availability", "yours")
    expect(early.locator("#basket li")).to_have_count(1)
    assert scene.statuses(show) == {"A1": ["HELD"]}
