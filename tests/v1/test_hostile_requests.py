"""Whatever a client sends, it is never told of a mistake of ours: a no is a problem document, and changes nothing.

The routes are read from the application, so that a new one joins by itself; its good body has to be written here.
"""

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.pictures import picture_file
from tests.scenes import Scene
from tests.v1.shapes import PROBLEM

# A body that each route would take, by the endpoint without its blueprints; None where none is read.
GOOD: Mapping[str, Mapping[str, Any] | None] = {
    "users.sign_up": {
        "name": "Eve",
        "phone_number": "+358409999999",
        "email": "eve@example.com",
        "password": "a long password",
    },
    "users.login": {"email": "eve@example.com", "password": "a long password"},
    "shows.create": {
        "title": "Evensong",
        "venue": "Town Hall",
        "starts_at": "2027-05-01T19:30:00+03:00",
        "timezone": "Europe/Helsinki",
        "currency": "EUR",
        "seat_limit": 10,
    },
    "shows.add_seats": {
        "seat_numbers": [
            {"seat_number": "Z1", "section": "S", "row": "Z", "number": "1", "category": "Stalls", "price": 4500}
        ]
    },
    "shows.hold": {"seat_numbers": ["A2"], "hold_minutes": 10},
    "offers.hold_best": {
        "seats": 2,
        "price_at_most": 4500,
        "category": "Stalls",
        "step_free": False,
        "wheelchairs": 0,
        "hold_minutes": 10,
    },
    "reservations.hold": {"show_id": 1, "seat_number": "A2", "hold_minutes": 10},
    "baskets.confirm": {"reservation_ids": [1]},
    "baskets.extend": None,
    "reservations.confirm": None,
    "reservations.release": None,
    "running.change": {
        "edition": 1,
        "preview": False,
        "title": "Evensong",
        "description": "With organ.",
        "picture_alt": "A lamp",
        "venue": "Town Hall",
        "starts_at": "2027-05-01T19:30:00+03:00",
        "timezone": "Europe/Helsinki",
        "on_sale_at": "2027-01-01T10:00:00+02:00",
        "off_sale_at": None,
        "currency": "EUR",
        "seat_limit": 10,
        "hold_minutes": 10,
        "lonely_seats": "warn",
        "accessible_seats_released": True,
    },
    "running.set_prices": {"edition": 1, "prices": {"Stalls": 5000}},
    "running.set_picture": {"edition": 1, "picture": b64encode(picture_file(64, 40)).decode(), "alt": "A lamp"},
    "running.remove_picture": {"edition": 1},
    "running.duplicate": {"starts": ["2027-06-01T19:30:00+03:00"], "preview": False},
    "running.publish": None,
    "running.unpublish": None,
    "running.cancel": None,
}

# Rooms whose bodies are not tried here yet: they have no good one above.
UNTRIED = {"house_blocks", "box_office_calls", "managers", "plans"}

NOT_A_BODY: Mapping[str, bytes] = {
    "empty": b"",
    "white space": b" \n",
    "cut off": b'{"name": "Eve"',
    "two objects": b"{}{}",
    "array": b"[]",
    "array of objects": b"[{}]",
    "null": b"null",
    "true": b"true",
    "number": b"7",
    "huge number": b"9" * 5000,
    "text": b'"text"',
    "NUL byte": b"\0",
    "NUL in a field's name": b'{"\\u0000": 1}',
    "lone surrogate in a field's name": b'{"\\ud800": 1}',
    "invalid UTF-8": b'{"name": "\xff\xfe"}',
    "overlong UTF-8": b'{"name": "\xc0\xaf"}',
    "encoded surrogate": b'{"name": "\xed\xa0\x80"}',
    "UTF-16": '{"name": "Eve"}'.encode("utf-16"),
    "byte order mark": b"\xef\xbb\xbf{}",
    "not a number": b'{"hold_minutes": NaN}',
    "infinity": b'{"hold_minutes": -Infinity}',
    "comment": b'{/* hello */ "name": "Eve"}',
    "single quotes": b"{'name': 'Eve'}",
    "nested arrays": b"[" * 30_000 + b"]" * 30_000,
    "many nested arrays": b"[" * 100_000 + b"]" * 100_000,
    "nested objects": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "nested arrays in a field": b'{"seat_numbers": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "many fields": b"{" + b",".join(b'"f%d": 1' % n for n in range(5_000)) + b"}",
    "many members": b'{"seat_numbers": [' + b",".join([b"1"] * 500_000) + b"]}",
    "five megabytes": b'{"name": "' + b"x" * 5_000_000 + b'"}',
    "form": b"name=Eve&email=eve%40example.com",
    "a field of Python's": b'{"__class__": {"__init__": 1}, "model_config": 1}',
}

