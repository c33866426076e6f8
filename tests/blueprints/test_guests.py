"""Buying before saying who one is: held at the first click, named at the confirmation, carried to another device."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.blueprints.reading import form_to, notices, partials, words
from tests.scenes import PASSWORD, Browser, Scene
from webapp.services import reservations
from webapp.services.asker import Asker
from webapp.services.baskets import BasketLink, token_of
from webapp.services.shows import Show

ADA = {
    "account": "new",
    "name": "Ada",
    "email": "Ada@example.com",
    "phone_number": "+358 40 123 4567",
    "new_password": PASSWORD,
}


def seat_id(scene: Scene, show: Show, number: str) -> int:
    """The id of a seat."""
    found: int = scene.rows("SELECT id FROM seats WHERE show_id = %s AND seat_number = %s", show.id, number)[0]["id"]
    return found


def guest_with(scene: Scene, show: Show, *numbers: str) -> Browser:
    """A stranger's browser that holds these seats, each by a click."""
    browser = scene.browser()
    browser.get(f"/shows/{show.id}")
    for number in numbers:
        held = browser.post(f"/shows/{show.id}/holds", {"seat_ids": seat_id(scene, show, number)})
        assert held.status_code == 303, held.text
    return browser


def confirm(scene: Scene, show: Show, browser: Browser, **typed: str) -> Any:
    """Send the basket's form with these details."""
    held = scene.rows("SELECT id FROM reservations WHERE show_id = %s AND status = 'HELD' ORDER BY id", show.id)
    form = {"reservation_ids": [row["id"] for row in held], "next": f"/shows/{show.id}", **typed}
    return browser.post(f"/shows/{show.id}/basket/confirm", form)


def owners(scene: Scene) -> list[tuple[str | None, str]]:
    """Whose each reservation is, by e-mail, and how it stands."""
    rows = scene.rows(
        "SELECT email, status FROM reservations JOIN users ON users.id = user_id ORDER BY reservations.id"
    )
    return [(row["email"], row["status"]) for row in rows]


def test_looking_at_a_show_makes_nobody(scene: Scene) -> None:
    show, browser = scene.show(), scene.browser()
    before = scene.rows("SELECT count(*) FROM users")
    for path in (f"/shows/{show.id}", f"/shows/{show.id}/basket", "/shows/", "/sign-in"):
        browser.get(path)
    assert scene.rows("SELECT count(*) FROM users") == before


def test_a_stranger_holds_seats_at_once_and_is_one_guest(scene: Scene) -> None:
    show = scene.show()
    browser = guest_with(scene, show, "A1", "A2")
    assert scene.statuses(show) == {"A1": ["HELD"], "A2": ["HELD"]}
    [guest] = scene.rows("SELECT name, email, password, guest_address FROM users WHERE is_guest")
    assert (guest["name"], guest["email"], guest["password"]) == ("Guest", None, None)
    assert "127" not in guest["guest_address"]
    page = browser.get(f"/shows/{show.id}")
    assert "Confirm all 2 seats" in words(page)
    assert "Sign in" in words(page)
    assert "Sign out" not in words(page)


def test_two_first_clicks_at_once_are_one_guests(scene: Scene) -> None:
    show, browser = scene.show(), scene.browser()
    browser.get(f"/shows/{show.id}")
    before = browser.flask.get_cookie("holdfast")
    assert before
    for number in ("A1", "A2"):
        browser.flask.set_cookie("holdfast", before.value)  # neither has had the answer to the other
        browser.post(f"/shows/{show.id}/holds", {"seat_ids": seat_id(scene, show, number)})
    assert len(scene.rows("SELECT DISTINCT user_id FROM reservations")) == 1
    assert "Confirm all 2 seats" in words(browser.get(f"/shows/{show.id}"))


def test_a_client_is_never_a_guest(scene: Scene) -> None:
    show = scene.show()
    browser = guest_with(scene, show, "A1")
    for path in (f"/shows/{show.id}/holds", f"/v1/shows/{show.id}/holds"):
        answer = browser.flask.post(path, json={"seat_numbers": ["A2"]})
        assert answer.status_code == 401
    assert browser.flask.get("/v1/reservations/").status_code == 401


