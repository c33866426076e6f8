"""Where v1 is found: under /v1 and at the bare paths, with a last slash and without."""

import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.scenes import Scene
from tests.v1.shapes import RESERVATION, USER, answered, refused
from tests.v1.stage import Stage, routes

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
CURL = {"Accept": "*/*"}


def timeless(answer: Any) -> Any:
    """The answer, or the names of its fields where its figures go with the time at which they are read."""
    return answer.keys() if isinstance(answer, dict) and answer.keys() & {"read_at", "cursor"} else answer


@pytest.mark.parametrize("prefix", ["/v1", ""])
@pytest.mark.parametrize("slash", ["", "/"])
def test_a_path_answers_the_same_with_and_without_v1_and_the_last_slash(scene: Scene, prefix: str, slash: str) -> None:
    stage = Stage(scene)
    for rule in routes(scene.app, "GET"):
        plain = stage.path(rule).rstrip("/")
        there = stage.ask("GET", plain)
        asked = stage.ask("GET", prefix + plain.removeprefix("/v1") + slash, headers=CURL)
        assert (asked.status_code, timeless(asked.json)) == (200, timeless(there.json)), asked.request.path


@pytest.mark.parametrize("prefix", ["/v1", ""])
@pytest.mark.parametrize("slash", ["", "/"])
def test_a_seat_is_held_confirmed_and_released_at_either_path(scene: Scene, prefix: str, slash: str) -> None:
    show, buyer = scene.show(), scene.user()
    flask, headers = scene.app.test_client(), {"Authorization": f"Bearer {scene.token(buyer)}", **CURL}

    def post(path: str, body: object = None) -> TestResponse:
        return flask.post(prefix + path + slash, json=body, headers=headers)

    held = post(f"/reservations/{buyer.id}/hold", {"show_id": show.id, "seat_number": "A1"})
    reservation = answered(held, 201, RESERVATION)
    assert held.headers["Location"] == f"{prefix}/reservations/{reservation['id']}"
    confirmed = answered(post(f"/reservations/{reservation['id']}/confirm"), 200, RESERVATION)
    assert confirmed["status"] == "CONFIRMED"
    another = answered(post(f"/shows/{show.id}/holds", {"seat_numbers": ["A2"]}), 201, RESERVATION)[0]
    answered(post(f"/reservations/{another['id']}/release"), 200, RESERVATION)
    assert scene.statuses(show) == {"A1": ["CONFIRMED"], "A2": ["CANCELLED"]}


def test_an_account_is_made_and_signed_in_to_at_the_bare_path(scene: Scene) -> None:
    flask = scene.app.test_client()
    ada = {"name": "Ada", "phone_number": "+358401234567", "email": "ada@example.com", "password": "a long password"}
    made = flask.post("/users/", json=ada, headers=CURL)
    assert answered(made, 201, USER)["name"] == "Ada"
    assert made.headers["Location"] == "/users/me"
    assert flask.post("/login", json={"email": ada["email"], "password": ada["password"]}).status_code == 200
    assert flask.get_cookie("holdfast") is None


def test_a_browser_finds_pages_at_the_bare_paths_and_only_json_under_v1(scene: Scene) -> None:
    show, flask = scene.show(), scene.app.test_client()
    assert flask.get(f"/shows/{show.id}", headers=BROWSER).mimetype == "text/html"
    assert flask.get(f"/v1/shows/{show.id}", headers=BROWSER).mimetype == "application/json"
    assert flask.get(f"/shows/{show.id}", headers=CURL).mimetype == "application/json"
    assert flask.get(f"/shows/{show.id}").mimetype == "application/json"


def test_a_browser_finds_nothing_where_only_clients_ask(scene: Scene) -> None:
    show, browser = scene.show(), scene.browser(scene.user())
    for path in (f"/shows/{show.id}/seats", f"/shows/{show.id}/availability", "/users/me"):
        response = browser.get(path)
        assert (response.status_code, response.mimetype) == (404, "text/html")
    for path in ("/users/", "/login", "/shows/", f"/shows/{show.id}/seats", "/reservations/1/hold"):
        response = browser.post(path, {"title": "Evensong"})
        assert (response.status_code, response.mimetype) == (404, "text/html")


def test_a_client_finds_nothing_where_only_people_ask(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    flask, headers = scene.app.test_client(), {"Authorization": f"Bearer {scene.token(organizer)}"}
    for path in ("/account", "/organizer/", f"/organizer/shows/{show.id}", "/sign-in"):
        refused(flask.get(path, headers=headers), 404, "not-found")
    for path in ("/sign-out", "/account/delete", f"/organizer/shows/{show.id}/cancel"):
        refused(flask.post(path, headers=headers, json={"password": "x"}), 404, "not-found")
    assert scene.rows("SELECT FROM shows WHERE cancelled_at IS NOT NULL") == []


def test_answers_that_differ_by_who_asks_are_kept_by_nobody_else(scene: Scene) -> None:
    show = scene.show()
    for path in (f"/v1/shows/{show.id}", f"/shows/{show.id}", f"/v1/shows/{show.id}/availability", "/v1/nothing"):
        headers = scene.app.test_client().get(path).headers
        assert "private" in headers["Cache-Control"]
        varies = set(re.split(r",\s*", headers["Vary"]))
        assert varies >= {"Accept", "Authorization", "Cookie", "HX-Request", "HX-Request-Type"}
