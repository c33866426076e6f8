"""Open maps hear of what happens to seats elsewhere, and say nothing of it aloud."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Route, expect

from tests.browser.conftest import OpenWindow
from tests.browser.windows import Window
from tests.scenes import Scene
from webapp.services import reservations, seating
from webapp.services.plans.plan import PlanCategory
from webapp.services.seat_labels import expand_labels
from webapp.services.shows import Show

LARGE = ",".join(f"{block}1-{block}900" for block in ("A", "B", "C"))


def look_at(window: Window, show: Show) -> None:
    """Open the show's page, until it listens."""
    with window.page.expect_response(lambda answer: "/live?" in answer.url):
        window.page.goto(f"/shows/{show.id}")


def left(window: Window) -> str:
    """How many seats the legend says are left."""
    return window.page.locator("[data-free-of]").first.inner_text()


def test_a_map_shows_within_a_moment_what_others_do(open_window: OpenWindow, scene: Scene) -> None:
    show, other = scene.show(), scene.user()
    window = open_window()
    look_at(window, show)
    one, two = scene.hold(other, show, "A1", "A2")
    window.shows(A1="held", A2="held", A3="available")
    expect(window.seat("A1")).to_have_accessible_name(re.compile(", held$"))
    assert left(window) == "8"
    reservations.confirm(other, one.id)
    reservations.release(other, two.id)
    window.shows(A1="sold", A2="available")
    assert left(window) == "9"


def test_news_of_others_is_not_read_out(open_window: OpenWindow, scene: Scene) -> None:
    show = scene.show()
    window = open_window()
    look_at(window, show)
    scene.hold(scene.user(), show, "A1")
    window.shows(A1="held")
    assert all(not region.inner_text().strip() for region in window.page.locator("[role=status], [role=alert]").all())


def test_ones_own_seat_stays_ones_own_and_goes_when_it_went_elsewhere(open_window: OpenWindow, scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    window = open_window(buyer)
    look_at(window, show)
    window.seat("A1").click()
    window.shows(A1="yours")
    scene.hold(scene.user(), show, "A2")
    window.shows(A1="yours", A2="held")
    [held] = reservations.of_buyer(buyer)
    reservations.release(buyer, held.id)
    window.shows(A1="available")
    expect(window.page.locator("#basket li")).to_have_count(0)


def test_a_seat_held_in_one_tab_is_ones_own_in_the_other(open_window: OpenWindow, scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    window = open_window(buyer)
    look_at(window, show)
    first = window.page
    window.page = window.context.new_page()
    look_at(window, show)
    window.seat("A1").click()
    window.shows(A1="yours")
    window.page = first
    window.shows(A1="yours")
    expect(first.locator("#basket li")).to_have_count(1)


def test_coming_back_to_a_page_loads_nothing_anew_and_mends_what_it_shows_as_ones_own(
    open_window: OpenWindow, scene: Scene
) -> None:
    show, buyer = scene.show(), scene.user()
    [held] = scene.hold(buyer, show, "A1")
    for reader, shown in ((None, "held"), (buyer, "yours")):
        window = open_window(reader)
        look_at(window, show)
        window.page.evaluate("window.stillHere = true")
        # As after a night: what was one's own yesterday is no news to the server any more.
        window.page.locator(f"#seat-{held.seat_id + 1}").evaluate("seat => seat.dataset.availability = 'yours'")
        with window.page.expect_response(lambda answer: "/basket?" in answer.url):
            window.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        window.shows(A1=shown, A2="available")
        assert window.page.evaluate("window.stillHere")


def test_a_page_of_somebody_who_has_signed_out_elsewhere_is_loaded_anew(open_window: OpenWindow, scene: Scene) -> None:
    show, buyer = scene.show(), scene.user("Bruno Buyer")
    scene.hold(buyer, show, "A1")
    window = open_window(buyer)
    look_at(window, show)
    window.shows(A1="yours")
    window.context.clear_cookies()
    window.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    window.shows(A1="held")
    expect(window.page.get_by_text("Bruno Buyer")).to_have_count(0)


@contextmanager
def without_streams(window: Window) -> Iterator[None]:
    """As behind a proxy that lets no event stream pass."""

    def block(route: Route) -> None:
        if "text/event-stream" in route.request.headers.get("accept", ""):
            route.fulfill(status=502, body="<p>No streams here", content_type="text/html")
        else:
            route.continue_()

    window.allow("status of 502")
    window.context.route("**/live?*", block)
    yield


def test_where_streams_are_blocked_the_page_asks_every_few_seconds(open_window: OpenWindow, scene: Scene) -> None:
    show, other = scene.show(), scene.user()
    window = open_window()
    with without_streams(window):
        look_at(window, show)
        scene.hold(other, show, "A1")
        window.shows(A1="held")
        scene.hold(other, show, "A2")
        window.shows(A2="held")
        expect(window.page.get_by_text("No streams here")).to_have_count(0)
        expect(window.page.locator("#refusal")).to_be_empty()


def test_after_a_break_the_map_catches_up(open_window: OpenWindow, scene: Scene) -> None:
    show, other = scene.show(), scene.user()
    window = open_window()
    window.allow("ERR_INTERNET_DISCONNECTED")
    look_at(window, show)
    scene.hold(other, show, "A1")
    window.shows(A1="held")
    window.context.set_offline(True)
    scene.hold(other, show, "A2")
    window.context.set_offline(False)
    window.shows(A2="held")


def test_a_changed_plan_is_said_and_nothing_is_reloaded(open_window: OpenWindow, scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    window = open_window()
    look_at(window, show)
    window.page.evaluate("window.stillHere = true")
    labels = [seating.labelled_seat(label, category="Stalls") for label in expand_labels("B1-B4")]
    seating.add_seats(organizer, show.id, labels, [PlanCategory(name="Stalls", price=4500)])
    window.says("The organizer has changed the seating.")
    assert window.page.evaluate("window.stillHere")
    window.page.get_by_role("link", name="Load the new map").click()
    window.shows(B1="available")


def test_a_page_that_waits_for_the_sale_sells_when_it_begins(open_window: OpenWindow, scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    sale = "UPDATE shows SET on_sale_at = clock_timestamp() + make_interval(hours => %s) WHERE id = %s"
    with scene.connected() as connection:
        connection.execute(sale, (1, show.id))
    window = open_window(buyer)
    look_at(window, show)
    closed = window.page.locator("#closed")
    expect(closed).to_contain_text("Seats go on sale on")
    expect(window.seat("A1")).to_be_disabled()
    with scene.connected() as connection:
        connection.execute(sale, (0, show.id))
    expect(window.seat("A1")).to_be_enabled()
    expect(closed).to_have_count(0)
    window.seat("A1").click()
    window.shows(A1="yours")


def test_the_overview_of_a_large_hall_counts_on(open_window: OpenWindow, scene: Scene) -> None:
    show = scene.show(seats=LARGE)
    window = open_window()
    look_at(window, show)
    before = [int(words) for words in window.page.locator("span[data-free-in]").all_inner_texts()]
    scene.hold(scene.user(), show, "A1", "A2")
    expect(window.page.locator("span[data-free-in]").first).to_have_text(str(before[0] - 2))
    expect(window.page.locator("a[data-seats]").first).to_have_attribute(
        "aria-label", re.compile(f", {before[0] - 2} free$")
    )
    assert left(window) == "2698"