def test_details_and_confirmation_are_one_form_and_make_an_account(scene: Scene) -> None:
    show = scene.show()
    browser = guest_with(scene, show, "A1", "A2")
    assert {"name", "email", "phone_number"} <= form_to(
        browser.get(f"/shows/{show.id}"), f"/shows/{show.id}/basket/confirm"
    ).values.keys()
    response = confirm(scene, show, browser, **ADA)
    assert owners(scene) == [("ada@example.com", "CONFIRMED")] * 2
    [ada] = scene.rows("SELECT * FROM users WHERE email = 'ada@example.com'")
    assert (ada["is_guest"], ada["guest_address"], ada["guest_browser"]) == (False, None, None)
    assert ada["password"].startswith("$argon2id$")
    assert (response.status_code, response.location) == (303, f"/shows/{show.id}")
    page = browser.get(f"/shows/{show.id}")
    assert notices(page) == [("success", "Seats A1, A2: yours. Enjoy the show.")]
    assert "Sign out" in words(page)
    assert "Your details" not in words(page)


@pytest.mark.parametrize(
    ("typed", "wrong"), [({"email": "ada"}, "email"), ({"phone_number": "1"}, "phone_number"), ({"name": ""}, "name")]
)
def test_what_was_typed_comes_back_with_what_is_wrong_and_nothing_ends(
    scene: Scene, typed: dict[str, str], wrong: str
) -> None:
    show = scene.show()
    browser = guest_with(scene, show, "A1")
    sent = {**ADA, **typed, "new_password": "a good password"}
    page = confirm(scene, show, browser, **sent)
    assert scene.statuses(show) == {"A1": ["HELD"]}
    assert page.status_code == 422
    form = form_to(page, f"/shows/{show.id}/basket/confirm")
    assert list(form.errors) == [wrong]
    assert {name: form.values[name] for name in ("name", "email", "phone_number")} == {
        name: sent[name] for name in ("name", "email", "phone_number")
    }
    assert "a good password" not in page.text
    fragment = confirm(scene, show, browser.with_htmx(), **sent)
    assert fragment.status_code == 422
    assert partials(fragment) == ["#basket-details", "#notice", "#refusal"]
    assert f'value="{sent["name"]}"' in fragment.text


def test_an_address_that_has_an_account_lets_no_stranger_in(scene: Scene) -> None:
    show, user = scene.show(), scene.user("Ada")
    browser = guest_with(scene, show, "A1")
    page = confirm(scene, show, browser, **{**ADA, "email": user.email})
    assert (page.status_code, owners(scene)) == (409, [(None, "HELD")])
    assert re.search(r'value="mine" checked', page.text), "asks for the password, on the same page"
    wrong = confirm(scene, show, browser, account="mine", email=user.email, password="guessed")
    assert (wrong.status_code, owners(scene)) == (401, [(None, "HELD")])
    assert "E-mail and password do not belong together." in words(wrong)
    assert browser.get("/account").status_code == 303
    confirm(scene, show, browser, account="mine", email=user.email, password=PASSWORD, name="Ada", phone_number="1")
    assert owners(scene) == [(user.email, "CONFIRMED")]


def test_without_a_password_nothing_is_sold_and_nothing_lost(scene: Scene) -> None:
    show = scene.show()
    page = confirm(scene, show, guest_with(scene, show, "A1"), **{**ADA, "new_password": ""})
    assert page.status_code == 422
    assert owners(scene) == [(None, "HELD")]


def test_a_sale_whose_answer_never_arrived_is_found_again_by_signing_in(scene: Scene) -> None:
    show = scene.show()
    confirm(scene, show, guest_with(scene, show, "A1"), **ADA)
    elsewhere = scene.browser()
    elsewhere.sign_in("ada@example.com")
    assert "row A, seat 1" in words(elsewhere.get("/reservations/"))


def lose_password(scene: Scene) -> None:
    """Let the account be one that never had a password."""
    with scene.connected() as connection:
        connection.execute("UPDATE users SET password = NULL WHERE email = 'ada@example.com'")


def test_an_account_without_a_password_is_signed_in_to_by_nobody(scene: Scene) -> None:
    show = scene.show()
    confirm(scene, show, guest_with(scene, show, "A1"), **ADA)
    lose_password(scene)
    stranger = guest_with(scene, show, "A2")
    for password in ("", "None", "a guess"):
        page = confirm(scene, show, stranger, account="mine", email="ada@example.com", password=password)
        assert page.status_code in {401, 422}
    assert owners(scene)[1] == (None, "HELD")


