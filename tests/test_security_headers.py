"""What guards every answer, whoever asks for what: headers, cookies, the check of forms, and the site's own name."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.conftest import KEY
from tests.routes.asking import HTML, rules
from tests.routes.world import fresh_world
from tests.scenes import PASSWORD, Scene, Visitor
from tests.v1.shapes import refused
from webapp import create_app
from webapp.config import Settings
from webapp.extensions import db

TEMPLATES = Path(__file__).parents[1] / "templates"

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def is_guarded(response: TestResponse) -> None:
    """Assert that the answer has all the headers."""
    headers = response.headers
    assert dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; ")) == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"  # forms over HTTPS are checked by their Referer
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert re.fullmatch("[0-9a-f]{16}", headers["X-Request-ID"])
    response.close()


@pytest.mark.parametrize("headers", [HTML, {}, {"HX-Request": "true", "HX-Request-Type": "partial"}])
def test_every_route_answers_with_all_the_headers(scene: Scene, headers: dict[str, str]) -> None:
    world = fresh_world(scene)
    for rule, method, _ in rules(scene.app):
        is_guarded(scene.app.test_client().open(world.path(rule), method=method, headers=headers))


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/nowhere"), ("DELETE", "/shows/"), ("GET", "/static/nothing.js"), ("GET", "/shows/9"), ("OPTIONS", "/")],
)
def test_an_error_answers_with_all_the_headers_too(scene: Scene, method: str, path: str) -> None:
    is_guarded(scene.app.test_client().open(path, method=method, headers=HTML))
    is_guarded(scene.app.test_client().open(path, method=method, headers={"Host": "evil.example"}))


def test_what_differs_by_person_or_tongue_is_kept_privately(scene: Scene) -> None:
    world = fresh_world(scene)
    for rule, method, endpoint in rules(scene.app):
        response = scene.app.test_client().open(world.path(rule), method=method, headers=HTML)
        cached = response.headers.get("Cache-Control", "")
        if endpoint in {"static", "pictures.picture"}:
            assert "private" not in cached, "it is the same for everybody"
        else:
            assert "private" in cached or "no-store" in cached, endpoint
            assert {"Cookie", "Authorization", "Accept", "HX-Request", "HX-Request-Type"} <= response.vary.as_set(
                preserve_casing=True
            )
        response.close()


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(scene: Scene) -> None:
    cookie = scene.browser().get("/sign-in").headers["Set-Cookie"]
    assert cookie.startswith("holdfast=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    assert "Domain" not in cookie


def test_a_session_lasts_two_weeks_and_keeps_nothing_of_the_one_before(scene: Scene) -> None:
    user, flask = scene.user(), scene.app.test_client()
    with flask.session_transaction() as session:
        session["planted"] = "by somebody else"
    browser = scene.browser()
    browser.flask = flask
    browser.sign_in(user.email)
    with flask.session_transaction() as session:
        assert "planted" not in session
        assert session["user"][0] == user.id
        assert session.permanent
    assert scene.app.permanent_session_lifetime.days == 14


@pytest.fixture
def behind_a_proxy(scene: Scene) -> Iterator[Flask]:
    """The application behind one proxy that it trusts."""
    settings = {"DATABASE_URL": scene.database.url, "SECRET_KEY": KEY, "TRUSTED_PROXIES": "1"}
    app = create_app(Settings.from_environment(settings))
    app.test_client_class = Visitor
    yield app
    with app.app_context():
        db.engine.dispose()


def test_behind_a_proxy_with_https_the_cookie_stays_off_plain_http(behind_a_proxy: Flask) -> None:
    https = behind_a_proxy.test_client().get("/sign-in", headers={**HTML, "X-Forwarded-Proto": "https"})
    assert "Secure" in https.headers["Set-Cookie"]
    assert https.headers["Set-Cookie"].startswith("__Host-holdfast=")
    assert "Path=/" in https.headers["Set-Cookie"].split("; ")
    assert "Domain" not in https.headers["Set-Cookie"]
    assert https.headers["Strict-Transport-Security"].startswith("max-age=")
    plain = behind_a_proxy.test_client().get("/sign-in", headers=HTML)
    assert "Secure" not in plain.headers["Set-Cookie"]
    assert "Strict-Transport-Security" not in plain.headers


def test_over_https_a_cookie_that_another_host_could_have_planted_is_nobodys(
    behind_a_proxy: Flask, scene: Scene
) -> None:
    cookie = scene.browser(scene.user()).flask.get_cookie("holdfast")
    assert cookie
    for name, status in (("holdfast", 303), ("__Host-holdfast", 200)):
        flask = behind_a_proxy.test_client()
        flask.set_cookie(name, cookie.value)
        assert flask.get("/account", headers={**HTML, "X-Forwarded-Proto": "https"}).status_code == status


def test_behind_a_proxy_the_site_may_be_mounted_below_a_path(behind_a_proxy: Flask) -> None:
    headers = {**HTML, "X-Forwarded-Prefix": "/tickets"}
    assert 'href="/tickets/sign-in' in behind_a_proxy.test_client().get("/shows/", headers=headers).text
    problem = behind_a_proxy.test_client().get("/v1/nothing", headers={"X-Forwarded-Prefix": "/tickets"}).json
    assert problem
    assert problem["type"] == "/tickets/problems/not-found"


def test_a_proxy_that_is_trusted_may_not_name_any_host(behind_a_proxy: Flask) -> None:
    response = behind_a_proxy.test_client().get("/v1/shows/", headers={"X-Forwarded-Host": "evil.example"})
    refused(response, 400, "unreadable")


def test_nobody_passes_for_a_proxy_where_none_is(scene: Scene) -> None:
    pretended = {
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Prefix": "/evil",
        "X-Forwarded-For": "10.0.0.1",
        "Forwarded": "host=evil.example;proto=https",
    }
    response = scene.app.test_client().get("/sign-in", headers={**HTML, **pretended})
    assert response.status_code == 200
    assert "evil" not in response.text
    assert "Secure" not in response.headers["Set-Cookie"]
    assert "Strict-Transport-Security" not in response.headers


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "localhost@evil.example", "a b", "é"])
@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/shows/"), ("GET", "/v1/shows/"), ("POST", "/sign-in"), ("GET", "/nowhere")]
)
def test_a_host_that_is_not_ours_is_refused(scene: Scene, host: str, method: str, path: str) -> None:
    response = scene.app.test_client().open(path, method=method, headers={**HTML, "Host": host})
    refused(response, 400, "unreadable")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "localhost:8001", "127.0.0.1:80"])
def test_the_names_of_this_machine_are_ours(scene: Scene, host: str) -> None:
    assert scene.app.test_client().get("/shows/", headers={"Host": host}).status_code == 200


SENT_LIKE = {
    "a form": {**HTML},
    "htmx": {"HX-Request": "true", "HX-Request-Type": "partial"},
    "a script": {"Accept": "*/*"},
    "a script without a form": {"Accept": "*/*", "Content-Type": "text/plain"},
}


@pytest.mark.parametrize("token", ["", "forged", None])
@pytest.mark.parametrize("like", SENT_LIKE)
def test_no_form_is_taken_that_no_page_of_ours_sent(scene: Scene, like: str, token: str | None) -> None:
    world = fresh_world(scene)
    organizer = world.people["organizer"]
    assert organizer
    flask = scene.app.test_client()
    with flask.session_transaction() as session:
        session["user"] = scene.session_of(organizer)
    held = scene.hold(organizer, world.show, "A6")
    before = everything(scene)
    for rule, method, endpoint in rules(scene.app):
        if method == "GET" or rule.rule.startswith("/v1"):
            continue
        form = {**world.body(endpoint, "organizer"), **world.file(endpoint), "reservation_ids": [held[0].id]}
        if token is not None:
            form["csrf_token"] = token
        path = world.path(rule).replace(f"/reservations/{world.held.id}", f"/reservations/{held[0].id}")
        response = flask.open(path, method=method, data=form, headers=SENT_LIKE[like])
        assert 400 <= response.status_code < 500, (endpoint, response.status_code)
        with flask.session_transaction() as session:
            assert session["user"][0] == organizer.id, endpoint
    assert everything(scene) == before


def test_the_token_of_another_session_is_not_good_here(scene: Scene) -> None:
    mine, theirs = scene.browser(scene.user()), scene.browser(scene.user())
    mine.csrf_token = theirs.csrf_token
    assert mine.post("/organizer/shows/new", {"title": "x"}).status_code == 400


def everything(scene: Scene) -> list[dict[str, object]]:
    """All that a form could have changed."""
    return [
        dict(row)
        for table in ("users", "shows", "categories", "seats", "reservations")
        for row in scene.rows(f"SELECT '{table}' AS of, t.* FROM {table} AS t ORDER BY id")
    ]


def test_over_https_a_form_of_another_site_is_refused(behind_a_proxy: Flask, scene: Scene) -> None:
    user, https = scene.user(), {**HTML, "X-Forwarded-Proto": "https"}
    flask = behind_a_proxy.test_client()
    page = flask.get("/sign-in", headers=https, base_url="https://localhost")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token
    form = {"csrf_token": token[1], "email": user.email, "password": PASSWORD}
    there = {**https, "Referer": "https://evil.example/"}
    assert flask.post("/sign-in", data=form, headers=there, base_url="https://localhost").status_code == 400
    here = {**https, "Referer": "https://localhost/sign-in"}
    assert flask.post("/sign-in", data=form, headers=here, base_url="https://localhost").status_code == 303


FORBIDDEN_IN_TEMPLATES = {
    "a filter that lets HTML through": r"\|\s*safe\b",
    "autoescaping switched off": r"autoescape\s+false",
    "a style in an attribute": r"\sstyle\s*=",
    "a style in the page": r"<style\b",
    "a handler in an attribute": r"\son[a-z]+\s*=",
    "htmx's handlers": r"hx-on",
    "htmx's JavaScript": r"[\"']\s*(js|javascript):",
    "a filter of a trigger, which is evaluated": r"hx-trigger\s*=\s*[\"'][^\"']*\[",
    "htmx's values from JavaScript": r"hx-vars",
    "something from elsewhere": r"(src|href)\s*=\s*[\"']?(https?:)?//",
}


@pytest.mark.parametrize("what", FORBIDDEN_IN_TEMPLATES)
def test_no_template_has_what_the_policy_forbids(what: str) -> None:
    templates = sorted(TEMPLATES.rglob("*.html"))
    assert len(templates) > 20
    for template in templates:
        assert not re.search(FORBIDDEN_IN_TEMPLATES[what], template.read_text(), re.IGNORECASE), template


class Scripts(HTMLParser):
    """Collects the scripts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.attributes: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember a script."""
        if tag == "script":
            self.attributes.append(dict(attrs))


def test_every_script_of_every_page_is_a_file_of_ours(scene: Scene) -> None:
    world = fresh_world(scene)
    organizer = world.people["organizer"]
    assert organizer
    flask = scene.app.test_client()
    with flask.session_transaction() as session:
        session["user"] = scene.session_of(organizer)
    found = 0
    for rule, method, endpoint in rules(scene.app):
        if method != "GET" or rule.rule.startswith("/v1") or endpoint == "static":
            continue
        page = flask.get(world.path(rule), headers=HTML)
        if page.mimetype != "text/html":
            continue
        scripts = Scripts()
        scripts.feed(page.text)
        for attributes in scripts.attributes:
            assert (attributes.get("src") or "").startswith("/static/"), endpoint
            found += 1
    assert found


def test_what_people_write_is_only_text_on_every_page(scene: Scene) -> None:
    written = "<script>alert(1)</script>'\"{{7*7}}"
    organizer = scene.user(written)
    show = scene.show(organizer, seats="A1-A3", title=written)
    held = scene.hold(organizer, show, "A1")[0]
    browser = scene.browser(organizer)
    for path in (
        *("/shows/", f"/shows/{show.id}", "/reservations/", f"/reservations/{held.id}"),
        *("/organizer/", f"/organizer/shows/{show.id}", "/account"),
    ):
        page = browser.get(path)
        assert page.status_code == 200
        assert "alert(1)" in page.text
        assert "<script>alert" not in page.text
        assert "{{7*7}}" in page.text
