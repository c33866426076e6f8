"""Whatever a form sends, a person is never told of a mistake of ours. The routes are read from the application."""

import io
from copy import copy

import pytest

from tests.keeping import put_back
from tests.routes.answers import WHO
from tests.routes.asking import HTML, rules
from tests.routes.world import World
from tests.scenes import Browser, Scene

HOSTILE = [
    *["", "\0", "A\0", "\ufeff", "\u202e", "\uffff", "x" * 20_000, "e" + "\u0301" * 200, "\ufdfa" * 99, "9" * 5000],
    *["0", "-1", "1.5", "1e999", "NaN", "2147483648", "9223372036854775808", "\u0663", "\r\nX: 1", "{{7*7}}%s'; --"],
    *["0001-01-01T00:00", "9999-12-31T23:59", "2027-05-01T19:30+05:00", "A1-A99999999999", "A1,,,;;\n\n", "Europe"],
]


class Stage(World):
    """A world whose organizer sends every form of the site."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        organizer = self.people["organizer"]
        assert organizer
        self.organizer = organizer
        self.browser = Browser(scene.app.test_client())

    def sign_in(self) -> None:
        """Begin the session anew, since some forms end it."""
        with self.browser.flask.session_transaction() as session:
            session["user"] = self.scene.session_of(self.organizer)
        self.browser.get("/account")

    def forms(self) -> list[tuple[str, str]]:
        """The path and endpoint of every form."""
        return [
            (self.path(rule), endpoint)
            for rule, method, endpoint in rules(self.scene.app)
            if method == "POST" and not rule.rule.startswith("/v1")
        ]


@pytest.fixture
def stage(scene: Scene) -> Stage:
    """The stage of these tests."""
    stage = copy(put_back(scene, Stage))
    stage.browser = Browser(scene.app.test_client())
    stage.sign_in()
    return stage


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: repr(value)[:30])
def test_no_value_of_any_field_breaks_a_form(stage: Stage, value: str) -> None:
    for path, endpoint in stage.forms():
        good = {**stage.body(endpoint, WHO[3]), "csrf_token": stage.browser.csrf_token}
        for name in good:
            response = stage.browser.flask.post(path, data={**good, name: value}, headers=HTML)
            assert response.status_code < 500, (path, name)
            if response.status_code == 303 and endpoint.startswith("accounts."):
                stage.sign_in()


@pytest.mark.parametrize("fields", [1000, 5000, 100_000])
def test_no_number_of_fields_breaks_a_form(stage: Stage, fields: int) -> None:
    body = f"csrf_token={stage.browser.csrf_token}" + "&seat_ids=1" * fields
    for path, _ in stage.forms():
        response = stage.browser.flask.post(
            path, data=body, content_type="application/x-www-form-urlencoded", headers=HTML
        )
        assert response.status_code < 500, path
        stage.sign_in()


MULTIPART = [
    b"",
    b"--x",
    b"--x--",
    b"--x\r\n\r\n",
    b"\0" * 1000,
    b'--x\r\nContent-Disposition: form-data; name="\xff"\r\n\r\n',
]


@pytest.mark.parametrize("body", [*MULTIPART, b"--x\r\n\r\n\r\n" * 2000])
@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=x", "multipart/form-data", "multipart/form-data; boundary="]
)
def test_no_multipart_body_breaks_a_form(stage: Stage, body: bytes, kind: str) -> None:
    for path, _ in stage.forms():
        response = stage.browser.flask.post(path, data=body, content_type=kind, headers=HTML)
        assert response.status_code < 500, path


def test_a_file_in_the_place_of_every_field_breaks_nothing(stage: Stage) -> None:
    for path, endpoint in stage.forms():
        good = stage.body(endpoint, WHO[3])
        form = {name: (io.BytesIO(b"\0\xff"), "\0/../x.csv") for name in good}
        response = stage.browser.flask.post(path, data={**form, "csrf_token": stage.browser.csrf_token}, headers=HTML)
        assert response.status_code < 500, path
        stage.sign_in()


@pytest.mark.parametrize(
    "query",
    [
        "next=//evil",
        "next=%00",
        "limit=abc",
        "limit=0",
        "cursor=%ff",
        "status=x",
        "%00=1",
        "limit=1&endpoint=",
        "limit=1&show_id=&_external=1",
    ],
)
def test_no_query_string_breaks_a_page(stage: Stage, query: str) -> None:
    for rule, method, _ in rules(stage.scene.app):
        if method == "GET" and not rule.rule.startswith("/v1"):
            response = stage.browser.flask.get(stage.path(rule), query_string=query, headers=HTML)
            assert response.status_code < 500, rule
            response.close()