def test_over_the_limit_of_the_account_nothing_is_lost(scene: Scene) -> None:
    show, user = scene.show(seat_limit=2), scene.user()
    reservations.confirm(user, scene.hold(user, show, "A9")[0].id)
    browser = guest_with(scene, show, "A1", "A2")
    typed = {"account": "mine", "email": str(user.email), "password": PASSWORD}
    page = confirm(scene, show, browser, **typed)
    assert page.status_code == 409
    assert "more than 2" in words(page)
    assert form_to(page, f"/shows/{show.id}/basket/confirm").values["email"] == user.email
    assert scene.statuses(show) == {"A9": ["CONFIRMED"], "A1": ["HELD"], "A2": ["HELD"]}
    refused = browser.post("/sign-in", {"email": user.email, "password": PASSWORD})
    assert refused.status_code == 409
    assert "more than 2" in words(refused)
    assert "Confirm all 2 seats" in words(browser.get(f"/shows/{show.id}"))


@pytest.mark.parametrize("by", ["/sign-in", "/sign-up"])
def test_who_signs_in_or_up_elsewhere_takes_the_seats_along(scene: Scene, by: str) -> None:
    show, user = scene.show(), scene.user()
    browser = guest_with(scene, show, "A1")
    new = {"name": "Eve", "email": "eve@example.com", "phone_number": "+358400000", "password": PASSWORD}
    browser.post(by, {"email": user.email, "password": PASSWORD} if by == "/sign-in" else new)
    assert owners(scene) == [(user.email if by == "/sign-in" else "eve@example.com", "HELD")]
    assert scene.rows("SELECT FROM users WHERE is_guest AND deleted_at IS NULL") == []
    assert "Confirm this seat" in words(browser.get(f"/shows/{show.id}"))


def test_a_guest_sees_and_releases_their_seats_and_confirms_and_organizes_nothing(scene: Scene) -> None:
    show = scene.show()
    browser = guest_with(scene, show, "A1", "A2")
    first, second = (row["id"] for row in scene.rows("SELECT id FROM reservations ORDER BY id"))
    assert "row A, seat 1" in words(browser.get("/reservations/"))
    for path in (f"/reservations/{first}/confirm", "/organizer/shows/new", "/account/delete"):
        led = browser.post(path)
        assert (led.status_code, led.location.partition("?")[0]) == (303, "/sign-in")
    browser.post(f"/reservations/{second}/release")
    assert scene.statuses(show) == {"A1": ["HELD"], "A2": ["CANCELLED"]}


def test_signing_out_as_a_guest_ends_nothing_and_nobody_else_becomes_that_guest(scene: Scene) -> None:
    show = scene.show()
    browser = guest_with(scene, show, "A1")
    browser.post("/sign-out")
    page = browser.get("/shows/")
    assert notices(page) == [("success", "You are signed out. What you hold stays held until its time is over.")]
    browser.get(f"/shows/{show.id}")
    browser.post(f"/shows/{show.id}/holds", {"seat_ids": seat_id(scene, show, "A2")})
    assert scene.statuses(show) == {"A1": ["HELD"], "A2": ["HELD"]}
    assert len(scene.rows("SELECT DISTINCT user_id FROM reservations")) == 2


def test_who_bought_without_a_password_sets_one_before_signing_out(scene: Scene) -> None:
    show = scene.show()
    browser = guest_with(scene, show, "A1")
    confirm(scene, show, browser, **ADA)
    lose_password(scene)
    browser.get("/account")
    assert browser.post("/sign-out").location == "/account"
    assert browser.get("/account").status_code == 200
    browser.post("/account/first-password", {"new_password": PASSWORD})
    scene.browser().sign_in("ada@example.com")
    assert browser.post("/account/first-password", {"new_password": "another one"}).status_code == 401
    assert browser.post("/sign-out").location == "/shows/"


def test_guests_of_one_address_do_not_hoard(scene: Scene) -> None:
    show = scene.show(seats="A1-A30")
    for number in range(1, 21, 10):
        guest_with(scene, show, *(f"A{one}" for one in range(number, number + 10)))
    browser = scene.browser()
    browser.get(f"/shows/{show.id}")
    refused = browser.with_htmx().post(f"/shows/{show.id}/holds", {"seat_ids": seat_id(scene, show, "A21")})
    assert len(scene.statuses(show)) == 20
    assert refused.status_code == 409
    assert "Sign in or sign up to hold more" in words(refused)
    scene.hold(scene.user(), show, "A21")


