"""Accounts and sign-in over v1."""

import pytest

from tests.scenes import PASSWORD, Scene
from tests.v1.shapes import TOKEN, USER, answered, pointers, refused

ADA = {"name": "Ada", "phone_number": "+358 40 123 4567", "email": "Ada@Example.com", "password": "a long password"}


def test_an_account_is_made_and_answered_without_its_password(scene: Scene) -> None:
    response = scene.client().post("/users/", ADA)
    stored = scene.rows("SELECT id, name, phone_number, email, password FROM users")
    assert [(row["name"], row["phone_number"], row["email"]) for row in stored] == [
        ("Ada", "+358401234567", "ada@example.com")
    ]
    assert stored[0]["password"].startswith("$argon2id$")
    user = answered(response, 201, USER)
    assert user == {"id": stored[0]["id"], "name": "Ada", "phone_number": "+358401234567", "email": "ada@example.com"}
    assert response.headers["Location"] == "/v1/users/me"


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"email": "bob@example.com"}, "phone_number"),
        ({"phone_number": "+358401"}, "email"),
        ({"email": "BOB@example.com", "phone_number": "00358 40-1234567"}, "phone_number"),
    ],
)
def test_one_phone_number_and_one_email_belong_to_one_account(scene: Scene, other: dict[str, str], field: str) -> None:
    scene.client().post("/users/", ADA)
    response = scene.client().post("/users/", {**ADA, **other})
    assert len(scene.rows("SELECT FROM users")) == 1
    assert pointers(refused(response, 409, "already-in-use", "errors")) == [f"#/{field}"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "  \t"),
        ("name", "x" * 201),
        ("name", "Ada\u202eadA"),
        ("name", None),
        ("name", 7),
        ("phone_number", "four"),
        ("phone_number", "1234"),
        ("phone_number", "1" * 16),
        ("email", "ada"),
        ("email", "ada@"),
        ("email", "a@b@c.example"),
        ("password", "seven77"),
        ("password", "x" * 201),
        ("password", True),
        ("is_admin", True),
    ],
)
def test_a_field_that_cannot_be_is_pointed_at(scene: Scene, field: str, value: object) -> None:
    response = scene.client().post("/users/", {**ADA, field: value})
    assert scene.rows("SELECT FROM users") == []
    assert pointers(refused(response, 422, "invalid", "errors")) == [f"#/{field}"]


def test_every_missing_field_is_pointed_at(scene: Scene) -> None:
    problem = refused(scene.client().post("/users/", {}), 422, "invalid", "errors")
    assert pointers(problem) == ["#/name", "#/phone_number", "#/email", "#/password"]


def test_signing_in_gives_a_token_for_an_hour(scene: Scene) -> None:
    user = scene.user("Ada")
    response = scene.client().post("/login", {"email": user.email.upper(), "password": PASSWORD})
    token = answered(response, 200, TOKEN)
    assert (token["token_type"], token["expires_in"]) == ("bearer", 3600)
    assert response.headers["Cache-Control"] == "no-store"
    client = scene.client()
    client.token = token["access_token"]
    assert answered(client.get("/users/me"), 200, USER)["id"] == user.id


@pytest.mark.parametrize("email", ["known", "unknown@example.com"])
def test_a_wrong_password_and_an_unknown_email_are_refused_alike(scene: Scene, email: str) -> None:
    user = scene.user()
    credentials = {"email": user.email if email == "known" else email, "password": "not the password"}
    problem = refused(scene.client().post("/login", credentials), 401, "sign-in-failed")
    assert problem["detail"] == "E-mail and password do not belong together."


@pytest.mark.parametrize("field", ["email", "password"])
def test_signing_in_needs_both_email_and_password(scene: Scene, field: str) -> None:
    credentials = {"email": "ada@example.com", "password": PASSWORD}
    del credentials[field]
    assert pointers(refused(scene.client().post("/login", credentials), 422, "invalid", "errors")) == [f"#/{field}"]


def test_a_user_asks_who_they_are(scene: Scene) -> None:
    user = scene.user("Ada")
    assert answered(scene.client(user).get("/users/me"), 200, USER) == {
        "id": user.id,
        "name": "Ada",
        "phone_number": user.phone_number,
        "email": user.email,
    }
    refused(scene.client().get("/users/me"), 401, "not-signed-in")
