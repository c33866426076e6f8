"""Holds that end while somebody looks at them."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenWindow
from tests.browser.windows import deafen
from tests.races import let_end
from tests.scenes import Scene

CONFLICT = "the server responded with a status of 409"
ENDED = "Your time is up"


def test_a_page_left_open_frees_the_seat_when_the_hold_ends_and_says_so(open_window: OpenWindow, scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    held = scene.hold(buyer, show, "A1")
    window = open_window(buyer)
    window.page.clock.install()
    deafen(window)  # it would hear of an end that its own clock knows nothing of
    window.page.goto(f"/shows/{show.id}")
    window.shows(A1="yours")
    scene.lapse(*held)
    window.jump("10:02")
    window.shows(A1="available")
    expect(window.page.locator("#basket li")).to_have_count(0)
    window.says(ENDED)


def test_the_end_is_said_too_when_the_news_of_it_comes_before_the_page_has_counted_to_it(
    open_window: OpenWindow, scene: Scene
) -> None:
    show, buyer = scene.show(), scene.user()
    [held] = scene.hold(buyer, show, "A1")
    let_end(scene, held, 8)
    window = open_window(buyer)
    window.page.goto(f"/shows/{show.id}")
    window.shows(A1="yours")
    expect(window.page.locator("#clock-notice")).to_contain_text("left to confirm")
    window.says(ENDED)
    window.shows(A1="available")
    expect(window.page.locator("#clock-notice")).to_be_empty()
    window.page.get_by_role("button", name="Take it again").first.click()
    window.shows(A1="yours")


def test_of_two_holds_the_one_that_ends_goes_and_the_other_stays(open_window: OpenWindow, scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    short, long = scene.hold(buyer, show, "A1", minutes=5), scene.hold(buyer, show, "A2", minutes=15)
    window = open_window(buyer)
    window.page.clock.install()
    window.page.goto(f"/shows/{show.id}")
    scene.lapse(*short)
    window.jump("05:02")
    window.shows(A1="available", A2="yours")
    expect(window.page.locator("#basket li")).to_have_count(1)
    window.page.get_by_role("button", name="Confirm this seat").click()
    expect(window.seat("A2")).to_have_attribute("data-confirmed", "")
    assert scene.rows("SELECT status FROM reservations WHERE id = %s", long[0].id) == [{"status": "CONFIRMED"}]


def test_two_minutes_before_the_end_the_countdown_is_urgent_and_is_read_out(
    open_window: OpenWindow, scene: Scene
) -> None:
    show, buyer = scene.show(), scene.user()
    scene.hold(buyer, show, "A1")
    window = open_window(buyer)
    window.page.clock.install()
    window.page.goto(f"/shows/{show.id}")
    countdown = window.page.locator("#basket .countdown")
    expect(countdown).not_to_have_attribute("data-urgent", "")
    window.jump("08:30")
    expect(countdown).to_have_attribute("data-urgent", "")
    expect(window.page.locator("#clock-notice")).to_contain_text("left to confirm what you hold")


def test_confirming_a_hold_that_ended_is_refused_with_a_sentence_and_the_seat_is_free_on_the_map(
    open_window: OpenWindow, scene: Scene
) -> None:
    show, buyer = scene.show(), scene.user()
    held = scene.hold(buyer, show, "A1", "A2")
    window = open_window(buyer)
    window.allow(CONFLICT)
    window.page.clock.install()
    deafen(window)
    window.page.goto(f"/shows/{show.id}")
    scene.lapse(held[0])
    window.page.get_by_role("button", name="Confirm all 2 seats").click()
    window.shows(A1="available", A2="yours")
    assert scene.rows("SELECT id FROM reservations WHERE status = 'CONFIRMED'") == []
    window.says("Your hold on seat A1 ended before it was confirmed.")
    window.jump(1000)
    window.page.get_by_role("button", name="Confirm this seat").click()
    expect(window.seat("A2")).to_have_attribute("data-confirmed", "")


def test_my_seats_lets_go_of_a_hold_that_ended_and_tells_a_late_confirmation_so(
    open_window: OpenWindow, scene: Scene
) -> None:
    show, buyer = scene.show(), scene.user()
    first, second = scene.hold(buyer, show, "A1", "A2")
    window = open_window(buyer)
    page = window.page
    page.clock.install()
    page.goto("/reservations/")
    scene.lapse(first)
    page.get_by_role("button", name="Confirm row A, seat 1").click()
    window.says("Your hold on seat A1 ended before it was confirmed.")
    expect(page.locator(f"#reservation-{first.id}")).to_have_attribute("data-status", "EXPIRED")
    expect(page.locator(f"#reservation-{second.id}")).to_have_attribute("data-status", "HELD")
    expect(page.locator(f"#reservation-{second.id}"), "its clock runs").to_contain_text(" left")
    scene.lapse(second)
    window.jump("10:02")
    expect(page.locator(f"#reservation-{second.id}")).to_have_attribute("data-status", "EXPIRED")
    window.says(ENDED)
    expect(page.get_by_role("button", name="Confirm")).to_have_count(0)
