"""The map as one looks at it and moves about in it: near and far, as a list, with keys, and by price."""

import re

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.axe import violations
from tests.browser.conftest import OpenWindow
from tests.browser.hands import has_focus
from tests.browser.test_accessibility import DESKTOP, OVERFLOW, PHONE
from tests.browser.windows import Window
from tests.scenes import Scene
from webapp.services import seating
from webapp.services.demo.theatre import demo_plan
from webapp.services.shows import Show

# How large a seat is drawn, in CSS pixels.
SMALLEST = "Math.min(...[...document.querySelectorAll('button.seat')].map(seat => seat.getBoundingClientRect().width))"
PITCH = "parseFloat(getComputedStyle(document.querySelector('.plan')).getPropertyValue('--pitch'))"


def theatre(scene: Scene) -> Show:
    """A show in the theatre of the demonstration."""
    organizer = scene.user()
    show = scene.show(organizer, seats="")
    seating.add_plan(organizer, show.id, demo_plan())
    return show


def at_the_map(window: Window, show: Show) -> Page:
    """The show's page, its scripts at work."""
    window.page.goto(f"/shows/{show.id}")
    expect(window.page.locator("button.seat[tabindex='0']")).to_have_count(1)
    return window.page


def until(page: Page, truth: str) -> None:
    """Wait, frame by frame, until a script finds it so: what the wheel turned is drawn in a later one."""
    for _ in range(300):
        if page.evaluate(f"new Promise(requestAnimationFrame).then(() => {truth})"):
            return
    raise AssertionError(f"never came true: {truth}")


def place(page: Page, words: str) -> Locator:
    """The seat of the theatre that is called so: "Stalls, row C, seat 4"."""
    return page.get_by_role("button", name=re.compile(f"^{words}, "))


@pytest.mark.parametrize(
    ("device", "least"),
    [
        pytest.param({"viewport": DESKTOP}, 24, id="with a mouse"),
        pytest.param({"viewport": PHONE, "has_touch": True, "is_mobile": True}, 44, id="with a finger"),
    ],
)
def test_at_first_every_seat_can_be_hit_and_then_one_goes_nearer_and_sees_the_whole_hall(
    device: dict[str, ViewportSize], least: int, open_window: OpenWindow, scene: Scene
) -> None:
    window = open_window(**device)
    page = at_the_map(window, theatre(scene))
    assert page.evaluate(SMALLEST) >= least
    first = page.evaluate(PITCH)
    page.get_by_role("button", name="Larger").click()
    assert page.evaluate(PITCH) > first
    page.get_by_role("button", name="Whole hall").click()
    view, plan = page.locator(".window").bounding_box(), page.locator(".plan").bounding_box()
    assert view
    assert plan
    assert plan["width"] <= view["width"]
    assert page.evaluate(OVERFLOW) <= 0


def test_the_wheel_zooms_with_ctrl_alone_and_keeps_what_is_under_the_pointer(
    open_window: OpenWindow, scene: Scene
) -> None:
    window = open_window(viewport=DESKTOP)
    page = at_the_map(window, theatre(scene))
    seat = place(page, "Stalls, row C, seat 12")
    seat.scroll_into_view_if_needed()
    box = seat.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    first = page.evaluate(PITCH)
    page.mouse.move(x, y)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -60)
    page.keyboard.up("Control")
    until(page, f"{PITCH} > {first}")
    found = page.evaluate("([x, y]) => document.elementFromPoint(x, y).ariaLabel", [x, y])
    assert found.startswith("Stalls, row C, seat 12,")
    nearer = page.evaluate(PITCH)
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    page.mouse.move(640, 100)  # beside the map
    page.mouse.wheel(0, 200)
    until(page, "scrollY > 0")
    assert page.evaluate(PITCH) == nearer


def test_a_mouse_drags_the_hall_and_what_is_let_go_there_is_not_pressed(open_window: OpenWindow, scene: Scene) -> None:
    show = theatre(scene)
    window = open_window(viewport=DESKTOP)
    page = at_the_map(window, show)
    for _ in range(3):
        page.get_by_role("button", name="Larger").click()
    seat = place(page, "Stalls, row C, seat 12")
    seat.scroll_into_view_if_needed()
    before = seat.bounding_box()
    assert before
    page.mouse.move(before["x"] + 10, before["y"] + 10)
    page.mouse.down()
    page.mouse.move(before["x"] - 60, before["y"] - 30, steps=4)
    page.mouse.up()
    after = seat.bounding_box()
    assert after
    assert after["x"] == pytest.approx(before["x"] - 70, abs=8)
    assert scene.statuses(show) == {}


