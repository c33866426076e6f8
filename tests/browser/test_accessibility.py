"""Pages for everybody: axe finds nothing, targets can be hit, the focus is seen, large print and few colours do."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.axe import violations
from tests.browser.conftest import OpenWindow
from tests.browser.house import Words, build_house
from tests.scenes import Scene
from webapp.services import seating
from webapp.services.demo.theatre import demo_plan

SMALLEST_TARGET = 24  # CSS pixels, WCAG 2.2, 2.5.8; axe passes over what has tabindex="-1", so we measure ourselves
DESKTOP = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=390, height=844)
WHO = {"nobody": None, "a buyer": "buyer", "an organizer": "organizer", "an admin": "admin"}

# What is too small to hit; a link within a sentence may be, and what only screen readers meet.
SMALL_TARGETS = """least => [...document.querySelectorAll("button, input, select, textarea, summary, .button")]
    .filter(target => target.checkVisibility({contentVisibilityAuto: false}) && !target.matches(".visually-hidden"))
    .filter(target => target.type !== "hidden")
    .map(target => [target.outerHTML.slice(0, 120), target.getBoundingClientRect()])
    .filter(([html, box]) => box.width < least || box.height < least)
    .map(([html, box]) => `${html}: ${box.width} x ${box.height}`)"""
# What has the focus, and the outline that shows it.
FOCUS = """() => {
    const {outlineStyle, outlineWidth} = getComputedStyle(document.activeElement);
    return [document.activeElement.outerHTML.slice(0, 200), outlineStyle, parseFloat(outlineWidth)];
}"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("who", WHO.values(), ids=WHO)
def test_axe_finds_nothing_on_any_page_in_light_or_dark_and_no_page_is_too_wide(
    who: str | None, open_window: OpenWindow, scene: Scene
) -> None:
    house = build_house(scene, Words())
    viewer = who and getattr(house, who)
    window = open_window(viewer)
    window.allow("the server responded with a status of 404")
    page = window.page
    for path in (path for path, whose in house.paths.items() if whose == viewer):
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(DESKTOP)
        page.goto(path)
        for section in page.locator("details").all():
            section.evaluate("details => details.open = true")
        assert violations(page) == [], f"{path} in light"
        assert_usable(page, path)
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(PHONE)
        assert violations(page, only="color-contrast") == [], f"{path} in dark"
        assert_usable(page, path)


def test_axe_finds_nothing_where_rows_are_in_no_section(open_window: OpenWindow, scene: Scene) -> None:
    window = open_window()
    window.page.goto(f"/shows/{scene.show(seats='A1-A4,B1-B4').id}")
    for view in ("Map", "List"):
        window.page.get_by_role("radio", name=view).check(force=True)
        assert violations(window.page) == [], view
    expect(window.page.get_by_role("heading", name="Row B", level=3)).to_be_visible()


def test_axe_finds_nothing_where_forms_were_refused(open_window: OpenWindow, scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    window = open_window(organizer)
    window.allow("the server responded with a status of 4")
    page = window.page
    page.goto("/organizer/shows/new")
    page.get_by_label("Title").fill("The Seagull")
    page.locator("form.sheet").evaluate("form => form.noValidate = true")
    page.get_by_role("button", name="Create the draft").click()
    window.says("Please look at this again:")
    assert violations(page) == []
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(page.locator("[aria-invalid]").first, "each sentence leads to its field").to_be_focused()
    page.goto(f"/organizer/shows/{show.id}")
    page.locator("#seats").click()
    page.get_by_label("Seat numbers").fill("A1")
    page.get_by_role("button", name="Add these seats").click()
    window.says(re.compile("A1.*in the show already"))
    assert violations(page) == []


@pytest.mark.parametrize(
    ("device", "least"),
    [
        # A window in which the seats of the widest row are as small as they ever get.
        pytest.param({"viewport": ViewportSize(width=800, height=800)}, SMALLEST_TARGET, id="with a mouse"),
        pytest.param({"viewport": PHONE, "has_touch": True, "is_mobile": True}, 36, id="with a finger"),
    ],
)
def test_every_seat_of_a_theatre_is_large_enough_to_hit_and_the_page_never_too_wide(
    device: dict[str, Any], least: int, open_window: OpenWindow, scene: Scene
) -> None:
    organizer = scene.user()
    show = scene.show(organizer, seats="")
    seats = len(seating.add_plan(organizer, show.id, demo_plan()))
    window = open_window(**device)
    window.page.goto(f"/shows/{show.id}")
    assert window.page.locator("button.seat").count() == seats
    assert_usable(window.page, "the theatre")
    smallest = window.page.evaluate(
        "Math.min(...[...document.querySelectorAll('button.seat')].map(seat => seat.getBoundingClientRect().width))"
    )
    assert smallest >= least


def test_the_focus_is_seen_on_everything_the_tab_key_reaches(open_window: OpenWindow, scene: Scene) -> None:
    house = build_house(scene, Words())
    window = open_window(house.buyer)
    window.page.goto(f"/shows/{house.show.id}")
    reached = set()
    while True:
        window.page.keyboard.press("Tab")
        name, style, width = window.page.evaluate(FOCUS)
        if name in reached or name.startswith("<body"):
            break
        assert (style, width >= 2) == ("solid", True), name
        reached.add(name)
    assert any("seat_ids" in name for name in reached), "seats too"


def test_seats_differ_without_their_colours_and_can_be_told_from_the_paper(
    open_window: OpenWindow, scene: Scene
) -> None:
    house = build_house(scene, Words())
    window = open_window(house.buyer, forced_colors="active")
    window.page.goto(f"/shows/{house.show.id}")
    seen = window.page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("button.seat")].map(seat => {
            const {backgroundColor, borderStyle, borderColor, inset} = getComputedStyle(seat, "::before");
            const mark = getComputedStyle(seat, "::after").content;
            const state = seat.dataset.availability + ("confirmed" in seat.dataset ? ", bought" : "");
            return [state, [backgroundColor, borderStyle, inset, mark].join(" ")];
        }))"""
    )
    paper = window.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert set(seen) == {"available", "held", "sold", "yours", "yours, bought"}
    assert len(set(seen.values())) == len(seen), seen
    assert [state for state, look in seen.items() if look.startswith(f"{paper} none")] == []


def test_text_of_twice_the_size_still_fits_its_seats_and_the_page(open_window: OpenWindow, scene: Scene) -> None:
    house = build_house(scene, Words())
    for who, path in ((house.buyer, f"/shows/{house.show.id}"), (house.organizer, "/organizer/")):
        window = open_window(who)
        window.page.set_viewport_size(DESKTOP)
        window.page.goto(path)
        window.page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert window.page.evaluate(OVERFLOW) <= 0
        cut = "[...document.querySelectorAll('.seat')].filter(seat => seat.scrollWidth > seat.clientWidth + 1).length"
        assert window.page.evaluate(cut) == 0


def assert_usable(page: Page, what: str) -> None:
    """The page is no wider than its window, and nothing to press is too small."""
    assert page.evaluate(OVERFLOW) <= 0, f"{what} is too wide for {page.viewport_size}"
    assert page.evaluate(SMALL_TARGETS, SMALLEST_TARGET) == [], f"{what} in {page.viewport_size}"
