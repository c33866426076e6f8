"""An organizer brings a plan in, keeps it, gives a show its seats, and another plan later, in a browser."""

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import OpenWindow
from tests.browser.plans import CSV_SEATS, EDITOR_SEATS, csv_plan, editor_plan
from tests.scenes import Scene
from webapp.services import reservations, seating


def bring_in(page: Page, plan: bytes, name: str = "hall.csv") -> None:
    """Choose the file, and have it read."""
    page.locator("input[type=file]").set_input_files(FilePayload(name=name, mimeType="text/csv", buffer=plan))
    page.get_by_role("button", name="Read it").click()


@pytest.mark.parametrize(
    ("plan", "name", "seats", "categories", "scripts"),
    [
        (csv_plan(), "hall.csv", CSV_SEATS, ("Stalls", "Balcony"), True),
        (editor_plan(), "floor.json", EDITOR_SEATS, ("Near", "Far"), False),
    ],
    ids=["from CSV with JavaScript", "from the editor without"],
)
def test_a_plan_is_looked_at_kept_and_becomes_the_seats_of_a_show(
    open_window: OpenWindow,
    scene: Scene,
    plan: bytes,
    name: str,
    seats: int,
    categories: tuple[str, str],
    *,
    scripts: bool,
) -> None:
    olga = scene.user("Olga")
    show, page = scene.show(olga, seats=""), open_window(olga, java_script_enabled=scripts).page
    page.goto("/organizer/drafts/")
    bring_in(page, plan, name)
    expect(page.get_by_role("img", name=f"The hall, {seats} seats")).to_be_visible()
    assert scene.rows("SELECT FROM plan_versions") == []
    page.get_by_label("Venue", exact=True).fill("Town Hall")
    page.get_by_label("Name of a new plan").fill("Concert")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", name="Concert")).to_be_visible()

    page.goto(f"/organizer/shows/{show.id}/plan")
    page.get_by_role("link", name="Concert").click()
    for category in categories:
        page.get_by_label(category, exact=True).fill("45")
    page.get_by_role("button", name="Take these seats").click()
    expect(page.get_by_text(f"The show has its seats: {seats}.")).to_be_visible()
    assert len(seating.seats_of(show.id)) == seats


def test_a_sold_seat_stays_in_the_way_until_its_buyer_is_moved(open_window: OpenWindow, scene: Scene) -> None:
    olga, buyer = scene.user("Olga"), scene.user("Bruno Buyer")
    show = scene.show(olga, seats="A1-A4")
    [sold] = scene.hold(buyer, show, "A4")
    reservations.confirm(buyer, sold.id)
    page = open_window(olga).page
    page.goto("/organizer/drafts/")
    page.get_by_label("Or the seats, typed").fill("Stalls: A1-A3")
    page.get_by_role("button", name="Read it").click()
    page.get_by_label("Venue", exact=True).fill("Town Hall")
    page.get_by_role("button", name="Keep it").click()
    page.goto(f"/organizer/shows/{show.id}/plan")
    page.get_by_role("link", name="Seats", exact=True).click()
    expect(page.get_by_role("heading", name="1 seat that somebody has")).to_be_visible()
    expect(page.get_by_role("button", name="Change the plan")).to_have_count(0)
    page.get_by_role("link", name="Move to another seat").click()
    expect(page).to_have_url(re.compile(f"/organizer/shows/{show.id}/reservations/{sold.id}$"))
    expect(page.get_by_role("main")).to_contain_text("Bruno Buyer")


def test_a_large_file_is_sent_with_its_progress_and_refused_on_the_same_page(
    open_window: OpenWindow, scene: Scene
) -> None:
    window = open_window(scene.user("Olga"))
    window.allow("the server responded with a status of 4")
    page = window.page
    page.goto("/organizer/drafts/")
    lines = [b"zone,row,start,end", *(b"Stalls,R%d,1,9" % row for row in range(15_000))]
    bring_in(page, b"\n".join(lines))
    expect(page.get_by_text("makes the plan larger than 100,000 seats")).to_be_visible()
    expect(page.get_by_role("button", name="Read it")).to_be_enabled()