NOT_JSON = [
    "text/plain",
    "text/html",
    "application/xml",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/octet-stream",
    "",
    "json",
    "application/json\u00e9",
    ";;;",
]

HOSTILE_VALUES: Mapping[str, Any] = {
    "NUL": "\0",
    "NUL inside": "A\0001",
    "lone surrogate": "\ud800",
    "swapped surrogates": "\udc00\ud800",
    "too large for a column": 2**31,
    "too large for any column": 2**63,
    "far too large": 10**400,
    "below zero": -1,
    "far below zero": -(2**63) - 1,
    "zero": 0,
    "fraction": 1.5,
    "whole fraction": 1.0,
    "exponent": 1e308,
    "true": True,
    "false": False,
    "null": None,
    "list": [],
    "object": {},
    "list of a list": [[["A1"]]],
    "object in an object": {"$gt": {"$ne": None}},
    "empty": "",
    "white space": " \t\u00a0",
    "very long": "x" * 20_000,
    "line ends": "A\r\nSet-Cookie: a=b",
    "text that turns around": "\u202eA1",
    "byte order mark": "\ufeffA1",
    "nothing to see": "\u200b",
    "not a character": "\uffff",
    "many marks": "e" + "\u0301" * 60,
    "grows when composed": "\ufdfa" * 64,
    "has no capitals of one length": "ŉßΐ",
    "SQL": "A1'; DROP TABLE seats; --",
    "format": "%s%n{0}{}",
    "template": "{{ 7 * 7 }}<script>",
    "digits of another script": "\u0661\u0662",
    "number as text": "10",
    "emoji": "\U0001f600",
}

HOSTILE_IDS = [
    *["0", "-1", "+1", "1.5", "1e3", "0x1", "abc", "NaN", "%00", "1%00", "%0a", "1%0d%0aX:%201", "%ff", "%ed%a0%80"],
    *["..", "%2e%2e", "1%2f..", "1;x", "%D9%A1", "%EF%BC%91", "9" * 19, "9" * 20, "9" * 5000, "-" + "9" * 20],
    *["2147483648", "9223372036854775807", "9223372036854775808", "'", "%27%20OR%201=1", "{id}"],
]

HOSTILE_QUERIES = [
    *["%", "%00", "%00=%00", "limit=%00", "limit=%ff", "limit=%ed%a0%80", "cursor=%00", "cursor=%ff", "=", "&&&", "a"],
    *["limit=1&limit=", "limit[]=1", "limit=1e3", "limit=%D9%A1", "limit=" + "9" * 5000, "cursor=" + "9" * 5000],
    *["cursor=~~~", "section=%00", "section=%ff", "status=%00", "show_id=9999999999", "show_id=%00", "_method=POST"],
    *["limit=2&_anchor=x&_external=1&_scheme=evil", "limit=2&endpoint=", "limit=2&show_id=", "&".join(["a=1"] * 2000)],
    *["limit=1;cursor=2", "limit=%2B1", "limit= 1", "cursor=-9223372036854775809", "?limit=1", "\u00e9=\u00e9"],
]

