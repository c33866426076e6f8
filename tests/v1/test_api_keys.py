"""Programs with API keys over v1: keys are made once, do what their scopes say, and end."""

import pytest
from werkzeug.test import TestResponse

from tests.scenes import PASSWORD, Client, Scene
from tests.v1.shapes import API_KEY, MADE_API_KEY, USER, answered, pointers, refused
from webapp.services import accounts, api_keys

TERMS = {"name": "Till", "scopes": ["holding", "reading"], "expires_in_days": 90}


def test_a_key_is_made_told_once_listed_and_revoked(scene: Scene) -> None:
    user = scene.user()
    client = scene.client(user)
    response = client.post("/users/me/keys", TERMS)
    made = answered(response, 201, MADE_API_KEY)
    assert response.headers["Cache-Control"] == "no-store"
    assert made["scopes"] == ["reading", "holding"]
    program = Client(scene.app.test_client(), made["key"])
    assert answered(program.get("/users/me"), 200, USER)["id"] == user.id
    [listed] = answered(client.get("/users/me/keys"), 200, API_KEY)
    assert listed["last_used_at"]
    assert {**listed, "last_used_at": None} == {name: made[name] for name in API_KEY}
    for _ in range(2):
        assert client.delete(f"/users/me/keys/{made['id']}").status_code == 204
    assert client.get("/users/me/keys").json == []
    problem = refused(program.get("/users/me"), 401, "not-signed-in")
    assert problem["detail"].startswith("This API key was revoked.")


def test_a_key_that_is_made_with_an_idempotency_key_is_not_made_twice_nor_kept(scene: Scene) -> None:
    client = scene.client(scene.user())
    again = {"Idempotency-Key": "1"}
    key = client.post("/users/me/keys", TERMS, headers=again).json["key"]
    refused(client.post("/users/me/keys", TERMS, headers=again), 409, "told-once")
    assert len(client.get("/users/me/keys").json) == 1
    assert scene.rows("SELECT FROM kept_answers WHERE position(%s::bytea in body) > 0", key.encode()) == []


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"name": ""}, "#/name"),
        ({"name": "x" * 101}, "#/name"),
        ({"scopes": []}, "#/scopes"),
        ({"scopes": ["signing-in"]}, "#/scopes/0"),
        ({"scopes": ["reading", "reading"]}, "#/scopes"),
        ({"scopes": "reading"}, "#/scopes"),
        ({"expires_in_days": 0}, "#/expires_in_days"),
        ({"expires_in_days": 3651}, "#/expires_in_days"),
        ({"user_id": 1}, "#/user_id"),
    ],
)
def test_a_key_that_cannot_be_is_not_made(scene: Scene, wrong: dict[str, object], where: str) -> None:
    client = scene.client(scene.user())
    assert pointers(refused(client.post("/users/me/keys", {**TERMS, **wrong}), 422, "invalid", "errors")) == [where]
    assert client.get("/users/me/keys").json == []


def test_nobody_sees_or_revokes_the_keys_of_others(scene: Scene) -> None:
    ann, bob = scene.client(scene.user()), scene.client(scene.user())
    made = ann.post("/users/me/keys", TERMS).json
    assert bob.get("/users/me/keys").json == []
    refused(bob.delete(f"/users/me/keys/{made['id']}"), 404, "not-found")
    assert len(ann.get("/users/me/keys").json) == 1


def test_a_program_buys_with_its_key_and_the_history_says_that_it_came_through_the_api(scene: Scene) -> None:
    user, show = scene.user("Ann", "page"), scene.show()
    till = scene.program(user, "holding")
    held = till.post(f"/shows/{show.id}/holds", {"seat_numbers": ["A1"]}).json[0]
    assert till.post(f"/reservations/{held['id']}/confirm").status_code == 200
    assert scene.statuses(show) == {"A1": ["CONFIRMED"]}
    assert {row["changed_through"] for row in scene.rows("SELECT changed_through FROM reservation_changes")} == {"api"}
    refused(till.get(f"/reservations/{held['id']}"), 403, "scope-missing", "scope")


