"""What guards every answer, whoever asks for what: its headers, and the cookie of the session."""

import re

import pytest
from werkzeug.test import TestResponse

from tests.routes.asking import HTML, rules
from tests.routes.world import fresh_world
from tests.scenes import Scene

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
