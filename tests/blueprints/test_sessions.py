"""Sessions: each is begun anew, ended for good, and over by itself in the end."""

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.blueprints.guests.cast import ADA, confirm, guest_with
from tests.blueprints.reading import notices, words
from tests.scenes import PASSWORD, Browser, Scene
from tests.test_commands import run
from webapp.services import accounts
from webapp.telemetry.request_log import JsonLines


def cookie_of(browser: Browser) -> str:
    """The session's cookie as the browser has it."""
    cookie = browser.flask.get_cookie("holdfast")
    assert cookie
    return cookie.value


def with_cookie(scene: Scene, cookie: str) -> Browser:
    """Somebody else's browser with a copy of the cookie."""
    copy = scene.browser()
    copy.flask.set_cookie("holdfast", cookie)
    return copy


def is_signed_in(browser: Browser) -> bool:
    """Whether the browser is somebody's."""
    return browser.get("/account").status_code == 200


def secret_of_forms(browser: Browser) -> Any:
    """The secret by which the session knows its own forms."""
    with browser.flask.session_transaction() as session:
        return session.get("csrf_token")


def test_a_copy_of_the_cookie_ends_when_its_owner_signs_out(scene: Scene) -> None:
    user = scene.user()
    browser, phone = scene.browser(user), scene.browser(user)
    copy = with_cookie(scene, cookie_of(browser))
    assert is_signed_in(copy)
    browser.post("/sign-out")
    assert not is_signed_in(copy)
    assert is_signed_in(phone), "another session of the same person goes on"


def test_a_copy_of_a_guests_cookie_ends_when_the_guest_leaves_the_browser(scene: Scene) -> None:
    show = scene.show()
    browser = guest_with(scene, show, "A1")
    copy = with_cookie(scene, cookie_of(browser))
    assert "row A, seat 1" in words(copy.get("/reservations/"))
    browser.post("/sign-out")
    assert copy.get("/reservations/").location == "/sign-in?next=/reservations/"


def test_signing_in_again_ends_the_session_before(scene: Scene) -> None:
    user = scene.user()
    browser = scene.browser(user)
    copy = with_cookie(scene, cookie_of(browser))
    browser.sign_in(user.email or "")
    assert not is_signed_in(copy)
    assert is_signed_in(browser)


def planted(scene: Scene) -> tuple[Browser, Any, str]:
    """A browser whose session somebody else began, with the secret and the cookie that they know."""
    browser = scene.browser()
    browser.get("/sign-in")
    return browser, secret_of_forms(browser), cookie_of(browser)


def test_a_session_that_was_planted_is_not_the_one_that_is_signed_in(scene: Scene) -> None:
    user = scene.user()
    browser, secret, cookie = planted(scene)
    assert secret
    browser.sign_in(user.email or "")
    assert secret_of_forms(browser) != secret
    assert not is_signed_in(with_cookie(scene, cookie))


def test_nor_is_it_the_one_of_who_signs_up(scene: Scene) -> None:
    browser, secret, cookie = planted(scene)
    form = {"name": "Ada", "email": "ada@example.com", "phone_number": "+358 40 123 4567", "password": PASSWORD}
    assert browser.post("/sign-up", form).status_code == 303
    browser.get("/account")
    assert is_signed_in(browser)
    assert secret_of_forms(browser) not in {None, secret}
    assert not is_signed_in(with_cookie(scene, cookie))


@pytest.mark.parametrize("account", ["new", "mine"])
def test_nor_the_one_of_a_guest_who_buys_and_the_basket_comes_along(scene: Scene, account: str) -> None:
    show, ada = scene.show(), scene.user("Ada")
    browser = guest_with(scene, show, "A1")
    secret, cookie = secret_of_forms(browser), cookie_of(browser)
    typed = ADA if account == "new" else {"account": "mine", "email": ada.email or "", "password": PASSWORD}
    assert confirm(scene, show, browser, **typed).status_code == 303
    browser.get(f"/shows/{show.id}")
    assert scene.statuses(show) == {"A1": ["CONFIRMED"]}
    assert "row A, seat 1" in words(browser.get("/reservations/"))
    assert secret_of_forms(browser) not in {None, secret}
    assert with_cookie(scene, cookie).get("/reservations/").status_code == 303


def test_a_guests_basket_comes_along_when_they_sign_in(scene: Scene) -> None:
    show, ada = scene.show(), scene.user("Ada")
    browser = guest_with(scene, show, "A1")
    secret = secret_of_forms(browser)
    browser.sign_in(ada.email or "")
    assert secret_of_forms(browser) not in {None, secret}
    assert [row["user_id"] for row in scene.rows("SELECT user_id FROM reservations")] == [ada.id]
    assert "row A, seat 1" in words(browser.get("/reservations/"))


