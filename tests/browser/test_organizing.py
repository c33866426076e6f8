"""An organizer's way from nothing to a show that sells, and to one that is cancelled."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import OpenWindow
from tests.browser.hands import Hands, Keyboard, Mouse
from tests.browser.plans import CSV_SEATS, csv_plan
from tests.scenes import PASSWORD, Scene
from webapp.services import reservations, shows


def test_a_newcomer_signs_up_and_puts_on_a_show_without_javascript(open_window: OpenWindow, scene: Scene) -> None:
    window = open_window(java_script_enabled=False)
    window.allow("the server responded with a status of 4")
    page = window.page
    page.goto("/")
    page.get_by_role("link", name="Organize").click()
    page.get_by_role("main").get_by_role("link", name="Sign up").click()
    for label, text in {
        "Name": "Olga Organizer",
        "E-mail": "Olga@Example.com",
        "Phone number": "+358 40 123 4567",
        "Password": PASSWORD,
    }.items():
        page.get_by_label(label).fill(text)
    press(page, "Sign up")

    expect(page.get_by_role("heading", name="Your shows"), "where she was going").to_be_visible()
    page.get_by_role("link", name="New show").click()
    evening = (datetime.now() + timedelta(days=60)).replace(hour=19, minute=30)
    for label, text in {
        "Title": "The Seagull",
        "Venue": "The Lantern",
        "Starts at": f"{evening:%Y-%m-%dT%H:%M}",
        "Time zone of the venue": "Europe/Helsinky",
        "Seats per buyer": "4",
    }.items():
        page.get_by_label(label, exact=True).fill(text)
    press(page, "Create the draft")
    assert scene.rows("SELECT id FROM shows") == []
    window.says("Must be a time zone of the IANA database, such as Europe/Helsinki.")
    expect(page.get_by_label("Title")).to_have_value("The Seagull")
    page.get_by_label("Time zone of the venue").fill("Europe/Helsinki")
    press(page, "Create the draft")
    window.says("“The Seagull” is a draft, which only you see. Now its seats.")
    [show] = scene.rows("SELECT title, starts_at AT TIME ZONE 'Europe/Helsinki' AS at, seat_limit FROM shows")
    assert (show["title"], f"{show['at']:%H:%M}", show["seat_limit"]) == ("The Seagull", "19:30", 4)

    add_seats(page, "A1-A20, B1-B18", "Stalls", "45.50")
    window.says("38 seats were added.")
    add_seats(page, "C1, A7", "Stalls", "")
    window.says(re.compile("A7"))
    assert len(scene.rows("SELECT id FROM seats")) == 38, "one number is in use, so nothing was added"
    expect(page.get_by_label("Seat numbers")).to_have_value("C1, A7")

    page.get_by_role("link", name="Prices").click()
    page.get_by_label("Stalls").fill("39,90")
    press(page, "Save the prices")
    window.says("The prices are set.")
    assert scene.rows("SELECT name, price FROM categories") == [{"name": "Stalls", "price": 3990}]
    press(page, "Publish the show")
    window.says("“The Seagull” is published: its seats are on sale.")
    page.get_by_role("link", name="As buyers see it").click()
    window.says("39.90 EUR")
    expect(page.get_by_role("button", name=re.compile("^row B, seat 18, 39.90 EUR, available"))).to_be_enabled()


@pytest.mark.parametrize("hands", [Mouse(), Keyboard()], ids=["by mouse", "by keyboard"])
def test_a_show_gets_its_seats_from_a_plan_file_and_their_prices_and_is_published(
    open_window: OpenWindow, scene: Scene, hands: Hands
) -> None:
    organizer, buyer = scene.user("Olga Organizer"), scene.user("Bruno Buyer")
    show = scene.show(organizer, seats="")
    scene.unpublish(show)
    window = open_window(organizer)
    window.allow("the server responded with a status of 422")
    page = window.page
    page.goto(f"/organizer/shows/{show.id}")
    hands.press(page.get_by_role("link", name="Bring in a plan"))

    choose(page, csv_plan().replace(b"C,1,20", b"C,20,1"))
    hands.press(page.get_by_role("button", name="Read it"))
    window.says("Line 4 starts at seat 20 but ends at seat 1. Write the lower number first.")
    choose(page, csv_plan())
    hands.press(page.get_by_role("button", name="Read it"))
    window.says(re.compile("For The Tempest"))
    window.says(re.compile("1 column left out.*remark"))
    hands.press(page.get_by_role("button", name="Keep it, and go on to the prices"))
    for category, price in (("Stalls", "45"), ("Balcony", "30")):
        hands.write(price, page.get_by_label(category, exact=True))
    assert scene.rows("SELECT FROM seats") == []
    hands.press(page.get_by_role("button", name="Take these seats"))
    window.says(f"The show has its seats: {CSV_SEATS}.")
    hands.press(page.get_by_role("button", name="Publish the show"))
    window.says("“The Tempest” is published: its seats are on sale.")

    buyers = open_window(buyer)
    buyers.page.goto(f"/shows/{show.id}")
    buyers.seat("B7").click()
    buyers.shows(B7="yours")
    expect(buyers.page.locator(".basket-total")).to_contain_text("45.00 EUR")


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_show_gets_its_seats_from_a_plan_that_is_drawn_for_it(
    open_window: OpenWindow, scene: Scene, *, scripts: bool
) -> None:
    organizer = scene.user("Olga Organizer")
    show = scene.show(organizer, seats="")
    scene.unpublish(show)
    window = open_window(organizer, java_script_enabled=scripts)
    page = window.page
    page.goto(f"/organizer/shows/{show.id}")
    page.get_by_role("link", name="Draw one").click()
    page.get_by_label("Name of the plan").fill("Concert")
    press(page, "Begin to draw")
    window.says(re.compile("For The Tempest"))
    page.get_by_role("link", name="Look at it and save").click()
    expect(page.get_by_label("Venue", exact=True)).to_have_value("The Lantern")
    press(page, "Save the plan, and go on to the prices")
    window.says("“Concert” is saved at The Lantern, as version 1. One more look, and “The Tempest” has it.")
    page.get_by_label("Standard", exact=True).fill("45")
    press(page, "Take these seats")
    window.says("The show has its seats: 96.")
    press(page, "Publish the show")
    window.says("“The Tempest” is published: its seats are on sale.")


def test_an_organizer_sees_who_holds_and_who_bought_and_the_buyer_reads_of_the_cancellation(
    open_window: OpenWindow, scene: Scene
) -> None:
    organizer, buyer = scene.user("Olga Organizer"), scene.user("Bruno Buyer")
    show = scene.show(organizer)
    held = scene.hold(buyer, show, "A1", "A2")
    reservations.confirm(buyer, held[0].id)
    window, buyers = open_window(organizer), open_window(buyer)
    buyers.page.goto(f"/shows/{show.id}")
    buyers.shows(A1="yours", A2="yours", A3="available")

    window.page.goto("/organizer/")
    window.says("1 sold")
    window.page.get_by_role("link", name=show.title).click()
    rows = window.page.get_by_role("row")
    for seat, state in (("A1", "sold"), ("A2", "held")):
        expect(rows.filter(has=window.page.get_by_role("rowheader", name=seat, exact=True))).to_contain_text(
            re.compile(rf"{state}.*Bruno Buyer.*{buyer.email}.*45.00 EUR", re.DOTALL)
        )
    window.page.get_by_text("Cancel the show").click()
    window.page.get_by_role("button", name="Cancel “The Tempest”").click()
    window.says(re.compile("“The Tempest” is cancelled"))
    assert scene.statuses(show) == {"A1": ["CONFIRMED"], "A2": ["CANCELLED"]}
    assert shows.one(show.id).cancelled_at

    for _ in ("on the open page", "and on a new one"):
        buyers.says("This show was cancelled.")
        buyers.shows(A1="yours", A2="available")
        expect(buyers.seat("A3")).to_be_disabled()
        expect(buyers.page.get_by_role("button", name="Confirm this seat")).to_have_count(0)
        buyers.page.reload()
    buyers.page.goto("/reservations/")
    buyers.says("This show was cancelled.")


def test_nobody_but_its_organizer_sees_the_desk_of_a_show(open_window: OpenWindow, scene: Scene) -> None:
    show, other = scene.show(), scene.user()
    window = open_window(other)
    window.allow("the server responded with a status of 403")
    window.page.goto(f"/organizer/shows/{show.id}")
    window.says("Only those who run a show can do this with it.")
    expect(window.page.get_by_role("button", name="Add these seats")).to_have_count(0)


def press(page: Page, button: str) -> None:
    page.get_by_role("main").get_by_role("button", name=button).click()


def add_seats(page: Page, labels: str, category: str, price: str) -> None:
    form = page.locator("#add-seats")
    for label, text in {"Seat numbers": labels, "Category": category, "Price": price}.items():
        form.get_by_label(label).fill(text)
    press(page, "Add these seats")


def choose(page: Page, data: bytes) -> None:
    page.get_by_label("Plan file").set_input_files(FilePayload(name="hall.csv", mimeType="text/csv", buffer=data))
