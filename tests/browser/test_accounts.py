"""Accounts in the browser: what ends a session, and how one comes back."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenWindow
from tests.scenes import PASSWORD, Scene
from webapp.services import reservations

NEW_PASSWORD = "another horse entirely"
UNAUTHORIZED = "the server responded with a status of 401"


def test_a_wrong_password_is_told_and_the_address_stays_in_the_form(open_window: OpenWindow, scene: Scene) -> None:
    buyer = scene.user()
    window = open_window()
    window.allow(UNAUTHORIZED)
    window.page.goto("/sign-in")
    sign_in(window.page, buyer.email, "a wrong one")
    window.says("do not belong together")
    expect(window.page.get_by_label("E-mail")).to_have_value(buyer.email)
    expect(window.page.get_by_label("Password")).to_have_value("")


def test_a_new_password_signs_out_every_other_browser_and_the_old_one_is_refused(
    open_window: OpenWindow, scene: Scene
) -> None:
    show, buyer = scene.show(), scene.user("Bruno Buyer")
    here, elsewhere = open_window(buyer), open_window(buyer)
    here.allow("the server responded with a status of 4")
    elsewhere.allow(UNAUTHORIZED)
    elsewhere.page.goto(f"/shows/{show.id}")
    here.page.goto("/account")
    change_password(here.page, "not the old one", NEW_PASSWORD)
    expect(here.page.get_by_role("alert").first).to_be_visible()
    change_password(here.page, PASSWORD, NEW_PASSWORD)
    here.says("Your password is changed; other devices are signed out.")

    elsewhere.page.goto("/account")
    expect(elsewhere.page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert scene.statuses(show) == {}
    sign_in(elsewhere.page, buyer.email, PASSWORD)
    elsewhere.says("do not belong together")
    sign_in(elsewhere.page, buyer.email, NEW_PASSWORD)
    expect(elsewhere.page.get_by_role("heading", name="Your account")).to_be_visible()
    here.page.goto("/reservations/")
    expect(here.page.get_by_role("heading", name="My seats"), "this browser stays signed in").to_be_visible()


def test_an_account_is_deleted_its_hold_freed_and_its_sale_kept(open_window: OpenWindow, scene: Scene) -> None:
    show, buyer = scene.show(), scene.user("Bruno Buyer")
    held = scene.hold(buyer, show, "A1", "A2")
    reservations.confirm(buyer, held[0].id)
    window = open_window(buyer)
    window.allow(UNAUTHORIZED)
    page = window.page
    page.goto("/shows/")
    page.get_by_role("link", name="Bruno Buyer").click()
    page.get_by_text("Delete the account").first.click()
    form = page.get_by_role("group").filter(has_text="This cannot be undone")
    form.get_by_label("Password").fill(PASSWORD)
    form.get_by_role("button", name="Delete the account for good").click()
    window.says("Your account is deleted.")
    assert scene.statuses(show) == {"A1": ["CONFIRMED"], "A2": ["CANCELLED"]}
    page.goto(f"/shows/{show.id}")
    window.shows(A1="sold", A2="available")
    page.goto("/sign-in")
    sign_in(page, buyer.email, PASSWORD)
    window.says("do not belong together")


def test_after_a_session_ended_in_another_tab_the_next_click_holds_as_a_guest_and_signing_in_takes_it_along(
    open_window: OpenWindow, scene: Scene
) -> None:
    show, buyer = scene.show(), scene.user("Bruno Buyer")
    for javascript, number in ((True, "A1"), (False, "A2")):
        window = open_window(buyer, java_script_enabled=javascript)
        window.allow("/code.svg net::ERR_ABORTED")  # left before the picture of the link came
        window.page.goto(f"/shows/{show.id}")
        other = window.context.new_page()
        other.goto("/shows/")
        other.get_by_role("button", name="Sign out").click()
        expect(other.get_by_text("You are signed out.")).to_be_visible()

        window.seat(number).click()
        window.shows(**{number: "yours"})
        window.page.goto(f"/sign-in?next=/shows/{show.id}")
        sign_in(window.page, str(buyer.email), PASSWORD)
        window.says("Welcome back, Bruno Buyer.")
        window.shows(**{number: "yours"})
    assert scene.rows("SELECT DISTINCT user_id FROM reservations") == [{"user_id": buyer.id}]


def test_a_page_left_open_past_its_session_leads_to_sign_in_when_its_hold_ends(
    open_window: OpenWindow, scene: Scene
) -> None:
    buyer = scene.user()
    held = scene.hold(buyer, scene.show(), "A1")
    window = open_window(buyer)
    window.page.clock.install()
    window.page.goto("/reservations/")
    window.context.clear_cookies()
    scene.lapse(*held)
    window.jump("10:02")
    expect(window.page.get_by_role("heading", name="Sign in")).to_be_visible()


def sign_in(page: Page, email: str, password: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def change_password(page: Page, old: str, new: str) -> None:
    page.get_by_label("Current password").fill(old)
    page.get_by_label("New password").fill(new)
    page.get_by_role("button", name="Change the password").click()