def test_the_arrows_walk_along_a_row_and_to_the_next_and_never_into_a_gap(
    open_window: OpenWindow, scene: Scene
) -> None:
    show, other = theatre(scene), scene.user()
    scene.hold(other, show, "C5")
    page = at_the_map(open_window(), show)
    place(page, "Stalls, row C, seat 4").focus()
    for key, words in (
        ("ArrowRight", "Stalls, row C, seat 5"),
        ("ArrowRight", "Stalls, row C, seat 6"),
        ("ArrowDown", "Stalls, row D, seat 6"),
        ("ArrowUp", "Stalls, row C, seat 6"),
        ("Home", "Stalls, row C, seat 1"),
        ("PageDown", "Circle, row N, seat 1"),
        ("PageUp", "Stalls, row A, seat 1"),
        ("End", "Stalls, row A, seat 20"),
    ):
        page.keyboard.press(key)
        expect(place(page, words), key).to_be_focused()
        box, view = place(page, words).bounding_box(), page.locator(".window").bounding_box()
        assert box
        assert view
        assert view["x"] <= box["x"] <= view["x"] + view["width"], "in sight"
    held = place(page, "Stalls, row C, seat 5")
    held.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    expect(held).to_have_attribute("data-availability", "held")
    assert scene.statuses(show) == {"C5": ["HELD"]}
    expect(page.locator("button.seat[tabindex='0']"), "one stop of the Tab key").to_have_count(1)


def test_the_list_has_the_same_seats_under_their_headings_and_is_remembered(
    open_window: OpenWindow, scene: Scene
) -> None:
    show = theatre(scene)
    window = open_window(scene.user(), viewport=PHONE)
    page = at_the_map(window, show)
    page.get_by_role("radio", name="List").check()
    expect(page.get_by_role("heading", name="Circle")).to_be_visible()
    expect(page.get_by_role("heading", name="Row N")).to_be_visible()
    seat = place(page, "Stalls, row C, seat 12")
    seat.click()
    expect(seat).to_have_attribute("data-availability", "yours")
    box = seat.bounding_box()
    assert box
    assert box["height"] >= 44
    assert page.evaluate(OVERFLOW) <= 0
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme
    page.reload()
    expect(page.get_by_role("radio", name="List")).to_be_checked()


def test_without_scripts_the_list_is_there_too_and_several_seats_are_held_at_once(
    open_window: OpenWindow, scene: Scene
) -> None:
    show, buyer = theatre(scene), scene.user()
    window = open_window(buyer, java_script_enabled=False)
    page = window.page
    page.goto(f"/shows/{show.id}")
    expect(page.get_by_role("button", name="Larger")).to_have_count(0)
    page.get_by_role("link", name="Several at once").click()
    expect(page.get_by_role("heading", name="Row C")).to_be_visible()
    for number in (12, 13):
        page.get_by_role("checkbox", name=re.compile(f"^Stalls, row C, seat {number}, ")).check()
    page.get_by_role("button", name="Hold the chosen seats").click()
    for number in (12, 13):
        expect(place(page, f"Stalls, row C, seat {number}")).to_have_attribute("data-availability", "yours")
    assert scene.statuses(show) == {"C12": ["HELD"], "C13": ["HELD"]}


def test_a_price_that_is_chosen_lets_the_other_seats_step_back(open_window: OpenWindow, scene: Scene) -> None:
    page = at_the_map(open_window(viewport=DESKTOP), theatre(scene))
    page.get_by_role("checkbox", name=re.compile("^Front stalls")).check()
    near, far = place(page, "Stalls, row B, seat 9"), place(page, "Circle, row N, seat 9")
    expect(near).to_have_css("opacity", "1")
    expect(far).to_have_css("opacity", "0.2")
    page.get_by_role("radio", name="List").check()
    expect(near).to_be_visible()
    expect(far).to_be_hidden()


def test_a_press_from_far_away_brings_the_seats_nearer_before_one_is_held(
    open_window: OpenWindow, scene: Scene
) -> None:
    show = theatre(scene)
    page = at_the_map(open_window(viewport=PHONE, has_touch=True, is_mobile=True), show)
    page.get_by_role("button", name="Whole hall").click()
    place(page, "Stalls, row E, seat 12").tap(force=True)
    until(page, f"{PITCH} >= 43.9")
    assert scene.statuses(show) == {}
    assert not has_focus(page.locator("#notice"))