def test_a_key_that_is_revoked_between_hold_and_confirm_confirms_nothing_and_its_user_can(scene: Scene) -> None:
    user, show = scene.user(), scene.show()
    till = scene.program(user, "holding")
    again = {"Idempotency-Key": "1"}
    [held] = till.post(f"/shows/{show.id}/holds", {"seat_numbers": ["A1"]}, headers=again).json
    api_keys.revoke_all(user)
    refused(till.post(f"/reservations/{held['id']}/confirm"), 401, "not-signed-in")
    # Nor is it told what it was answered before.
    replayed = till.post(f"/shows/{show.id}/holds", {"seat_numbers": ["A1"]}, headers=again)
    refused(replayed, 401, "not-signed-in")
    assert scene.client(user).post(f"/reservations/{held['id']}/confirm").status_code == 200


def test_what_a_key_may_not_do_is_not_done_and_the_scope_that_it_needs_is_named(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    screen = scene.program(organizer, "reading", "holding")
    response = screen.post(f"/shows/{show.id}/cancel")
    problem = refused(response, 403, "scope-missing", "scope")
    assert problem["scope"] == "administering"
    assert problem["detail"] == (
        "This API key is for reading and holding; this needs the scope administering. Make a key that has it."
    )
    assert response.headers["WWW-Authenticate"] == (
        'Bearer realm="holdfast", error="insufficient_scope", scope="administering"'
    )
    assert scene.rows("SELECT cancelled_at FROM shows") == [{"cancelled_at": None}]


def test_a_key_may_do_what_its_user_may_and_no_more(scene: Scene) -> None:
    organizer, other = scene.user(), scene.user()
    show = scene.show(organizer)
    manager = scene.manager(show)
    programs = {who.id: scene.program(who) for who in (organizer, other, manager)}
    seats = f"/shows/{show.id}/seats"
    assert programs[organizer.id].post(seats, {"seat_numbers": ["B1"]}).status_code == 201
    refused(programs[other.id].post(seats, {"seat_numbers": ["B2"]}), 403, "forbidden")
    with scene.connected() as connection:
        connection.execute("DELETE FROM show_managers")
    refused(programs[manager.id].post(seats, {"seat_numbers": ["B2"]}), 403, "forbidden")


def test_a_key_of_an_admin_does_what_an_admin_may_on_record_while_they_are_one(scene: Scene) -> None:
    admin, show = scene.admin(), scene.show()
    program = scene.program(admin, "administering")
    assert program.post(f"/shows/{show.id}/seats", {"seat_numbers": ["B1"]}).status_code == 201
    [act] = scene.rows("SELECT details FROM acts WHERE user_id = %s AND show_id = %s", admin.id, show.id)
    assert act["details"]["as_admin"] is True
    assert act["details"]["api_key_id"] == api_keys.listed(admin)[0].id
    with scene.connected() as connection:
        connection.execute("UPDATE users SET is_admin = false")
    refused(program.post(f"/shows/{show.id}/seats", {"seat_numbers": ["B2"]}), 403, "forbidden")


def for_people(program: Client, user_id: int) -> list[TestResponse]:
    """All that makes more of a key, or of who has it, than it is."""
    flask, sent = program.flask, {"Authorization": f"Bearer {program.token}"}
    return [
        program.get("/users/me/keys"),
        program.post("/users/me/keys", TERMS),
        program.delete("/users/me/keys/1"),
        program.post("/login", {"email": "a@example.com", "password": PASSWORD}),
        program.post("/users/", {}),
        flask.get("/users/me/keys", headers=sent),
        flask.post("/users/me/keys", json=TERMS, headers=sent),
        flask.head("/v1/users/me/keys", headers=sent),
        flask.get("/account/keys/", headers={**sent, "Accept": "text/html"}),
        flask.post("/account/keys/", data={**TERMS, "password": PASSWORD}, headers={**sent, "HX-Request": "true"}),
        flask.post("/account/password", data={"current_password": PASSWORD}, headers=sent),
        flask.post("/sign-in", data={"email": "a@example.com", "password": PASSWORD}, headers=sent),
    ]


def test_with_a_key_nobody_signs_in_nor_makes_sees_or_revokes_keys(scene: Scene) -> None:
    user = scene.user()
    program = scene.program(user)
    browser = scene.browser(user)
    program.flask = browser.flask  # a session beside the key changes nothing
    before = scene.rows("SELECT id, revoked_at FROM api_keys")
    answers = for_people(program, user.id)
    assert {answer.status_code for answer in answers} <= {403, 404}
    assert [answer.status_code for answer in answers[:9]] == [403] * 9
    assert scene.rows("SELECT id, revoked_at FROM api_keys") == before


def test_a_key_is_sent_in_the_header_and_nowhere_else(scene: Scene) -> None:
    user, show = scene.user(), scene.show()
    key, flask = scene.key(user), scene.app.test_client()
    flask.set_cookie("holdfast", key)
    flask.set_cookie("access_token", key)
    for name in ("access_token", "api_key", "key", "token", "Authorization"):
        refused(flask.get(f"/v1/users/me?{name}={key}"), 401, "not-signed-in")
        answer = flask.post(f"/v1/shows/{show.id}/holds?{name}={key}", json={"seat_numbers": ["A1"]})
        refused(answer, 401, "not-signed-in")
    for headers in ({"X-API-Key": key}, {"Authorization": key}, {"Authorization": f"Token {key}"}):
        refused(flask.get("/v1/users/me", headers=headers), 401, "not-signed-in")
    refused(flask.get("/v1/users/me", auth=(user.email, key)), 401, "not-signed-in")
    refused(flask.post("/v1/login", json={"email": user.email, "password": key}), 401, "sign-in-failed")
    assert scene.statuses(show) == {}


@pytest.mark.parametrize("written", ["Bearer {}", "bearer {}", "BEARER   {}", "Bearer {} "])
def test_the_header_is_read_as_that_of_a_token_is(scene: Scene, written: str) -> None:
    user = scene.user()
    headers = {"Authorization": written.format(scene.key(user))}
    assert scene.app.test_client().get("/v1/users/me", headers=headers).status_code == 200


HOSTILE = {
    "cut off": lambda key: key[:-1],
    "one more": lambda key: f"{key}x",
    "twice": lambda key: f"{key}, {key}",
    "another word": lambda key: key.replace("holdfast", "Holdfast"),
    "very long": lambda key: "holdfast_" + "x" * 50_000,
    "not ASCII": lambda key: key[:-1] + "\u00e4",
    "unknown": lambda key: "holdfast_" + "x" * 43,
    "a hash": lambda key: "holdfast_" + "\\x00" * 32,
}


@pytest.mark.parametrize("spoilt", HOSTILE)
def test_what_is_not_a_key_is_refused_also_where_anybody_may_ask(scene: Scene, spoilt: str) -> None:
    client = Client(scene.app.test_client(), HOSTILE[spoilt](scene.key(scene.user())))
    response = client.get("/users/me")
    refused(response, 401, "not-signed-in")
    assert 'error="invalid_token"' in response.headers["WWW-Authenticate"]
    if HOSTILE[spoilt]("").startswith("holdfast_"):
        refused(client.get("/shows/"), 401, "not-signed-in")


def test_an_expired_key_is_told_so_where_anybody_may_ask_too(scene: Scene) -> None:
    program = scene.program(scene.user(), "reading")
    with scene.connected() as connection:
        connection.execute("UPDATE api_keys SET expires_at = now()")
    assert refused(program.get("/shows/"), 401, "not-signed-in")["detail"].startswith("This API key expired on ")


def test_a_changed_password_ends_tokens_and_no_key(scene: Scene) -> None:
    user = scene.user()
    program, client = scene.program(user), scene.client(user)
    accounts.change_password(user, current_password=PASSWORD, new_password="another long password")
    refused(client.get("/users/me"), 401, "not-signed-in")
    assert program.get("/users/me").status_code == 200
