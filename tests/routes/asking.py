"""How a route is asked, by a browser and by a client."""

import re
from collections.abc import Iterator

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.routes.world import World
from tests.scenes import Scene
from webapp.services.asker import Asker

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def rules(app: Flask) -> Iterator[tuple[Rule, str, str]]:
    """Every rule with each of its methods, and its endpoint without the name of the mount."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method, rule.endpoint.removeprefix("v1.")


def browser_of(scene: Scene, person: Asker | None) -> FlaskClient:
    """A browser with a session of this person's, or with none; it looked at no page yet."""
    flask = scene.app.test_client()
    if person:
        with flask.session_transaction() as session:
            session["user"] = scene.session_of(person)
    return flask


def by_browser(world: World, row: str, who: str) -> TestResponse:
    """What the person's browser gets for its form, or for a click on a link."""
    method, endpoint = row.split()
    rule = rule_of(world.scene.app, method, endpoint)
    person = world.people[who]
    flask = browser_of(world.scene, person)
    if method == "GET":
        return flask.get(world.path(rule), headers=HTML)
    page = flask.get("/account" if person and not person.is_guest else "/sign-in", headers=HTML).text
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    form = {"csrf_token": found[1], **world.body(endpoint, who), **world.file(endpoint)}
    return flask.open(world.path(rule), method=method, data=form, headers=HTML)


def by_client(world: World, row: str, who: str, *, mount: str = "", session: bool = False) -> TestResponse:
    """What the user's program gets with its token, or with nothing but the session of a browser."""
    method, endpoint = row.split()
    rule = rule_of(world.scene.app, method, mount + endpoint)
    person = world.people[who]
    flask = browser_of(world.scene, person if session else None)
    headers = {"Authorization": f"Bearer {world.scene.token(person)}"} if person and not session else {}
    body = world.body(endpoint, who) if method != "GET" else None
    return flask.open(world.path(rule), method=method, json=body, headers=headers)


def rule_of(app: Flask, method: str, endpoint: str) -> Rule:
    """The one rule of the endpoint with this method."""
    (found,) = [rule for rule in app.url_map.iter_rules(endpoint) if method in (rule.methods or ())]
    return found


def told(response: TestResponse) -> str:
    """The answer in a word."""
    response.close()
    if response.status_code == 303 and response.location.partition("?")[0] == "/sign-in":
        return "sign-in"
    return str(response.status_code)