def test_one_signs_out_everywhere_else_and_keeps_ones_keys(scene: Scene) -> None:
    user = scene.user()
    here, there = scene.browser(user), scene.browser(user)
    client, program, other = scene.client(user), scene.program(user), scene.browser(scene.user())
    before = with_cookie(scene, cookie_of(here))
    page = here.get("/account")
    assert "Sign out everywhere else" in words(page)
    response = here.post("/account/sign-out-elsewhere")
    assert (response.status_code, response.location) == (303, "/account")
    assert notices(here.get("/account")) == [("success", "Every other browser is signed out, and access tokens ended.")]
    assert [is_signed_in(browser) for browser in (here, there, before, other)] == [True, False, False, True]
    assert [client.get("/users/me").status_code, program.get("/users/me").status_code] == [401, 200]
    assert [row["act"] for row in scene.rows("SELECT act FROM acts WHERE user_id = %s ORDER BY id", user.id)] == [
        "make API key",
        "end all sessions",
    ]


def test_an_operator_signs_somebody_out_everywhere(scene: Scene) -> None:
    ada, other = scene.user("Ada"), scene.user()
    browser, client, others = scene.browser(ada), scene.client(ada), scene.browser(other)
    told = run(scene.app, "users", "sign-out", (ada.email or "").upper())
    assert (told.exit_code, told.output) == (0, f"Ada <{ada.email}> is signed out everywhere.\n")
    assert [is_signed_in(browser), is_signed_in(others)] == [False, True]
    assert client.get("/users/me").status_code == 401
    [act] = scene.rows("SELECT act, through FROM acts WHERE user_id = %s", ada.id)
    assert act == {"act": "end all sessions", "through": "command"}
    assert run(scene.app, "users", "sign-out", "nobody@example.com").exit_code == 1


def test_a_session_is_over_two_weeks_after_it_began_however_often_it_is_used(scene: Scene) -> None:
    user, browser = scene.user(), scene.browser()
    life = scene.app.permanent_session_lifetime.total_seconds()
    for age, expected in ((life - 60, True), (life + 60, False)):
        with browser.flask.session_transaction() as session:
            user_id, version, session_id, since = scene.session_of(user)
            session["user"] = [user_id, version, session_id, int(since - age)]
        assert is_signed_in(browser) is expected


def test_an_ended_session_is_forgotten_when_no_copy_of_its_cookie_is_good(scene: Scene) -> None:
    user = scene.user()
    browser = scene.browser(user)
    copy = with_cookie(scene, cookie_of(browser))
    browser.post("/sign-out")
    accounts.forget_ended_sessions(timedelta(days=14))
    assert not is_signed_in(copy)
    with scene.connected() as connection:
        connection.execute("UPDATE ended_sessions SET ended_at = ended_at - interval '14 days 1 second'")
    assert accounts.forget_ended_sessions(timedelta(days=14)) == 1
    assert scene.rows("SELECT FROM ended_sessions") == []


def test_no_session_is_ended_by_whoever_was_nobody(scene: Scene) -> None:
    scene.browser().get("/sign-in")
    browser = scene.browser()
    browser.get("/sign-in")
    browser.post("/sign-out")
    assert scene.rows("SELECT FROM ended_sessions") == []


def test_wrong_passwords_are_logged_without_a_word_about_who(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    ada, browser = scene.user("Ada"), scene.browser()
    browser.get("/sign-in")
    form = {"email": ada.email or "", "password": "a guess"}
    with caplog.at_level("INFO", "holdfast.security"):
        browser.post("/sign-in", form)
        scene.guess_often()
        browser.post("/sign-in", form)
        browser.post("/sign-in", {**form, "password": PASSWORD})
    lines = [json.loads(JsonLines().format(record)) for record in caplog.records]
    assert [line["message"] for line in lines] == ["a password was wrong"] + ["a password was not looked at"] * 2
    assert len({(line["account"], line["network"]) for line in lines}) == 1, "it can be seen that they belong together"
    for secret in (ada.email or "", "Ada", "a guess", PASSWORD, "127.0.0.1"):
        assert secret not in json.dumps(lines)


def test_the_password_at_the_checkout_is_guessed_no_faster_than_elsewhere(scene: Scene) -> None:
    show, ada = scene.show(), scene.user("Ada")
    browser = guest_with(scene, show, "A1")
    guess = {"account": "mine", "email": ada.email or "", "password": "a guess"}
    assert confirm(scene, show, browser, **guess).status_code == 401
    scene.guess_often()
    answer = confirm(scene, show, browser, **{**guess, "password": PASSWORD})
    assert answer.status_code == 429
    assert "Wrong passwords were tried. Wait" in words(answer)
    assert scene.statuses(show) == {"A1": ["HELD"]}


def test_whoever_is_signed_in_can_sign_out_on_every_page(scene: Scene) -> None:
    olga = scene.user("Olga")
    show, browser = scene.show(olga), scene.browser(olga)
    rooms = [f"/organizer/shows/{show.id}{room}" for room in ("", "/people/", "/dashboard", "/house-seats/")]
    for path in (
        "/account",
        "/account/keys/",
        "/reservations/",
        "/organizer/",
        f"/shows/{show.id}",
        *rooms,
        "/nowhere",
    ):
        assert 'action="/sign-out"' in browser.get(path).text, path