HOSTILE_HEADERS: list[dict[str, str]] = [
    *[{"Authorization": value} for value in ["Bearer", "Bearer ", "bearer a b", "Bearer \xff\xfe", "Basic =", "x"]],
    *[{"Authorization": "Bearer " + value} for value in ["." * 2000, "e30.e30.e30", "x" * 8000, "a.b.c\t"]],
    *[{"Accept": value} for value in ["text/html;q=x", ",,,;;;", "*", "text/html;q=99", "\xff", "a/" + "b" * 7000]],
    *[{"If-None-Match": value} for value in ["*", '"', "W/", "\xff", ",,,", '"a", ' * 500]],
    *[
        {"Cookie": value}
        for value in ["holdfast=x.y.z", "holdfast=", "\xff=\xff", "a=" + "b" * 7000, ";;;", "holdfast"]
    ],
    *[{"Content-Type": value} for value in ["application/json; charset=utf-99", "application/json;;", "\xff"]],
    *[{"HX-Request": "x", "HX-Request-Type": "\xff"}, {"X-Forwarded-For": "\xff"}, {"Forwarded": "for=;;"}],
    *[{"Range": "bytes=0-1,5-"}, {"Expect": "x"}, {"X-HTTP-Method-Override": "DELETE"}, {"Content-Encoding": "gzip"}],
    *[{"Origin": "null"}, {"Referer": "\xff"}, {"Accept-Language": "*;q=9"}, {"Prefer": "x" * 5000}],
]


class Stage:
    """A show with its organizer, who is a buyer too, asking every route as well as it can be asked."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.asker = scene.user()
        self.show = scene.show(self.asker)
        self.sold = scene.hold(self.asker, self.show, "A1")[0]
        scene.client(self.asker).post(f"/reservations/{self.sold.id}/confirm")
        self.visitor = scene.app.test_client()
        self.token = scene.token(self.asker)
        self.ids = {"show_id": self.show.id, "user_id": self.asker.id, "reservation_id": self.sold.id}

    def path(self, rule: Rule, **ids: str) -> str:
        """The path of the rule with the ids of this stage, or these."""
        path = rule.rule.replace("<figure>", str(ids.get("figure", "categories")))
        for name in rule.arguments - {"figure"}:
            path = path.replace(f"<id:{name}>", str(ids.get(name, self.ids[name])))
        return path

    def with_own_ids(self, body: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
        """The body with the ids of this stage in place of those it has."""
        edition = self.scene.edition(self.show.id)
        own = {"show_id": self.show.id, "reservation_ids": [self.sold.id], "edition": edition}
        return body if body is None else {**body, **{name: own[name] for name in own.keys() & body.keys()}}

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, **more: Any) -> TestResponse:
        """One request with the asker's token, unless `headers` have another."""
        sent = {"Authorization": f"Bearer {self.token}", **(headers or {})}
        return self.visitor.open(path, method=method, headers=sent, **more)

    def state(self) -> list[dict[str, Any]]:
        """All that a client could have changed."""
        return self.scene.rows("""
            SELECT (SELECT count(*) FROM users) AS users,
                   (SELECT count(*) FROM shows) AS shows,
                   (SELECT count(*) FROM seats) AS seats,
                   (SELECT count(*) FROM categories) AS categories,
                   (SELECT string_agg(status, ' ') FROM reservations) AS reservations
        """)


@pytest.fixture
def stage(scene: Scene) -> Stage:
    """The stage of these tests."""
    return Stage(scene)


def shared(rule: Rule) -> str:
    """The endpoint of a rule of v1 without the name of its mount."""
    endpoint: str = rule.endpoint
    return endpoint.removeprefix("v1.")


def routes(app: Flask, *methods: str) -> Iterator[Rule]:
    """The rules under v1 that take one of these methods."""
    found = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/v1/")]
    assert len(found) >= 15
    for rule in found:
        if rule.methods and rule.methods & set(methods) and shared(rule).partition(".")[0] not in UNTRIED:
            yield rule


def method_of(rule: Rule) -> str:
    """The method with which a body is sent there."""
    return "PATCH" if "PATCH" in (rule.methods or ()) else "POST"


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


def test_every_route_with_a_body_has_a_good_one_here(scene: Scene) -> None:
    assert {shared(rule) for rule in routes(scene.app, "POST", "PUT", "PATCH", "DELETE")} == GOOD.keys()


