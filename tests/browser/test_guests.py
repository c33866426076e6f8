"""Buying without an account: with and without JavaScript, on one device and on another, and by the clock."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenWindow
from tests.browser.hands import Hands, Keyboard, Mouse, has_focus
from tests.browser.windows import Window, deafen
from tests.scenes import PASSWORD, Scene
from webapp.services import reservations
from webapp.services.asker import Asker

WITHOUT_JAVASCRIPT = {"java_script_enabled": False}
REFUSED = "the server responded with a status of 4"


def choose(window: Window, hands: Hands, number: str) -> None:
    """Press a seat: by the keyboard, of which the map is one stop, along its row."""
    if isinstance(hands, Keyboard):
        tab_stop = window.page.locator('#seat-map .seat:not([tabindex="-1"])').first
        hands._tab_to(tab_stop)
        window.page.keyboard.press("Home")
        while not has_focus(window.seat(number)):
            window.page.keyboard.press("ArrowRight")
        window.page.keyboard.press("Space")
    else:
        hands.press(window.seat(number))


def introduce(window: Window, hands: Hands, email: str = "ada@example.com") -> None:
    """Type who one is."""
    page = window.page
    hands.write("Ada Lovelace", page.get_by_label("Name"))
    hands.write(email, page.get_by_label("E-mail"))
    hands.write("+358 40 123 4567", page.get_by_label("Phone number"))
    hands.write(PASSWORD, page.get_by_label("Choose a password"))


@pytest.mark.parametrize(
    ("hands", "browser_is"),
    [
        pytest.param(Mouse(), {}, id="with a mouse"),
        pytest.param(Keyboard(), {}, id="with the keyboard alone"),
        pytest.param(Mouse(), WITHOUT_JAVASCRIPT, id="without JavaScript"),
    ],
)
def test_a_stranger_holds_two_seats_gives_one_back_says_who_they_are_and_has_bought(
    hands: Hands, browser_is: dict[str, bool], open_window: OpenWindow, scene: Scene
) -> None:
    show = scene.show(seats="A1-A5")
    window = open_window(**browser_is)
    page = window.page
    page.goto(f"/shows/{show.id}")
    expect(page.get_by_label("Name")).not_to_be_visible()
    for number in ("A3", "A4"):
        choose(window, hands, number)
        window.shows(**{number: "yours"})
    assert scene.statuses(show) == {"A3": ["HELD"], "A4": ["HELD"]}
    hands.press(page.get_by_role("button", name="Release row A, seat 3"))
    window.shows(A3="available")
    introduce(window, hands)
    hands.press(page.get_by_role("button", name="Confirm this seat"))
    window.says("Seat A4: yours. Enjoy the show.")
    if not browser_is:
        expect(page.locator("#notice"), "the keyboard goes on where that is said").to_be_focused()
    assert scene.statuses(show) == {"A3": ["CANCELLED"], "A4": ["CONFIRMED"]}
    expect(page.get_by_role("link", name="Ada Lovelace")).to_be_visible()
    expect(page.get_by_label("Name")).to_have_count(0)
    hands.press(page.get_by_role("link", name="My seats", exact=True))
    expect(page.locator(".ticket[data-status=CONFIRMED]")).to_have_count(1)


def test_what_is_typed_stays_while_seats_are_held_released_extended_and_lapse(
    open_window: OpenWindow, scene: Scene
) -> None:
    show = scene.show()
    window = open_window()
    page = window.page
    page.clock.install()
    deafen(window)
    page.goto(f"/shows/{show.id}")
    window.seat("A1").click()
    window.shows(A1="yours")
    page.get_by_label("Name").fill("Ada Lovelace")
    page.get_by_label("Choose a password").fill("half a passw")
    window.seat("A2").click()
    window.shows(A2="yours")
    page.get_by_role("button", name="Release row A, seat 1").click()
    window.shows(A1="available")
    page.get_by_role("button", name="5 more minutes").first.click()
    window.says("Your seats are held until")
    scene.lapse(*held_by_guest(scene))
    window.jump("15:02")
    window.says("Your time is up")
    window.shows(A2="available")
    window.seat("A3").click()
    window.shows(A3="yours")
    expect(page.get_by_label("Name")).to_have_value("Ada Lovelace")
    expect(page.get_by_label("Choose a password")).to_have_value("half a passw")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_who_has_an_account_already_signs_in_on_the_same_page_and_loses_nothing(
    *, javascript: bool, open_window: OpenWindow, scene: Scene
) -> None:
    show, user = scene.show(), scene.user("Ada Lovelace")
    window = open_window(java_script_enabled=javascript)
    window.allow(REFUSED)
    page = window.page
    page.goto(f"/shows/{show.id}")
    window.seat("A1").click()
    window.shows(A1="yours")
    introduce(window, Mouse(), str(user.email))
    page.get_by_role("button", name="Confirm this seat").click()
    password = page.get_by_label("Password of your account")
    expect(password).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value(str(user.email))
    password.fill("a wrong one")
    password.press("Enter")
    window.says("do not belong together")
    assert scene.statuses(show) == {"A1": ["HELD"]}
    page.get_by_label("I am new here").check()
    expect(page.get_by_label("Name")).to_have_value("Ada Lovelace")
    page.get_by_label("I have an account").check()
    password.fill(PASSWORD)
    password.press("Enter")
    window.says("Seat A1: yours. Enjoy the show.")
    assert scene.rows("SELECT user_id, status FROM reservations") == [{"user_id": user.id, "status": "CONFIRMED"}]


def test_a_link_carries_the_seats_to_a_phone(open_window: OpenWindow, scene: Scene) -> None:
    show = scene.show()
    desk, phone = open_window(), open_window()
    desk.page.goto(f"/shows/{show.id}")
    for number in ("A1", "A2", "A3"):
        desk.seat(number).click()
        desk.shows(**{number: "yours"})
    desk.page.get_by_text("Go on with another device").click()
    picture = desk.page.get_by_alt_text("QR code of the link below")
    expect(picture).to_be_visible()
    desk.page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=picture.element_handle())
    link = desk.page.locator(".basket-address a").get_attribute("href")
    phone.page.goto(str(link))
    phone.page.get_by_role("button", name="Continue here with these 3 seats").click()
    phone.shows(A1="yours", A2="yours", A3="yours")
    introduce(phone, Mouse())
    phone.page.get_by_role("button", name="Confirm all 3 seats").click()
    phone.says("Seats A1, A2, A3: yours. Enjoy the show.")
    desk.shows(A1="sold", A2="sold", A3="sold")


def test_two_minutes_before_the_end_the_page_warns_and_one_click_gives_more_time(
    open_window: OpenWindow, scene: Scene
) -> None:
    show, buyer = scene.show(), scene.user()
    [held] = scene.hold(buyer, show, "A1")
    window = open_window(buyer)
    page = window.page
    page.clock.install()
    page.goto(f"/shows/{show.id}")
    warning, more = page.locator(".basket-warning"), page.locator("#extend")
    expect(more).to_be_visible()
    expect(warning).not_to_be_visible()
    window.jump("08:30")
    expect(warning).to_be_visible()
    expect(page.locator("#clock-notice")).to_contain_text("“5 more minutes” gives you more time")
    more.click()
    window.says("Your seats are held until")
    expect(more).to_have_count(0)
    [row] = scene.rows("SELECT hold_expiry - created_at AS life FROM reservations WHERE id = %s", held.id)
    assert row["life"].total_seconds() == 15 * 60


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_at_the_end_the_page_says_which_seats_went_and_takes_them_again(
    *, javascript: bool, open_window: OpenWindow, scene: Scene
) -> None:
    show, buyer = scene.show(), scene.user()
    held = scene.hold(buyer, show, "A1", "A2")
    window = open_window(buyer, java_script_enabled=javascript)
    page = window.page
    page.clock.install()
    if javascript:
        deafen(window)
    page.goto(f"/shows/{show.id}")
    with scene.history() as connection:
        connection.execute(
            """
            UPDATE reservations
            SET created_at = now() - interval '11 minutes', hold_expiry = now() - interval '1 minute',
                changed_xid = pg_current_xact_id()
            """
        )
    scene.hold(scene.user(), show, "A2")
    if javascript:
        window.jump("10:02")
        window.says("Your time is up")
    else:
        page.reload()
    window.shows(A1="available", A2="held")
    window.says(re.compile("row A, seat 2: somebody else has it now"))
    page.get_by_role("button", name="Take the free one again").click()
    window.shows(A1="yours")
    expect(page.locator(".basket-lapsed")).to_contain_text("seat 2")
    assert scene.statuses(show)["A1"][-1] == "HELD"
    assert held[0].user_id == buyer.id


def held_by_guest(scene: Scene) -> list[reservations.Reservation]:
    """What the one guest holds, for `lapse`."""
    [row] = scene.rows("SELECT id FROM users WHERE is_guest")
    return list(
        reservations.of_buyer(
            Asker(row["id"], "Guest", None, None, "page", is_guest=True), reservations.Wanted(status="HELD")
        )
    )
