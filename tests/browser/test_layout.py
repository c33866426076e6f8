"""What stands where on a show's page, and that it stands there every time."""

import re

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser.conftest import OpenWindow
from tests.browser.test_accessibility import DESKTOP, OVERFLOW, PHONE
from tests.scenes import Scene
from webapp.services import seating
from webapp.services.demo.stadium import stadium_plan
from webapp.services.demo.theatre import demo_plan
from webapp.services.shows import Show

LOADS = 10
LARGE_PRINT = "document.documentElement.style.fontSize = '200%'"

# Whether the plan is laid out at all, how wide a seat of it is, and what Chromium now and then leaves empty: a scroll
# box that is the container its own content is measured by.
LAID_OUT = """[document.querySelector(".plan").getClientRects().length,
    Math.round(document.querySelector("button.seat").getBoundingClientRect().width),
    getComputedStyle(document.querySelector(".window")).containerType]"""
# The words on the hall that reach out of their part.
WORDS_OUTSIDE = """[...document.querySelectorAll(".part text")].filter(text => text.checkVisibility())
    .map(text => [text, text.getBoundingClientRect(), text.parentNode.querySelector("polygon").getBoundingClientRect()])
    .filter(([, words, part]) => words.left < part.left || words.right > part.right || words.top < part.top
        || words.bottom > part.bottom)
    .map(([text]) => text.textContent)"""
IN_SIGHT = """(({top, bottom}) => top >= 0 && bottom <= innerHeight)(
    document.querySelector(".basket").getBoundingClientRect())"""
SIDE_BY_SIDE = """document.getElementById("basket").getBoundingClientRect().right
    < document.getElementById("basket-details").getBoundingClientRect().left"""
NARROWEST_PLACE = "Math.min(...[...document.querySelectorAll('.basket-list span')].map(one => one.offsetWidth))"


@pytest.fixture
def theatre(scene: Scene) -> Show:
    """The theatre of the demo show."""
    organizer = scene.user()
    show = scene.show(organizer, seats="")
    seating.add_plan(organizer, show.id, demo_plan())
    return show


def test_the_seats_are_there_however_often_the_page_is_opened(theatre: Show, open_window: OpenWindow) -> None:
    page = open_window(viewport=PHONE, has_touch=True, is_mobile=True).page
    seen = []
    for _ in range(LOADS):
        page.goto(f"/shows/{theatre.id}")
        seen.append(page.evaluate(LAID_OUT))
    assert seen == [[1, 44, "normal"]] * LOADS


def test_seats_are_in_sight_at_first_and_nothing_is_docked_before_there_is_something_to_say(
    theatre: Show, open_window: OpenWindow, scene: Scene
) -> None:
    window = open_window(scene.user(), viewport=PHONE, has_touch=True, is_mobile=True)
    page = window.page
    page.goto(f"/shows/{theatre.id}")
    expect(page.locator(".dock")).to_have_css("position", "static")
    free = page.locator("button.seat[data-availability=available]")
    tops = free.evaluate_all("seats => seats.map(seat => seat.getBoundingClientRect().top)")
    assert min(tops) < PHONE["height"] - 88, "two rows at least"
    free.first.click()
    expect(page.locator(".dock")).to_have_css("position", "sticky")
    expect(page.get_by_role("link", name=re.compile("EUR")).first).to_be_in_viewport()


def test_the_basket_stands_beside_the_map_and_stays_in_sight_or_uses_the_width_below_it(
    theatre: Show, open_window: OpenWindow
) -> None:
    page = open_window(viewport=DESKTOP).page
    page.goto(f"/shows/{theatre.id}")
    page.locator("button.seat[data-availability=available]").first.click()
    expect(page.locator("#basket li")).to_have_count(1)
    for down in (220, 320):
        page.evaluate(f"scrollTo({{top: {down}, behavior: 'instant'}})")
        assert page.evaluate(IN_SIGHT), down
    page.set_viewport_size(ViewportSize(width=1024, height=768))
    assert page.evaluate(SIDE_BY_SIDE)


def test_large_print_on_a_phone_breaks_at_words_and_the_page_is_not_too_wide(
    theatre: Show, open_window: OpenWindow
) -> None:
    page = open_window(viewport=PHONE, has_touch=True, is_mobile=True).page
    page.goto(f"/shows/{theatre.id}")
    page.locator("button.seat[data-availability=available]").first.click()
    expect(page.locator("#basket li")).to_have_count(1)
    page.evaluate(LARGE_PRINT)
    assert page.evaluate(OVERFLOW) <= 0
    assert page.evaluate(NARROWEST_PLACE) > 100


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["on a phone", "on a desk"])
def test_the_names_of_sections_stand_within_them(size: ViewportSize, open_window: OpenWindow, scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer, seats="")
    seating.add_plan(organizer, show.id, stadium_plan(5_000))
    page = open_window(viewport=size).page
    page.goto(f"/shows/{show.id}")
    assert page.locator(".part text").count()
    assert page.evaluate(WORDS_OUTSIDE) == []


def test_where_there_is_one_seat_there_is_nothing_to_choose_or_to_find(open_window: OpenWindow, scene: Scene) -> None:
    page = open_window().page
    page.goto(f"/shows/{scene.show(seats='A1').id}")
    expect(page.get_by_role("button", name=re.compile("seat 1, "))).to_be_visible()
    for name in ("Larger", "Find and hold"):
        expect(page.get_by_role("button", name=name)).to_be_hidden()
    expect(page.get_by_text("Find seats together for me")).to_be_hidden()
    expect(page.get_by_label("Several at once")).to_be_hidden()


def test_a_link_leads_those_who_use_the_keyboard_past_everything_to_the_seats(
    open_window: OpenWindow, scene: Scene
) -> None:
    page = open_window().page
    page.goto(f"/shows/{scene.show().id}")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to the seats")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("button.seat").first).to_be_focused()


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_another_leads_them_past_the_map_to_the_seats_they_hold(
    open_window: OpenWindow, scene: Scene, *, java_script_enabled: bool
) -> None:
    buyer, show = scene.user(), scene.show()
    scene.hold(buyer, show, "A7")
    page = open_window(buyer, java_script_enabled=java_script_enabled).page
    page.goto(f"/shows/{show.id}")
    for _ in range(3):
        page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to your seats")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#basket button").first).to_be_focused()
