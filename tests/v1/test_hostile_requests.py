"""Whatever a client sends, it is never told of a mistake of ours: a no is a problem document, and changes nothing."""

import json
from collections.abc import Iterator, Mapping
from copy import copy
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.keeping import put_back
from tests.scenes import Scene
from tests.v1.hostile import (
    HOSTILE_HEADERS,
    HOSTILE_IDS,
    HOSTILE_QUERIES,
    HOSTILE_VALUES,
    NOT_A_BODY,
    NOT_JSON,
)
from tests.v1.shapes import PROBLEM
from tests.v1.stage import GOOD, Stage, method_of, routes, shared

CHANGING = ("POST", "PUT", "PATCH")
# What is bought is not given back, a show with buyers stays published, and its organizer needs no invitation to it.
REFUSED_BY_THE_STAGE = {"reservations.release", "running.unpublish", "managers.accept"}


@pytest.fixture
def stage(scene: Scene) -> Stage:
    """The stage of these tests."""
    return copy(put_back(scene, Stage))


def is_no(response: TestResponse) -> None:
    """Assert that it is a no of the client's making, as a problem document."""
    assert 400 <= response.status_code < 500, (response.request.path, response.status_code, response.text[:500])
    assert response.mimetype == "application/problem+json"
    assert response.json is not None
    assert response.json.keys() >= PROBLEM.keys()
    assert response.json["status"] == response.status_code


def is_yes_or_no(response: TestResponse) -> None:
    """Assert that it is a good answer in JSON, or a no."""
    if response.status_code >= 300 and response.status_code != 304:
        is_no(response)
    else:
        assert response.status_code == 304 or response.mimetype == "application/json"


def test_every_route_that_changes_something_has_a_good_body(scene: Scene) -> None:
    assert {shared(rule) for rule in routes(scene.app, *CHANGING, "DELETE")} == GOOD.keys()


def test_the_good_bodies_are_good(stage: Stage) -> None:
    found = {shared(rule): rule for rule in routes(stage.scene.app, *CHANGING, "DELETE")}
    for endpoint in GOOD:
        rule = found[endpoint]
        response = stage.ask(method_of(rule), stage.path(rule), json=stage.good(rule))
        expected = {409} if endpoint in REFUSED_BY_THE_STAGE else {200, 201, 204}
        assert response.status_code in expected, (endpoint, response.text)


@pytest.mark.parametrize("body", NOT_A_BODY)
def test_what_is_no_body_is_refused(stage: Stage, body: str) -> None:
    before = stage.state()
    for rule in routes(stage.scene.app, *CHANGING):
        response = stage.ask(method_of(rule), stage.path(rule), data=NOT_A_BODY[body], content_type="application/json")
        (is_yes_or_no if GOOD[shared(rule)] is None else is_no)(response)
    assert stage.state() == before


def reading(stage: Stage) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """The method, path and good body of every route that reads one."""
    for rule in routes(stage.scene.app, *CHANGING):
        good = stage.good(rule)
        if good is not None:
            yield method_of(rule), stage.path(rule), good


@pytest.mark.parametrize("content_type", NOT_JSON)
def test_what_does_not_say_that_it_is_json_is_refused(stage: Stage, content_type: str) -> None:
    before = stage.state()
    for method, path, good in reading(stage):
        response = stage.ask(method, path, headers={"Content-Type": content_type}, data=json.dumps(good))
        is_no(response)
        assert response.status_code == 415
    assert stage.state() == before


def test_a_form_at_v1_is_no_json_also_from_a_browser(stage: Stage) -> None:
    for method, path, _ in reading(stage):
        response = stage.ask(method, path, headers={"Accept": "text/html"}, data={"name": "Eve"})
        is_no(response)
        assert response.status_code == 415


def test_a_field_that_is_there_twice_is_refused(stage: Stage) -> None:
    before = stage.state()
    for method, path, good in reading(stage):
        name = next(iter(good))
        body = json.dumps(good)[:-1] + f', "{name}": {json.dumps(good[name])}' + "}"
        response = stage.ask(method, path, data=body, content_type="application/json")
        is_no(response)
        assert response.json is not None
        assert response.json["errors"] == [{"pointer": f"#/{name}", "detail": "This field is there twice."}]
    assert stage.state() == before


