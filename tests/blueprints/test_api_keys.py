"""The page of one's API keys."""

import re

import pytest
from werkzeug.test import TestResponse

from tests.blueprints.reading import form_to, notices, words
from tests.scenes import PASSWORD, Browser, Client, Scene
from webapp.services import accounts, api_keys
from webapp.services.asker import Asker

HOSTILE = "<script>alert(1)</script>\"'&{{7*7}}"
FORM = {"name": "Till", "scopes": ["reading", "holding"], "expires_in_days": "90", "password": PASSWORD}


@pytest.fixture
def ann(scene: Scene) -> Asker:
    """Somebody with an account."""
    return scene.user("Ann")


@pytest.fixture
def browser(scene: Scene, ann: Asker) -> Browser:
    """Her browser, open at her keys."""
    browser = scene.browser(ann)
    assert browser.get("/account/keys/").status_code == 200
    return browser


def shown_key(page: TestResponse) -> str:
    """The key that the page shows, to be copied."""
    [found] = re.findall(r'value="(holdfast_[A-Za-z0-9]{43})" readonly', page.text)
    return str(found)


def test_a_key_is_made_shown_once_and_good(scene: Scene, ann: Asker, browser: Browser) -> None:
    response = browser.post("/account/keys/", FORM)
    assert (response.status_code, response.location) == (303, "/account/keys/#new-key")
    first, second = (browser.get(response.location) for _ in range(2))
    key = shown_key(first)
    assert ("success", "The API key “Till” is made. Copy it now.") in notices(first)
    assert "no-store" in first.headers["Cache-Control"]
    assert key not in second.text
    assert f"{key[:15]}…" in words(second)
    assert Client(scene.app.test_client(), key).get("/users/me").json["id"] == ann.id
    [kept] = api_keys.listed(ann)
    assert (kept.scopes, (kept.expires_at - kept.created_at).days) == (["reading", "holding"], 90)
    assert "Last used never" in words(second)
    assert "Last used never" not in words(browser.get("/account/keys/"))


def test_a_key_may_be_good_until_it_is_revoked(ann: Asker, browser: Browser) -> None:
    browser.post("/account/keys/", {**FORM, "expires_in_days": ""})
    assert [key.expires_at for key in api_keys.listed(ann)] == [None]
    assert "Good until it is revoked" in words(browser.get("/account/keys/"))


def test_what_was_typed_wrongly_is_told_at_its_field_and_the_rest_stays_but_for_the_password(
    ann: Asker, browser: Browser
) -> None:
    response = browser.post("/account/keys/", {**FORM, "name": " ", "scopes": []})
    assert response.status_code == 422
    form = form_to(response, "/account/keys/")
    assert form.errors["scopes"] == ["This is needed."]
    assert form.values["password"] == ""
    assert 'value="90" checked' in response.text
    wrong = browser.post("/account/keys/", {**FORM, "password": "wrong"})
    assert (wrong.status_code, notices(wrong)) == (401, [("refusal", "This is not your password.")])
    assert [form_to(wrong, "/account/keys/").values[name] for name in ("name", "password")] == ["Till", ""]
    assert re.findall(r'name="scopes" value="(\w+)" checked', wrong.text) == ["reading", "holding"]
    assert api_keys.listed(ann) == []


def test_one_of_them_is_revoked_or_all_are(scene: Scene, ann: Asker, browser: Browser) -> None:
    keys = [scene.key(ann) for _ in range(3)]
    page = browser.get("/account/keys/")
    first = api_keys.listed(ann)[-1]
    assert f'action="/account/keys/{first.id}/revoke"' in page.text
    gone = browser.get(browser.post(f"/account/keys/{first.id}/revoke").location)
    assert notices(gone) == [("success", "The API key is revoked: nothing can be done with it any more.")]
    assert len(api_keys.listed(ann)) == 2
    gone = browser.get(browser.post("/account/keys/revoke").location)
    assert notices(gone) == [("success", "2 API keys are revoked: nothing can be done with them any more.")]
    assert "You have none." in words(gone)
    assert {Client(scene.app.test_client(), key).get("/users/me").status_code for key in keys} == {401}


def test_an_expired_key_is_listed_as_such(scene: Scene, ann: Asker, browser: Browser) -> None:
    scene.key(ann, days=1)
    with scene.connected() as connection:
        connection.execute("UPDATE api_keys SET expires_at = now() - interval '1 hour'")
    assert 'data-state="expired"' in browser.get("/account/keys/").text


def test_who_has_many_is_asked_to_revoke_one(scene: Scene, ann: Asker, browser: Browser) -> None:
    for _ in range(api_keys.MOST_KEYS):
        scene.key(ann)
    response = browser.post("/account/keys/", FORM)
    assert response.status_code == 422
    [(kind, sentence)] = notices(response)
    assert (kind, "Revoke one that nobody needs" in sentence) == ("refusal", True)


def test_a_form_that_is_none_of_ours_makes_and_revokes_nothing(scene: Scene, ann: Asker, browser: Browser) -> None:
    scene.key(ann)
    for path in ("/account/keys/", "/account/keys/revoke", f"/account/keys/{api_keys.listed(ann)[0].id}/revoke"):
        browser.csrf_token = "forged"
        assert browser.post(path, FORM).status_code == 400
    assert len(api_keys.listed(ann)) == 1


def test_who_has_no_password_sets_one_first(scene: Scene) -> None:
    guest = scene.guest()
    user, _ = accounts.become_account(guest, name="Gus", email="gus@example.com", phone_number="12345")
    browser = Browser(scene.app.test_client())
    with browser.flask.session_transaction() as session:
        session["user"] = scene.session_of(user)
    assert "First set a password" in words(browser.get("/account/keys/"))
    browser.get("/account")
    assert browser.post("/account/keys/", FORM).status_code == 401
    assert api_keys.listed(user) == []


def test_a_guest_signs_in_first(scene: Scene) -> None:
    browser = Browser(scene.app.test_client())
    assert browser.get("/account/keys/").location == "/sign-in?next=/account/keys/"


def test_hostile_names_stay_words(ann: Asker, browser: Browser) -> None:
    page = browser.get(browser.post("/account/keys/", {**FORM, "name": HOSTILE}).location)
    assert "<script>alert" not in page.text
    assert HOSTILE in words(page)


def test_an_admin_is_told_what_their_keys_may_do(scene: Scene, browser: Browser) -> None:
    told = "You are an admin: what you may do with the shows of others"
    assert told in words(scene.browser(scene.admin()).get("/account/keys/"))
    assert told not in words(browser.get("/account/keys/"))


def test_the_account_says_how_many_keys_there_are(scene: Scene, ann: Asker, browser: Browser) -> None:
    assert "You have none. To the API keys" in words(browser.get("/account"))
    scene.key(ann)
    assert "1 key of yours lets a program act in your name." in words(browser.get("/account"))


def test_the_record_of_admins_tells_of_their_keys(scene: Scene) -> None:
    admin = scene.admin("Ada")
    key = scene.key(admin, "reading", "administering")
    scene.key(scene.user("Somebody"))
    api_keys.revoke(admin, api_keys.listed(admin)[0].id)
    api_keys.revoke_all(admin)
    page = words(scene.browser(admin).get("/admin/acts"))
    assert f"Ada made the API key {key[:15]}… for reading and administering" in page
    assert f"Ada revoked the API key {key[:15]}…" in page
    assert "Somebody" not in page