def test_the_basket_alone_is_for_htmx_and_programs_and_a_browser_finds_it_on_the_page(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    live, lapsed = scene.hold(buyer, show, "A1", "A2")
    scene.lapse(lapsed)
    browser = scene.browser(buyer)
    led = browser.get(f"/shows/{show.id}/basket")
    assert (led.status_code, led.location) == (303, f"/shows/{show.id}")
    fragment = browser.with_htmx().get(f"/shows/{show.id}/basket")
    assert partials(fragment)[:3] == [f"#seat-{live.seat_id}", f"#seat-{lapsed.seat_id}", "#basket"]
    assert "#notice" not in partials(fragment)
    assert "#refusal" not in partials(fragment)
    assert [one["id"] for one in scene.client(buyer).get(f"/shows/{show.id}/basket").json or ()] == [live.id]


@pytest.mark.parametrize("who", ["nobody", "somebody else"])
def test_a_page_that_was_made_for_somebody_else_is_loaded_anew(scene: Scene, who: str) -> None:
    show, buyer = scene.show(), scene.user()
    asking = scene.browser(None if who == "nobody" else scene.user()).with_htmx()
    back = f"/shows/{show.id}/sections/stalls"
    answer = asking.get(f"/shows/{show.id}/basket?buyer={buyer.id}&next={back}")
    assert answer.headers["HX-Redirect"] == back
    assert "HX-Redirect" not in asking.get(f"/shows/{show.id}/basket").headers


def test_a_page_learns_how_the_seats_stand_that_it_still_shows_as_its_readers(scene: Scene) -> None:
    show, other = scene.show(), scene.user()
    [held, sold] = scene.hold(other, show, "A1", "A2")
    reservations.confirm(other, sold.id)
    free = seat_id(scene, show, "A3")
    shown = [held.seat_id, sold.seat_id, free, 999_999_999_999_999_999_999, "x"]
    for asking in (scene.browser(), scene.browser(scene.user())):
        address = f"/shows/{show.id}/basket?" + "&".join(f"seat_ids={seat}" for seat in shown)
        answer = asking.with_htmx().get(address)
        for seat, state in ((held.seat_id, "held"), (sold.seat_id, "sold"), (free, "available")):
            assert re.search(f'id="seat-{seat}"[^>]* data-availability="{state}"', answer.text)


def test_seats_whose_time_was_over_are_offered_again_by_a_plain_form(scene: Scene) -> None:
    show, buyer = scene.show(price=1000), scene.user()
    mine, lost = scene.hold(buyer, show, "A1", "A2")
    scene.lapse(mine, lost)
    page = scene.browser(buyer).get(f"/shows/{show.id}")
    assert "row A, seat 1: free again" not in words(page), "an hour ago is long ago"
    with scene.history() as connection:
        ended = "SET created_at = now() - interval '11 minutes', hold_expiry = now() - interval '1 minute'"
        connection.execute(f"UPDATE reservations {ended}")
    scene.hold(scene.user(), show, "A2")
    browser = scene.browser(buyer)
    page = browser.get(f"/shows/{show.id}")
    assert "row A, seat 1: free again row A, seat 2: somebody else has it now" in words(page)
    assert "Take the free one again, 10.00 EUR" in words(page)
    browser.post(f"/shows/{show.id}/holds", {"seat_ids": mine.seat_id})
    assert scene.statuses(show)["A1"][-1] == "HELD"
    assert "free again" not in words(browser.get(f"/shows/{show.id}"))


def test_five_more_minutes_are_had_once_in_every_tongue(scene: Scene) -> None:
    show = scene.show()
    for through in ("page", "htmx", "json"):
        buyer = scene.user()
        [held] = scene.hold(buyer, show, f"A{1 + len(scene.statuses(show))}")
        browser = scene.browser(buyer)
        assert "5 more minutes" in words(browser.get(f"/shows/{show.id}"))
        for _ in range(2):
            if through == "json":
                [answer] = scene.client(buyer).post(f"/shows/{show.id}/basket/extend").json or ()
                assert answer["id"] == held.id
            else:
                asking = browser.with_htmx() if through == "htmx" else browser
                response = asking.post(f"/shows/{show.id}/basket/extend")
                assert response.status_code == (200 if through == "htmx" else 303)
                browser.htmx = False
            [row] = scene.rows("SELECT hold_expiry - created_at AS life FROM reservations WHERE id = %s", held.id)
            assert row["life"].total_seconds() == 15 * 60
        assert "5 more minutes" not in words(browser.get(f"/shows/{show.id}"))


def link_in(page: Any) -> str:
    """The path of the link that carries a basket."""
    found = re.search(r'href="http://localhost(/baskets/[^"]+)"', page.text)
    assert found
    return found[1]


def test_a_link_carries_the_basket_to_another_device_and_signs_in_nowhere(scene: Scene) -> None:
    show = scene.show()
    here, there = guest_with(scene, show, "A1", "A2"), scene.browser()
    link = link_in(here.get(f"/shows/{show.id}"))
    page = there.get(link)
    assert "Continue here with these 2 seats" in words(page)
    assert "Release" not in words(there.get(f"/shows/{show.id}")), "looking at a link takes nothing"
    there.get(link)
    assert there.post(link).location == f"/shows/{show.id}"
    assert "Confirm all 2 seats" in words(there.get(f"/shows/{show.id}"))
    assert there.get(link).location == f"/shows/{show.id}", "twice is told, not refused"
    code = here.flask.get(f"{link}/code.svg")
    assert code.mimetype == "image/svg+xml"
    assert b"style=" not in code.data
    confirm(scene, show, there, **ADA)
    assert owners(scene) == [("ada@example.com", "CONFIRMED")] * 2
    assert here.get("/account").status_code == 303, "the first device is nobody now"
    gone = here.get(link)
    assert gone.status_code == 409
    assert "confirmed, or in an account by now" in words(gone)


def test_a_link_that_is_forged_or_over_is_refused_with_a_sentence(scene: Scene) -> None:
    show = scene.show()
    browser = guest_with(scene, show, "A1")
    link = link_in(browser.get(f"/shows/{show.id}"))
    for forged in (link[:-1], link[:-4] + "AAAA", "/baskets/x", "/baskets/WzEsMSwxXQ.abc"):
        page = scene.browser().get(forged)
        assert page.status_code == 404
        assert "This link to a basket is not complete" in words(page)
    scene.lapse(*reservations_of(scene))
    over = scene.browser().get(link)
    assert over.status_code == 409
    assert "The time of this basket is over" in words(over)


def test_a_link_opened_where_somebody_is_signed_in_brings_the_seats_into_the_account(scene: Scene) -> None:
    show, user = scene.show(), scene.user()
    link = link_in(guest_with(scene, show, "A1").get(f"/shows/{show.id}"))
    there = scene.browser(user)
    there.get(link)
    there.post(link)
    assert owners(scene) == [(user.email, "HELD")]


def test_who_goes_on_by_a_link_is_never_again_the_guest_they_were(scene: Scene) -> None:
    show = scene.show()
    here = guest_with(scene, show, "A1")
    link = link_in(guest_with(scene, show, "A2").get(f"/shows/{show.id}"))
    here.get(link)
    here.post(link)
    [carried] = scene.rows("SELECT max(id) AS id FROM reservations")
    confirm(scene, show, here, **{**ADA, "new_password": PASSWORD, "reservation_ids": str(carried["id"])})
    here.post("/sign-out")
    here.get(f"/shows/{show.id}")
    here.post(f"/shows/{show.id}/holds", {"seat_numbers": "A3"})
    assert "Confirm this seat" in words(here.get(f"/shows/{show.id}")), "A3, and not A1 of who was here before"
    assert scene.statuses(show) == {"A1": ["HELD"], "A2": ["CONFIRMED"], "A3": ["HELD"]}


def test_an_answer_to_the_guest_one_was_does_not_end_the_session_of_the_account(scene: Scene) -> None:
    show = scene.show()
    browser = guest_with(scene, show, "A1")
    [cookie, form_token] = [browser.flask.get_cookie("holdfast"), browser.csrf_token]
    confirm(scene, show, browser, **ADA)
    assert cookie
    late = scene.browser()
    late.flask.set_cookie("holdfast", cookie.value)
    late.csrf_token = form_token
    [row] = scene.rows("SELECT id FROM reservations")
    answers = [
        late.get(f"/shows/{show.id}"),
        late.with_htmx().get(f"/shows/{show.id}/basket"),
        late.post(f"/shows/{show.id}/basket/confirm", {**ADA, "reservation_ids": row["id"]}),
    ]
    assert [answer.headers.get("Set-Cookie") for answer in answers] == [None] * 3
    assert owners(scene) == [("ada@example.com", "CONFIRMED")]


def test_a_click_that_comes_late_does_not_end_the_session_of_the_account(scene: Scene) -> None:
    show = scene.show()
    browser = guest_with(scene, show, "A1")
    cookie, form_token = browser.flask.get_cookie("holdfast"), browser.csrf_token
    confirm(scene, show, browser, **ADA)
    assert cookie
    late = scene.browser()
    late.flask.set_cookie("holdfast", cookie.value)
    late.csrf_token = form_token
    answer = late.post(f"/shows/{show.id}/holds", {"seat_ids": seat_id(scene, show, "A2")})
    assert (answer.status_code, answer.headers.get("Set-Cookie")) == (303, None)
    assert answer.location.startswith("/sign-in")
    assert scene.statuses(show) == {"A1": ["CONFIRMED"]}


def test_a_copy_of_the_session_from_before_the_first_hold_is_somebody_else(scene: Scene) -> None:
    show, browser, copy = scene.show(), scene.browser(), scene.browser()
    browser.get(f"/shows/{show.id}")
    cookie = browser.flask.get_cookie("holdfast")
    assert cookie
    copy.flask.set_cookie("holdfast", cookie.value)
    copy.csrf_token = browser.csrf_token
    browser.post(f"/shows/{show.id}/holds", {"seat_ids": seat_id(scene, show, "A1")})
    with scene.connected() as connection:
        connection.execute("UPDATE users SET created_at = created_at - interval '1 minute' WHERE is_guest")
    copy.post(f"/shows/{show.id}/holds", {"seat_ids": seat_id(scene, show, "A2")})
    assert "row A, seat 1" not in words(copy.get("/reservations/"))
    assert len({row["user_id"] for row in scene.rows("SELECT user_id FROM reservations")}) == 2
    assert "row A, seat 1" in words(browser.get("/reservations/"))


@pytest.mark.parametrize("ids", ["999999", "lapsed"])
def test_a_confirmation_that_is_refused_makes_no_account(scene: Scene, ids: str) -> None:
    show = scene.show()
    browser = guest_with(scene, show, "A1")
    held = reservations_of(scene)
    if ids == "lapsed":
        scene.lapse(*held)
    form = {**ADA, "reservation_ids": ids if ids.isdigit() else held[0].id}
    answer = browser.post(f"/shows/{show.id}/basket/confirm", form)
    assert answer.status_code == (404 if ids.isdigit() else 409)
    assert scene.rows("SELECT FROM users WHERE email = %s", ADA["email"].lower()) == []


def test_a_refused_press_makes_no_guest_and_a_line_break_breaks_nothing(scene: Scene) -> None:
    show, browser = scene.show(), scene.browser()
    browser.get(f"/shows/{show.id}")
    browser.post(f"/shows/{show.id}/holds", {"seat_ids": "x"})
    assert scene.rows("SELECT FROM users WHERE is_guest") == []
    seat = seat_id(scene, show, "A1")
    answer = browser.post(f"/shows/{show.id}/holds", {"seat_ids": f"{seat}\n", "next": f"/shows/{show.id}"})
    assert (answer.status_code, answer.location) == (303, f"/shows/{show.id}#seat-{seat}")


def test_a_link_says_nothing_of_the_next_basket(scene: Scene) -> None:
    show = scene.show()
    guest_with(scene, show, "A1")
    [guest] = scene.rows("SELECT id, token_version FROM users WHERE is_guest")
    for ended, status in ((timedelta(minutes=1), 200), (timedelta(0), 409)):
        link = BasketLink(guest["id"], guest["token_version"], show.id, datetime.now(UTC) + ended)
        token = token_of(link, key=scene.app.config["SECRET_KEY"])
        assert scene.browser().get(f"/baskets/{token}").status_code == status


@pytest.mark.parametrize("by", ["/sign-in", "/sign-up"])
def test_nobody_leaves_an_account_without_a_password_by_another_one(scene: Scene, by: str) -> None:
    show, other = scene.show(), scene.user()
    browser = guest_with(scene, show, "A1")
    confirm(scene, show, browser, **ADA)
    lose_password(scene)
    new = {"name": "Eve", "email": "eve@example.com", "phone_number": "+358400000", "password": PASSWORD}
    browser.get("/account")
    response = browser.post(by, new if by == "/sign-up" else {"email": other.email, "password": PASSWORD})
    assert (response.status_code, response.location) == (303, "/account")
    assert "Set one first." in words(browser.get("/account"))
    assert "row A, seat 1" in words(browser.get("/reservations/"))


def reservations_of(scene: Scene) -> list[reservations.Reservation]:
    """All reservations, for `lapse`."""
    [row] = scene.rows("SELECT user_id FROM reservations LIMIT 1")
    return list(reservations.of_buyer(Asker(row["user_id"], "Guest", None, None, "page", is_guest=True)))
