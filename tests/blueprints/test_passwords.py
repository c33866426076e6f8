"""Passwords: long enough, none that everybody tries first, and otherwise whatever one likes, taken as it is typed."""

import re
from pathlib import Path

import pytest

from tests.blueprints.guests.cast import ADA, confirm, guest_with
from tests.blueprints.reading import form_to
from tests.scenes import PASSWORD, Scene
from webapp.services.accounts import common_passwords

NEW = {"name": "Ada", "phone_number": "+358 40 123 4567", "email": "ada@example.com"}
REFUSED = "Is one of those that guessers try first: choose another, such as several words."
COMMON = ["password", "PassWord", "12345678", "qwertyuiop", "jennifer", "iloveyou", "Holdfast!", "holdfast2027"]
# Eight at least, and any signs whatever: spaces, one kind only, none that a keyboard has.
FREE = [
    "  spaced  ",
    "zzzzzzzz",
    "74027402",
    "ÄÖÜäöüßé",
    "пароль для театра",
    "🎭🎭🎭🎭🎭🎭🎭🎭",
    "a" * 8 + "\t",
    "x1" * 100,
]


def test_the_list_has_more_than_three_thousand_that_are_long_enough() -> None:
    listed = (Path(common_passwords.__file__).parent / "list.txt").read_text("utf-8").splitlines()
    assert len(set(listed)) == len(listed) > 3000
    assert all(len(password) >= 8 and password == password.casefold() for password in listed)


@pytest.mark.parametrize("password", COMMON)
def test_a_password_that_everybody_tries_first_is_taken_nowhere(scene: Scene, password: str) -> None:
    user, show = scene.user(), scene.show()
    browser, guest = scene.browser(user), guest_with(scene, show, "A1")
    before = scene.rows("SELECT id, password FROM users ORDER BY id")
    browser.get("/account")
    changed = browser.post("/account/password", {"current_password": PASSWORD, "new_password": password})
    assert form_to(changed, "/account/password").errors == {"new_password": [REFUSED]}
    assert browser.post("/account/first-password", {"new_password": password}).status_code == 422
    assert scene.client().post("/users/", {**NEW, "password": password}).status_code == 422
    assert confirm(scene, show, guest, **{**ADA, "new_password": password}).status_code == 422
    page = guest.post("/sign-up", {**NEW, "password": password})
    assert form_to(page, "/sign-up").errors == {"password": [REFUSED]}
    assert scene.rows("SELECT id, password FROM users ORDER BY id") == before


@pytest.mark.parametrize("password", FREE, ids=lambda password: repr(password)[:20])
def test_any_other_password_is_taken_as_it_is_typed(scene: Scene, password: str) -> None:
    client = scene.client()
    assert client.post("/users/", {**NEW, "password": password}).status_code == 201
    wrong = [password[:-1], password + " ", password.strip(), password.swapcase(), password[:72]]
    for typed in wrong:
        answer = client.post("/login", {"email": NEW["email"], "password": typed})
        assert (answer.status_code == 200) == (typed == password)
    scene.rows("DELETE FROM password_tries RETURNING account")
    assert client.post("/login", {"email": NEW["email"], "password": password}).status_code == 200
    browser = scene.browser()
    assert browser.sign_in(NEW["email"], password).status_code == 303


def test_fields_for_passwords_hide_them_and_help_password_managers(scene: Scene) -> None:
    browser = scene.browser(scene.user())
    seen = 0
    for page in (browser.get("/account"), scene.browser().get("/sign-in"), scene.browser().get("/sign-up")):
        for field in re.findall(r"<input[^>]*password[^>]*>", page.text):
            assert 'type="password"' in field
            assert re.search(r'autocomplete="(new|current)-password"', field)
            assert "maxlength" not in field
            seen += 1
    assert seen == 5


@pytest.mark.parametrize("path", ["/account", "/account/keys"])
def test_a_form_that_asks_for_a_password_says_whose(scene: Scene, path: str) -> None:
    page = scene.browser(user := scene.user()).get(path)
    asking = [form for form in re.findall(r"<form.*?</form>", page.text, re.DOTALL) if 'type="password"' in form]
    assert asking
    for form in asking:
        assert re.search(rf'value="{user.email}" autocomplete="username"', form)
