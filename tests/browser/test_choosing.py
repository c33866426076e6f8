"""Several seats at once: chosen first, then held all or none."""

from playwright.sync_api import Request, expect

from tests.browser.conftest import OpenWindow
from tests.browser.windows import deafen
from tests.scenes import Scene
from webapp.services import reservations

CONFLICT = "the server responded with a status of 409"


def test_seats_are_chosen_without_a_word_to_the_server_and_held_together(open_window: OpenWindow, scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    window = open_window(buyer)
    page = window.page
    page.goto(f"/shows/{show.id}")
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.get_by_role("checkbox", name="Several at once").check()
    for number in ("A1", "A2", "A3"):
        window.seat(number).click()
        expect(window.seat(number)).to_have_attribute("aria-pressed", "true")
    window.seat("A2").click()
    expect(window.seat("A2")).not_to_have_attribute("aria-pressed", "true")
    window.says("2 seats chosen, 90.00 EUR.")
    assert sent == []
    page.get_by_role("button", name="Hold them all").click()
    window.shows(A1="yours", A2="available", A3="yours")
    assert len(sent) == 1
    assert scene.statuses(show) == {"A1": ["HELD"], "A3": ["HELD"]}
    window.says("Press the seats you want")
    window.says("Held for you: seats A1, A3.")
    expect(page.locator("#notice"), "the keyboard goes on where that is said").to_be_focused()


def test_of_chosen_seats_that_are_refused_none_is_held_and_the_free_ones_stay_chosen(
    open_window: OpenWindow, scene: Scene
) -> None:
    show, buyer, rival = scene.show(), scene.user(), scene.user()
    window = open_window(buyer)
    window.allow(CONFLICT)
    page = window.page
    deafen(window)
    page.goto(f"/shows/{show.id}")
    page.get_by_role("checkbox", name="Several at once").check()
    for number in ("A1", "A2", "A3"):
        window.seat(number).click()
    window.says("3 seats chosen, 135.00 EUR.")
    scene.hold(rival, show, "A2")
    page.get_by_role("button", name="Hold them all").click()
    window.shows(A1="available", A2="held", A3="available")
    window.says("2 seats chosen, 90.00 EUR.")
    assert scene.statuses(show) == {"A2": ["HELD"]}
    page.get_by_role("button", name="None of them").click()
    expect(window.seat("A1")).not_to_have_attribute("aria-pressed", "true")


def test_a_chosen_seat_that_somebody_else_takes_is_let_go_and_that_is_said(
    open_window: OpenWindow, scene: Scene
) -> None:
    show, buyer, rival = scene.show(), scene.user(), scene.user()
    window = open_window(buyer)
    page = window.page
    page.goto(f"/shows/{show.id}")
    page.get_by_role("checkbox", name="Several at once").check()
    window.seat("A1").click()
    window.seat("A5").click()
    held = scene.hold(rival, show, "A1")[0]
    window.says("A seat you had chosen was taken by somebody else. 1 seat chosen, 45.00 EUR.")
    window.shows(A1="held")
    reservations.release(rival, held.id)
    window.shows(A1="available")
    expect(window.seat("A1")).not_to_have_attribute("aria-pressed", "true")
