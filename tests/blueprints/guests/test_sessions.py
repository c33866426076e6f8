"""Guests who sign in, up or out, and pages that were made for the guest they were."""

import pytest

from tests.blueprints.guests.cast import ADA, confirm, guest_with, link_in, lose_password, owners, seat_id
from tests.blueprints.reading import notices, words
from tests.scenes import PASSWORD, Scene


@pytest.mark.parametrize("by", ["/sign-in", "/sign-up"])
def test_who_signs_in_or_up_elsewhere_takes_the_seats_along(scene: Scene, by: str) -> None:
    show, user = scene.show(), scene.user()
    browser = guest_with(scene, show, "A1")
    new = {"name": "Eve", "email": "eve@example.com", "phone_number": "+358400000", "password": PASSWORD}
    browser.post(by, {"email": user.email, "password": PASSWORD} if by == "/sign-in" else new)
    assert owners(scene) == [(user.email if by == "/sign-in" else "eve@example.com", "HELD")]
    assert scene.rows("SELECT FROM users WHERE is_guest AND deleted_at IS NULL") == []
    assert "Confirm this seat" in words(browser.get(f"/shows/{show.id}"))


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


@pytest.mark.parametrize("who", ["nobody", "somebody else"])
def test_a_page_that_was_made_for_somebody_else_is_loaded_anew(scene: Scene, who: str) -> None:
    show, buyer = scene.show(), scene.user()
    asking = scene.browser(None if who == "nobody" else scene.user()).with_htmx()
    back = f"/shows/{show.id}/sections/stalls"
    answer = asking.get(f"/shows/{show.id}/basket?buyer={buyer.id}&next={back}")
    assert answer.headers["HX-Redirect"] == back
    assert "HX-Redirect" not in asking.get(f"/shows/{show.id}/basket").headers


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
