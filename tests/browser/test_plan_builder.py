"""A hall is drawn in a browser: as one types, by arrows, by keyboard alone, and without JavaScript."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import OpenWindow
from tests.browser.hands import Keyboard, has_focus
from tests.browser.test_accessibility import DESKTOP, OVERFLOW, PHONE
from tests.browser.windows import Window
from tests.scenes import Scene
from webapp.services import plan_drafts
from webapp.services.asker import Asker

NOT_DRAWN = "the server responded with a status of 422"


@pytest.fixture
def olga(scene: Scene) -> Asker:
    return scene.user("Olga Organizer")


@pytest.fixture
def window(open_window: OpenWindow, olga: Asker) -> Window:
    """Olga's window, with the straight rows in it."""
    window = open_window(olga, viewport=DESKTOP)
    window.allow(NOT_DRAWN)
    draft = plan_drafts.begin(olga, name="Town Hall", start="rows")
    window.page.goto(f"/organizer/sketches/{draft}")
    return window


def count(page: Page, seats: int) -> None:
    """Wait until the hall has so many seats."""
    expect(page.locator("#count")).to_have_text(f"{seats:,} seats")


def middle(seat: Locator) -> float:
    box = seat.bounding_box()
    assert box
    return box["x"] + box["width"] / 2


def test_the_hall_is_drawn_as_one_types_and_the_field_keeps_the_keyboard(window: Window) -> None:
    page = window.page
    rows = page.get_by_label("Rows", exact=True)
    rows.press("End")
    rows.press("Backspace")
    rows.press_sequentially("10")
    count(page, 120)
    assert has_focus(rows)
    expect(page.locator("svg.sketch rect")).to_have_count(120)
    rows.press_sequentially("0")
    count(page, 1_200)
    page.get_by_role("button", name="Undo").click()
    count(page, 96)
    expect(rows).to_have_value("8")


def test_what_cannot_be_drawn_is_said_in_sight_and_the_last_hall_stays(window: Window) -> None:
    page = window.page
    field = page.get_by_label("Seats left out")
    field.fill("A1, B")
    window.says(re.compile('"B" cannot be read'))
    count(page, 96)
    expect(page.locator("#problems .notice")).to_be_in_viewport()
    assert has_focus(field)
    field.fill("A1, B2")
    count(page, 94)
    expect(page.locator("#problems .notice")).to_have_count(0)


def test_presses_faster_than_the_answers_all_count(window: Window, olga: Asker) -> None:
    page = window.page
    right = page.get_by_role("button", name="Move right")
    right.focus()
    for _ in range(6):
        page.keyboard.press("Enter")
    expect(page.get_by_label("To the right")).to_have_value("150")
    assert has_focus(right), "the next press needs no search"


def test_an_arrow_moves_what_is_seen(window: Window) -> None:
    page = window.page
    seat, stage = (page.locator(f"svg.sketch {which}") for which in ("rect >> nth=0", "[data-kind=stage] polygon"))
    before = middle(seat) - middle(stage)
    page.get_by_label("One press").select_option("coarse")
    page.get_by_role("button", name="Move right").click()
    expect(page.get_by_label("To the right")).to_have_value("100")
    expect(page.get_by_label("One press")).to_have_value("coarse")
    assert middle(seat) - middle(stage) > before + 5


def test_a_hall_is_drawn_with_the_keyboard_alone(window: Window) -> None:
    page, hands = window.page, Keyboard()
    hands.press(page.get_by_role("button", name="Add a block"))
    expect(page.get_by_role("heading", name="Stalls 2")).to_be_visible()
    hands.press(page.get_by_role("button", name="Turn right"))
    expect(page.get_by_label("Turned clockwise")).to_have_value("5")
    parts = page.get_by_role("navigation", name="Parts of the hall")
    hands.press(parts.get_by_role("link", name="Stage"))
    expect(page.get_by_role("heading", name="Stage")).to_be_visible()
    assert has_focus(parts.get_by_role("link", name="Stage"))
    hands.press(parts.get_by_role("link", name="Stalls 96"))
    hands.press(page.get_by_role("button", name="Copy", exact=True))
    expect(page.get_by_role("heading", name="Stalls 3")).to_be_visible()
    hands.press(page.get_by_role("button", name=re.compile("^Undo ?: copied Stalls")))
    count(page, 146)


def test_a_block_is_chosen_by_a_click_into_the_drawing(window: Window) -> None:
    page = window.page
    page.locator("svg.sketch [data-kind=stage] polygon").click()
    expect(page.get_by_role("heading", name="Stage")).to_be_visible()
    page.get_by_label("What it is called").fill("Podium")
    expect(page.locator("svg.sketch [data-kind=stage] text")).to_have_text("Podium")
    page.get_by_role("radio", name="Largest").check()
    page.get_by_label("Width").fill("1200")
    expect(page.get_by_role("button", name=re.compile("^Undo ?: changed the width"))).to_be_visible()
    expect(page.get_by_role("radio", name="Largest"), "the hall stays as large as it was").to_be_checked()


def test_a_plan_is_drawn_and_saved_without_javascript(open_window: OpenWindow, olga: Asker, scene: Scene) -> None:
    window = open_window(olga, java_script_enabled=False, viewport=PHONE)
    window.allow(NOT_DRAWN)
    page = window.page
    page.goto("/organizer/")
    page.get_by_role("link", name="Draw a plan").click()
    page.get_by_label("Name of the plan").fill("Concert")
    page.get_by_role("radio", name=re.compile("A chamber hall")).check(force=True)
    page.get_by_role("button", name="Begin to draw").click()
    page.get_by_label("Rows", exact=True).fill("999")
    page.get_by_role("button", name="Apply").last.click()
    window.says("Must be a whole number from 1 to 200.")
    page.get_by_label("Rows", exact=True).fill("4")
    page.get_by_role("button", name="Turn left").click()
    expect(page.get_by_label("Turned clockwise")).to_have_value("-5")
    count(page, 62)
    page.get_by_role("button", name=re.compile("^Undo")).click()
    count(page, 185)
    page.get_by_role("button", name=re.compile("^Redo")).click()
    count(page, 62)
    page.get_by_role("link", name="Look at it and save").click()
    page.get_by_label("Venue", exact=True).fill("Town Hall")
    page.get_by_role("button", name="Save the plan").click()
    window.says("“Concert” is saved at Town Hall, as version 1.")
    assert scene.rows("SELECT seats FROM plan_versions") == [{"seats": 62}]


def test_on_a_phone_the_hall_stays_in_sight_and_nothing_is_too_wide(open_window: OpenWindow, olga: Asker) -> None:
    window = open_window(olga, viewport=PHONE, has_touch=True, is_mobile=True)
    window.allow(NOT_DRAWN)
    page = window.page
    page.goto(f"/organizer/sketches/{plan_drafts.begin(olga, name='Town Hall', start='theatre')}")
    assert page.evaluate(OVERFLOW) <= 0
    field = page.get_by_label("Seats left out")
    field.fill("A1, B")
    window.says(re.compile('"B" cannot be read'))
    expect(page.locator(".sketch-window")).to_be_in_viewport(ratio=0.95)
    expect(page.locator("#problems .notice")).to_be_in_viewport(ratio=0.95)
    expect(field).to_be_in_viewport(ratio=0.95)
    assert page.evaluate(OVERFLOW) <= 0
    assert violations(page) == []
