"""A show at a glance in a real browser: it keeps up with what happens, needs no scripts, and can be read on a phone."""

import re

from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import OpenWindow
from tests.scenes import Scene
from tests.services.dashboards.pasts import Hold, hours, play
from webapp.services import reservations

PHONE = ViewportSize(width=390, height=844)
# The heights of all words of the plots as they are painted, but for those within a hall.
WORDS = """() => [...document.querySelectorAll(".plot text")]
    .filter(text => text.checkVisibility())
    .map(text => parseFloat(getComputedStyle(text).fontSize) * text.getCTM().a)"""
# Words of one plot that lie on one another.
ON_ONE_ANOTHER = """() => [...document.querySelectorAll("svg.plot")].flatMap(plot => {
    const words = [...plot.querySelectorAll("text")].filter(text => text.checkVisibility())
        .map(text => [text.textContent, text.getBoundingClientRect()]);
    return words.flatMap(([said, a], at) => words.slice(at + 1)
        .filter(([, b]) => a.left < b.right && b.left < a.right && a.top + 3 < b.bottom && b.top + 3 < a.bottom)
        .map(([other]) => `${said} / ${other}`));
})"""


def counted(page: Page, what: str) -> str:
    """How many seats the summary says are so."""
    return page.locator("#now dl > div", has_text=what).locator("dd").inner_text()


def test_an_open_dashboard_shows_within_moments_what_buyers_do(open_window: OpenWindow, scene: Scene) -> None:
    organizer, buyer = scene.user("Olga"), scene.user()
    show = scene.show(organizer)
    window = open_window(organizer)
    with window.page.expect_response(lambda answer: "/live?" in answer.url):
        window.page.goto(f"/organizer/shows/{show.id}/dashboard")
    assert counted(window.page, "free") == "10"
    one, _ = scene.hold(buyer, show, "A1", "A2")
    expect(window.page.locator('.live-map > svg [data-mark="held"]')).to_be_attached()
    assert counted(window.page, "held") == "2"
    reservations.confirm(buyer, one.id)
    expect(window.page.locator('#now dl > div[data-share="sold"] dd')).to_have_text("1")
    assert counted(window.page, "free") == "8"


def test_all_of_it_can_be_read_without_scripts(open_window: OpenWindow, scene: Scene) -> None:
    organizer = scene.user("Olga")
    show = scene.show(organizer)
    play(scene, show, [Hold("A1", hours(0), "bought"), Hold("A2", hours(1), "expired")])
    page = open_window(organizer, java_script_enabled=False).page
    page.goto(f"/organizer/shows/{show.id}")
    page.get_by_role("navigation", name="This show").get_by_role("link", name="At a glance").click()
    for name in ("Sold and held over time", "Revenue by category", "Pace against earlier shows"):
        expect(page.get_by_role("img", name=name, exact=True)).to_be_visible()
    page.locator("#lost-holds summary").click()
    row = page.locator("#lost-holds").get_by_role("row").filter(has=page.get_by_role("rowheader", name="10"))
    expect(row.get_by_role("cell")).to_have_text(["1", "0", "50.0%"])


def test_on_a_phone_the_words_of_plots_keep_their_size_and_leave_one_another_room(
    open_window: OpenWindow, scene: Scene
) -> None:
    organizer = scene.user("Olga")
    earlier, show = scene.show(organizer, title="A piece with quite a long name"), scene.show(organizer)
    with scene.history() as connection:
        connection.execute("UPDATE shows SET starts_at = '2026-09-20T17:00Z' WHERE id = %s", (earlier.id,))
    for one in (earlier, show):
        play(scene, one, [Hold(f"A{number}", hours(40 * number), "bought") for number in range(1, 9)])
    page = open_window(organizer, viewport=PHONE).page
    page.goto(f"/organizer/shows/{show.id}/dashboard")
    assert min(page.evaluate(WORDS)) >= 12
    assert page.evaluate(ON_ONE_ANOTHER) == []
    page.set_viewport_size({"width": 1280, "height": 800})
    assert page.evaluate(ON_ONE_ANOTHER) == []


def test_a_figure_is_saved_as_a_file(open_window: OpenWindow, scene: Scene) -> None:
    organizer = scene.user("Olga")
    show = scene.show(organizer)
    page = open_window(organizer).page
    page.goto(f"/organizer/shows/{show.id}/dashboard")
    with page.expect_download() as saved:
        page.get_by_role("link", name="CSV of revenue by category").click()
    assert re.fullmatch(r"The-Tempest-[0-9-]+-categories\.csv", saved.value.suggested_filename)
    assert saved.value.path().read_bytes().startswith(b"\xef\xbb\xbfCategory,")
