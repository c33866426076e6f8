"""Accounts in the browser: sign up, sign in and come back, change the password, leave."""

import re
from collections.abc import Mapping

import pytest

from tests.blueprints.reading import form_to, notices, words
from tests.scenes import PASSWORD, Browser, Scene

ADA = {"name": "Ada", "phone_number": "+358 40 123 4567", "email": "ada@example.com", "password": "a long password"}


def is_signed_in(browser: Browser) -> bool:
    """Whether the browser is somebody's."""
    return browser.get("/account").status_code == 200


OPEN_TO_LEAVE = '<details class="sheet danger-zone" open>'


def test_who_signs_up_is_signed_in_and_welcomed(scene: Scene) -> None:
    browser = scene.browser()
    browser.get("/sign-up")
    response = browser.post("/sign-up", ADA)
    assert [row["email"] for row in scene.rows("SELECT email FROM users")] == ["ada@example.com"]
    assert (response.status_code, response.location) == (303, "/shows/")
    assert notices(browser.get("/shows/")) == [("success", "Welcome, Ada.")]
    assert is_signed_in(browser)


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("phone_number", "12"), ("email", "ada"), ("password", "short")]
)
def test_a_form_comes_back_with_what_was_typed_and_the_error_at_its_field(scene: Scene, field: str, value: str) -> None:
    browser = scene.browser()
    browser.get("/sign-up")
    typed = {**ADA, field: value}
    page = browser.post("/sign-up", typed)
    assert scene.rows("SELECT FROM users") == []
    assert page.status_code == 422
    form = form_to(page, "/sign-up")
    assert list(form.errors) == [field]
    assert {name: form.values[name] for name in typed} == {**typed, "password": ""}
    assert typed["password"] not in page.text or field == "password"
    assert PASSWORD not in page.text


def test_an_address_that_is_taken_is_told_at_its_field(scene: Scene) -> None:
    user = scene.user()
    browser = scene.browser()
    browser.get("/sign-up")
    page = browser.post("/sign-up", {**ADA, "email": user.email})
    assert len(scene.rows("SELECT FROM users")) == 1
    assert page.status_code == 409
    form = form_to(page, "/sign-up")
    assert form.errors == {"email": ["An account with this e-mail address exists. Sign in instead."]}
    assert ADA["password"] not in page.text


def test_a_wrong_password_is_told_and_never_shown_again(scene: Scene) -> None:
    user, browser = scene.user(), scene.browser()
    browser.get("/sign-in")
    page = browser.post("/sign-in", {"email": user.email, "password": "not the password"})
    assert page.status_code == 401
    assert "E-mail and password do not belong together." in words(page)
    form = form_to(page, "/sign-in")
    assert (form.values["email"], form.values["password"]) == (user.email, "")
    assert "not the password" not in page.text
    assert not is_signed_in(browser)


def test_who_wanted_a_seat_comes_back_to_it_after_signing_in(scene: Scene) -> None:
    user, show, browser = scene.user("Ada"), scene.show(), scene.browser()
    seat_id = scene.rows("SELECT id FROM seats WHERE seat_number = 'A7'")[0]["id"]
    page = browser.get(f"/sign-in?next=/shows/{show.id}%23seat-{seat_id}")
    form = form_to(page, "/sign-in")
    assert form.values["next"] == f"/shows/{show.id}#seat-{seat_id}"
    wrong = browser.post("/sign-in", {**form.values, "email": user.email, "password": "not the password"})
    form = form_to(wrong, "/sign-in")
    back = browser.post("/sign-in", {**form.values, "email": user.email, "password": PASSWORD})
    assert scene.statuses(show) == {}
    assert (back.status_code, back.location) == (303, f"/shows/{show.id}#seat-{seat_id}")
    page = browser.get(f"/shows/{show.id}")
    assert notices(page) == [("success", "Welcome back, Ada.")]
    assert f'id="seat-{seat_id}"' in page.text


def test_who_is_new_comes_back_to_the_seat_after_signing_up(scene: Scene) -> None:
    show, browser = scene.show(), scene.browser()
    page = browser.get(f"/sign-in?next=/shows/{show.id}%23seat-7")
    link = re.search(r'href="(/sign-up\?next=[^"]+)"', page.text)
    assert link
    form = form_to(browser.get(link[1]), "/sign-up")
    response = browser.post("/sign-up", {**form.values, **ADA})
    assert (response.status_code, response.location) == (303, f"/shows/{show.id}#seat-7")


@pytest.mark.parametrize("path", ["/account", "/reservations/", "/organizer/", "/organizer/shows/new"])
def test_a_page_that_needs_somebody_leads_to_sign_in_and_back(scene: Scene, path: str) -> None:
    user, browser = scene.user(), scene.browser()
    led = browser.get(path)
    assert (led.status_code, led.location) == (303, f"/sign-in?next={path}")
    form = form_to(browser.get(led.location), "/sign-in")
    back = browser.post("/sign-in", {**form.values, "email": user.email, "password": PASSWORD})
    assert back.location == path
    assert browser.get(path).status_code == 200


