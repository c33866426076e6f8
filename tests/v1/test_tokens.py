"""Only a good token says who asks."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest

from tests.conftest import KEY
from tests.scenes import PASSWORD, Client, Scene
from tests.v1.shapes import USER, answered, refused
from webapp.services import accounts
from webapp.services.accounts import tokens
from webapp.services.asker import Asker


def claims_of(user: Asker, **other: Any) -> dict[str, Any]:
    """The claims of a good token of a new user, with `other` in their place; None takes a claim away."""
    now = datetime.now(UTC)
    good = {
        "iss": "holdfast",
        "aud": "holdfast-v1",
        "sub": str(user.id),
        "ver": 0,
        "iat": now,
        "exp": now + timedelta(minutes=5),
    }
    return {name: claim for name, claim in {**good, **other}.items() if claim is not None}


def with_token(scene: Scene, token: str) -> Client:
    """A client that sends this for a token."""
    return Client(scene.app.test_client(), token)


def test_the_claims_that_these_tests_spoil_are_good_ones(scene: Scene) -> None:
    user = scene.user()
    token = jwt.encode(claims_of(user, ver=version_of(scene, user)), KEY, "HS256")
    assert answered(with_token(scene, token).get("/users/me"), 200, USER)["id"] == user.id


def test_a_token_issued_by_a_clock_that_is_ahead_is_good(scene: Scene) -> None:
    user = scene.user()
    ahead = datetime.now(UTC) + timedelta(minutes=2)
    token = jwt.encode(claims_of(user, ver=version_of(scene, user), iat=ahead), KEY, "HS256")
    assert answered(with_token(scene, token).get("/users/me"), 200, USER)["id"] == user.id


def version_of(scene: Scene, user: Asker) -> int:
    """The token version of the user."""
    version: int = scene.rows("SELECT token_version FROM users WHERE id = %s", user.id)[0]["token_version"]
    return version


HOUR_AGO = datetime.now(UTC) - timedelta(hours=1)
OTHER_KEY = "another key, also long enough to sign with HS256"
SPOILED: dict[str, Callable[[Asker, int], str]] = {
    "expired": lambda user, ver: jwt.encode(claims_of(user, ver=ver, exp=HOUR_AGO), KEY, "HS256"),
    "never expiring": lambda user, ver: jwt.encode(claims_of(user, ver=ver, exp=None), KEY, "HS256"),
    "another key": lambda user, ver: jwt.encode(claims_of(user, ver=ver), OTHER_KEY, "HS256"),
    "no signature": lambda user, ver: jwt.encode(claims_of(user, ver=ver), None, "none"),
    "another algorithm": lambda user, ver: jwt.encode(claims_of(user, ver=ver), KEY * 2, "HS512"),
    "another site": lambda user, ver: jwt.encode(claims_of(user, ver=ver, iss="elsewhere"), KEY, "HS256"),
    "no site": lambda user, ver: jwt.encode(claims_of(user, ver=ver, iss=None), KEY, "HS256"),
    "another audience": lambda user, ver: jwt.encode(claims_of(user, ver=ver, aud="elsewhere"), KEY, "HS256"),
    "no audience": lambda user, ver: jwt.encode(claims_of(user, ver=ver, aud=None), KEY, "HS256"),
    "nobody": lambda user, ver: jwt.encode(claims_of(user, ver=ver, sub=None), KEY, "HS256"),
    "no number": lambda user, ver: jwt.encode(claims_of(user, ver=ver, sub="root"), KEY, "HS256"),
    "an unknown user": lambda user, ver: jwt.encode(claims_of(user, ver=ver, sub="2147483647"), KEY, "HS256"),
    "no version": lambda user, ver: jwt.encode(claims_of(user, ver=None), KEY, "HS256"),
    "a version in words": lambda user, ver: jwt.encode(claims_of(user, ver=str(ver)), KEY, "HS256"),
    "another version": lambda user, ver: jwt.encode(claims_of(user, ver=ver + 1), KEY, "HS256"),
    "garbage": lambda user, ver: "garbage",
    "dots": lambda user, ver: "..",
    "nothing": lambda user, ver: " ",
    "not ASCII": lambda user, ver: "tökën",
    "very long": lambda user, ver: "x" * 50_000,
}


@pytest.mark.parametrize("spoiled", SPOILED)
def test_a_token_that_is_not_good_is_refused(scene: Scene, spoiled: str) -> None:
    user = scene.user()
    token = SPOILED[spoiled](user, version_of(scene, user))
    problem = refused(with_token(scene, token).get("/users/me"), 401, "not-signed-in")
    if spoiled == "expired":
        assert problem["detail"] == "This access token has expired. Get a new one with POST /v1/login."


def test_a_token_ends_with_the_password_it_was_given_for(scene: Scene) -> None:
    user = scene.user()
    client = scene.client(user)
    assert client.get("/users/me").status_code == 200
    accounts.change_password(user, current_password=PASSWORD, new_password="another long password")
    refused(client.get("/users/me"), 401, "not-signed-in")
    assert scene.client(user).get("/users/me").status_code == 200


def test_a_token_that_was_good_a_moment_ago_is_refused_once_it_expires(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = scene.user()
    expiry = datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=5)
    token = jwt.encode(claims_of(user, ver=version_of(scene, user), exp=expiry), KEY, "HS256")
    client = with_token(scene, token)
    assert client.get("/users/me").status_code == 200
    monkeypatch.setattr(tokens, "time", lambda: expiry.timestamp() - 0.001)
    assert client.get("/users/me").status_code == 200
    monkeypatch.setattr(tokens, "time", expiry.timestamp)
    refused(client.get("/users/me"), 401, "not-signed-in")


def test_a_token_ends_with_the_account(scene: Scene) -> None:
    user = scene.user()
    client, newest = scene.client(user), None
    accounts.delete_account(user, password=PASSWORD)
    newest = scene.client(user)
    refused(client.get("/users/me"), 401, "not-signed-in")
    refused(newest.get("/users/me"), 401, "not-signed-in")


def test_an_ended_token_holds_and_confirms_nothing_however_often_it_is_sent(scene: Scene) -> None:
    user, show = scene.user(), scene.show()
    client, wanted = scene.client(user), {"show_id": show.id, "seat_number": "A2"}
    [held] = scene.hold(user, show, "A1")
    accounts.change_password(user, current_password=PASSWORD, new_password="another long password")
    for _ in range(2):
        refused(client.post(f"/reservations/{user.id}/hold", wanted), 401, "not-signed-in")
        refused(client.post(f"/reservations/{user.id}/hold", {"seat_id": held.seat_id}), 401, "not-signed-in")
        refused(client.post(f"/reservations/{held.id}/confirm"), 401, "not-signed-in")
    assert scene.statuses(show) == {"A1": ["HELD"]}
    assert scene.client(user).post(f"/reservations/{user.id}/hold", wanted).status_code == 201


@pytest.mark.parametrize("spoiled", SPOILED)
def test_a_token_that_is_not_good_holds_nothing(scene: Scene, spoiled: str) -> None:
    user, show = scene.user(), scene.show()
    client = with_token(scene, SPOILED[spoiled](user, version_of(scene, user)))
    held = client.post(f"/reservations/{user.id}/hold", {"show_id": show.id, "seat_number": "A1"})
    assert scene.statuses(show) == {}
    # A token may be good and another's.
    refused(held, *((403, "forbidden") if spoiled == "an unknown user" else (401, "not-signed-in")))


def test_a_bad_token_is_told_apart_from_none(scene: Scene) -> None:
    bad, none = with_token(scene, "garbage").get("/users/me"), scene.client().get("/users/me")
    assert 'error="invalid_token"' in bad.headers["WWW-Authenticate"]
    assert "error" not in none.headers["WWW-Authenticate"]


def test_basic_credentials_are_nobodys(scene: Scene) -> None:
    user = scene.user()
    response = scene.app.test_client().get("/v1/users/me", auth=(user.email, PASSWORD))
    refused(response, 401, "not-signed-in")


def test_a_browsers_cookie_is_not_looked_at(scene: Scene) -> None:
    buyer, show = scene.user(), scene.show()
    browser = scene.browser(buyer)
    assert browser.get("/account").status_code == 200
    refused(browser.flask.get("/v1/users/me"), 401, "not-signed-in")
    held = browser.flask.post(f"/v1/reservations/{buyer.id}/hold", json={"show_id": show.id, "seat_number": "A1"})
    assert scene.statuses(show) == {}
    refused(held, 401, "not-signed-in")


def test_a_token_counts_more_than_a_browsers_cookie(scene: Scene) -> None:
    person, program = scene.user("Person"), scene.user("Program")
    browser, token = scene.browser(person), scene.token(program)
    response = browser.flask.get("/users/me", headers={"Authorization": f"Bearer {token}", "Accept": "text/html"})
    assert answered(response, 200, USER)["id"] == program.id
