"""Forms that no page of ours sent are not taken."""

import re

import pytest
from flask import Flask

from tests.routes.asking import HTML, browser_of, rules
from tests.routes.world import fresh_world
from tests.scenes import PASSWORD, Scene
from tests.security.state import everything

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
    flask = browser_of(scene, organizer)
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