ELSEWHERE = [
    *["//evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "https://evil.example"],
    *["//evil.example/%2f..", "/\t/evil.example", "/\n/evil.example", "\t//evil.example", " //evil.example"],
    *["javascript:alert(1)", "evil.example", "/a\\..\\..\\evil", "/\u2028/evil.example", "/\0", "///evil.example", ""],
    *["/shows/\r\nSet-Cookie: a=b"],
]


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_nobody_is_sent_elsewhere_after_signing_in(scene: Scene, wanted: str) -> None:
    user, browser = scene.user(), scene.browser()
    page = browser.flask.get("/sign-in", query_string={"next": wanted}, headers={"Accept": "text/html"})
    assert form_to(page, "/sign-in").values["next"] == ""
    browser.get("/sign-in")
    response = browser.post("/sign-in", {"email": user.email, "password": PASSWORD, "next": wanted})
    assert (response.status_code, response.location) == (303, "/shows/")


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_nobody_is_sent_elsewhere_after_a_hold_or_its_refusal(scene: Scene, wanted: str) -> None:
    show, buyer, other = scene.show(), scene.user(), scene.user()
    browser = scene.browser(buyer)
    taken = scene.hold(other, show, "A1")[0].seat_id
    for seat_id in (taken, taken + 1):
        response = browser.post(f"/shows/{show.id}/holds", {"seat_ids": seat_id, "next": wanted})
        assert response.status_code in {303, 409}
        assert (response.location or "/shows/").startswith("/shows/")
        assert "evil" not in (response.location or "")
        assert "Set-Cookie: a=b" not in str(response.headers)


def test_signing_out_forgets_who_it_was(scene: Scene) -> None:
    browser = scene.browser(scene.user())
    response = browser.post("/sign-out")
    assert (response.status_code, response.location) == (303, "/shows/")
    assert notices(browser.get("/shows/")) == [("success", "You are signed out.")]
    assert not is_signed_in(browser)


def test_changing_the_password_signs_out_every_other_device(scene: Scene) -> None:
    user = scene.user()
    browser, other, client = scene.browser(user), scene.browser(user), scene.client(user)
    browser.get("/account")
    response = browser.post(
        "/account/password", {"current_password": PASSWORD, "new_password": "another long password"}
    )
    assert (response.status_code, response.location) == (303, "/account")
    page = browser.get("/account")
    assert notices(page) == [("success", "Your password is changed; other devices are signed out.")]
    assert not is_signed_in(other)
    assert client.get("/users/me").status_code == 401
    fresh = scene.browser()
    fresh.sign_in(user.email, "another long password")
    assert is_signed_in(fresh)


@pytest.mark.parametrize(
    ("form", "status", "errors"),
    [
        ({"current_password": "wrong", "new_password": "another long password"}, 401, []),
        ({"current_password": PASSWORD, "new_password": "short"}, 422, ["new_password"]),
        ({"current_password": "", "new_password": "another long password"}, 422, ["current_password"]),
    ],
)
def test_a_password_that_cannot_be_changed_stays(
    scene: Scene, form: Mapping[str, str], status: int, errors: list[str]
) -> None:
    user = scene.user()
    browser, before = scene.browser(user), scene.rows("SELECT password, token_version FROM users")
    browser.get("/account")
    page = browser.post("/account/password", dict(form))
    assert scene.rows("SELECT password, token_version FROM users") == before
    assert page.status_code == status
    shown = form_to(page, "/account/password")
    assert list(shown.errors) == errors
    assert (shown.values["current_password"], shown.values["new_password"]) == ("", "")
    assert form_to(page, "/account/delete").errors == {}
    if not errors:
        assert "This is not your password." in words(page)


def test_who_leaves_is_forgotten_and_what_was_bought_stays(scene: Scene) -> None:
    show, user = scene.show(), scene.user("Ada")
    bought, _held = scene.hold(user, show, "A1", "A2")
    scene.client(user).post(f"/reservations/{bought.id}/confirm")
    browser = scene.browser(user)
    browser.get("/account")
    response = browser.post("/account/delete", {"password": PASSWORD})
    row = scene.rows("SELECT name, email, phone_number, password FROM users WHERE id = %s", user.id)[0]
    assert (row["email"], row["phone_number"], row["password"]) == (None, None, None)
    assert "Ada" not in row["name"]
    assert scene.statuses(show) == {"A1": ["CONFIRMED"], "A2": ["CANCELLED"]}
    assert (response.status_code, response.location) == (303, "/shows/")
    assert [kind for kind, _ in notices(browser.get("/shows/"))] == ["success"]
    assert not is_signed_in(browser)


def test_who_has_a_show_ahead_does_not_leave(scene: Scene) -> None:
    user = scene.user()
    scene.show(user, title="The Tempest")
    browser = scene.browser(user)
    browser.get("/account")
    page = browser.post("/account/delete", {"password": PASSWORD})
    assert scene.rows("SELECT FROM users WHERE deleted_at IS NOT NULL") == []
    assert page.status_code == 409
    assert "You organize shows that lie ahead (The Tempest). Cancel them first." in words(page)


def test_a_wrong_password_deletes_nothing(scene: Scene) -> None:
    browser = scene.browser(scene.user())
    browser.get("/account")
    page = browser.post("/account/delete", {"password": "not the password"})
    assert scene.rows("SELECT FROM users WHERE deleted_at IS NOT NULL") == []
    assert page.status_code == 401
    assert "This is not your password." in words(page)
    assert OPEN_TO_LEAVE in page.text, "whoever was refused sees the form they sent"
    assert OPEN_TO_LEAVE not in browser.get("/account").text


def test_a_session_whose_user_left_is_nobodys(scene: Scene) -> None:
    user = scene.user()
    browser, another = scene.browser(user), scene.browser(user)
    browser.get("/account")
    browser.post("/account/delete", {"password": PASSWORD})
    page = another.get("/shows/")
    assert page.status_code == 200
    assert "Sign in" in words(page)


@pytest.mark.parametrize(
    "planted", [None, [], [1], "1", [1, "0"], ["1", 0], {"id": 1}, [1, 0, 0], [10**30, 0], [1, 1, "x"]]
)
def test_a_session_of_another_make_is_nobodys(scene: Scene, planted: object) -> None:
    browser = scene.browser()
    with browser.flask.session_transaction() as session:
        session["user"] = planted
    assert not is_signed_in(browser)