def test_a_field_that_nobody_knows_is_refused(stage: Stage) -> None:
    before = stage.state()
    for method, path, good in reading(stage):
        response = stage.ask(method, path, json={**good, "surprise": 1})
        is_no(response)
        assert response.json is not None
        assert [error["pointer"] for error in response.json["errors"]] == ["#/surprise"]
    assert stage.state() == before


@pytest.mark.parametrize("value", HOSTILE_VALUES)
def test_no_value_of_any_field_breaks_anything(stage: Stage, value: str) -> None:
    for method, path, good in reading(stage):
        for spoilt in spoilt_bodies(good, HOSTILE_VALUES[value]):
            is_yes_or_no(stage.ask(method, path, data=json.dumps(spoilt), content_type="application/json"))


def spoilt_bodies(good: Mapping[str, Any], hostile: Any) -> Iterator[Mapping[str, Any]]:
    """The good body with the hostile value in each of its fields, one after the other, also inside of lists."""
    for name, value in good.items():
        yield {**good, name: hostile}
        if isinstance(value, list):
            yield {**good, name: [hostile]}
            if value and isinstance(value[0], dict):
                yield from ({**good, name: [{**value[0], inner: hostile}]} for inner in value[0])


@pytest.mark.parametrize("hostile", HOSTILE_IDS, ids=lambda hostile: hostile[:30])
def test_an_id_that_cannot_be_is_the_address_of_nothing(stage: Stage, hostile: str) -> None:
    before = stage.state()
    for rule in routes(stage.scene.app, "GET", "POST"):
        for name in rule.arguments:
            path = stage.path(rule, **{name: hostile})
            for prefix in ("", "/v1"):
                method = "GET" if "GET" in (rule.methods or ()) else "POST"
                is_no(stage.ask(method, prefix + path.removeprefix("/v1"), json=GOOD.get(shared(rule), {})))
    assert stage.state() == before


def test_an_id_has_one_spelling(stage: Stage) -> None:
    other_digits = str(stage.show.id).translate({ord("0") + digit: 0x0660 + digit for digit in range(10)})
    assert stage.ask("GET", f"/v1/shows/{stage.show.id}").status_code == 200
    is_no(stage.ask("GET", f"/v1/shows/{other_digits}"))


@pytest.mark.parametrize("query", HOSTILE_QUERIES, ids=lambda query: query[:30])
def test_no_query_string_breaks_anything(stage: Stage, query: str) -> None:
    for rule in routes(stage.scene.app, "GET"):
        is_yes_or_no(stage.ask("GET", stage.path(rule), query_string=query))


@pytest.mark.parametrize("headers", HOSTILE_HEADERS, ids=lambda headers: ": ".join(next(iter(headers.items())))[:30])
def test_no_header_breaks_anything(stage: Stage, headers: dict[str, str]) -> None:
    before = stage.state()
    for rule in routes(stage.scene.app, "GET"):
        is_yes_or_no(stage.ask("GET", stage.path(rule), headers=headers))
    for rule in routes(stage.scene.app, "POST"):
        is_yes_or_no(stage.ask(method_of(rule), stage.path(rule), headers=headers, data=b"{}"))
    assert stage.state() == before


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "BREW"])
def test_no_method_breaks_anything(stage: Stage, method: str) -> None:
    answered = {rule.rule for rule in routes(stage.scene.app, method)}
    for rule in routes(stage.scene.app, "GET", "POST"):
        if rule.rule in answered:
            continue
        response = stage.ask(method, stage.path(rule))
        is_no(response)
        assert response.status_code == 405
        assert response.headers["Allow"]


def one_that_breaks() -> str:
    """A handler with a mistake in it."""
    raise ValueError("the inside of our house")


def test_a_mistake_of_ours_is_told_without_a_word_about_the_inside(
    own_scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    own_scene.app.add_url_rule("/v1/mistake", view_func=one_that_breaks)
    with caplog.at_level("CRITICAL"):
        response = own_scene.app.test_client().get("/v1/mistake")
    assert response.status_code == 500
    assert response.json is not None
    assert response.json.keys() == PROBLEM.keys()
    assert response.json["type"] == "/problems/error"
    assert "inside" not in response.text