def test_the_good_bodies_are_good(stage: Stage) -> None:
    for endpoint, body in GOOD.items():
        rule = next(rule for rule in routes(stage.scene.app, "POST", "PATCH") if shared(rule) == endpoint)
        response = stage.ask(method_of(rule), stage.path(rule), json=stage.with_own_ids(body))
        assert response.status_code in {200, 201, 409}, response.text
        # What is bought is not given back, and a show with buyers stays published.
        assert response.status_code != 409 or endpoint in {"reservations.release", "running.unpublish"}


@pytest.mark.parametrize("body", NOT_A_BODY)
def test_what_is_no_body_is_refused(stage: Stage, body: str) -> None:
    before = stage.state()
    for rule in routes(stage.scene.app, "POST", "PUT", "PATCH"):
        response = stage.ask(method_of(rule), stage.path(rule), data=NOT_A_BODY[body], content_type="application/json")
        (is_yes_or_no if GOOD[shared(rule)] is None else is_no)(response)
    assert stage.state() == before


@pytest.mark.parametrize("content_type", NOT_JSON)
def test_what_does_not_say_that_it_is_json_is_refused(stage: Stage, content_type: str) -> None:
    before = stage.state()
    for rule in routes(stage.scene.app, "POST", "PUT", "PATCH"):
        good = GOOD[shared(rule)]
        if good is not None:
            body = json.dumps(good)
            response = stage.ask(method_of(rule), stage.path(rule), headers={"Content-Type": content_type}, data=body)
            is_no(response)
            assert response.status_code == 415
    assert stage.state() == before


def test_a_form_at_v1_is_no_json_also_from_a_browser(stage: Stage) -> None:
    for rule in routes(stage.scene.app, "POST"):
        if GOOD[shared(rule)] is not None:
            response = stage.ask(
                method_of(rule), stage.path(rule), headers={"Accept": "text/html"}, data={"name": "Eve"}
            )
            is_no(response)
            assert response.status_code == 415


def test_a_field_that_is_there_twice_is_refused(stage: Stage) -> None:
    before = stage.state()
    for rule in routes(stage.scene.app, "POST", "PUT", "PATCH"):
        good = GOOD[shared(rule)]
        if good is not None:
            good = {**good, **({"show_id": stage.show.id} if "show_id" in good else {})}
            name = next(iter(good))
            body = json.dumps(good)[:-1] + f', "{name}": {json.dumps(good[name])}' + "}"
            response = stage.ask(method_of(rule), stage.path(rule), data=body, content_type="application/json")
            is_no(response)
            assert response.json is not None
            assert response.json["errors"] == [{"pointer": f"#/{name}", "detail": "This field is there twice."}]
    assert stage.state() == before


def test_a_field_that_nobody_knows_is_refused(stage: Stage) -> None:
    before = stage.state()
    for rule in routes(stage.scene.app, "POST", "PUT", "PATCH"):
        good = GOOD[shared(rule)]
        if good is not None:
            good = {**good, **({"show_id": stage.show.id} if "show_id" in good else {}), "surprise": 1}
            response = stage.ask(method_of(rule), stage.path(rule), json=good)
            is_no(response)
            assert response.json is not None
            assert [error["pointer"] for error in response.json["errors"]] == ["#/surprise"]
    assert stage.state() == before


@pytest.mark.parametrize("value", HOSTILE_VALUES)
def test_no_value_of_any_field_breaks_anything(stage: Stage, value: str) -> None:
    hostile = HOSTILE_VALUES[value]
    for rule in routes(stage.scene.app, "POST", "PUT", "PATCH"):
        for spoilt in spoilt_bodies(GOOD[shared(rule)] or {}, hostile, stage.show.id):
            is_yes_or_no(
                stage.ask(method_of(rule), stage.path(rule), data=json.dumps(spoilt), content_type="application/json")
            )


def spoilt_bodies(good: Mapping[str, Any], hostile: Any, show_id: int) -> Iterator[Mapping[str, Any]]:
    """The good body with the hostile value in each of its fields, one after the other, also inside of lists."""
    good = {**good, "show_id": show_id} if "show_id" in good else good
    for name, value in good.items():
        yield {**good, name: hostile}
        if isinstance(value, list):
            yield {**good, name: [hostile]}
            if isinstance(value[0], dict):
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
