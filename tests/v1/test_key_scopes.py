"""Every call of v1 against every scope: a key does what it was made for and nothing else, whatever it is sent."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.scenes import Scene
from tests.v1.promises import document
from tests.v1.shapes import refused
from tests.v1.stage import GOOD, Stage, routes, shared
from webapp.contract.operations import methods_of, path_of
from webapp.key_scopes import scope_of
from webapp.services import api_keys

FOR_PEOPLE = {"users.sign_up", "users.login", "api_keys.index", "api_keys.make", "api_keys.revoke"}
HOLDING = {
    *["shows.hold", "offers.hold_best", "baskets.extend", "baskets.confirm"],
    *["reservations.hold", "reservations.confirm", "reservations.release"],
}


def calls(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every call of v1, what changes something in the order of the stage."""
    known = [(rule, method) for rule in routes(app, "GET", "POST", "PATCH", "DELETE") for method in methods_of(rule)]
    order = list(GOOD)
    yield from sorted(known, key=lambda one: order.index(shared(one[0])) if one[1] != "GET" else -1)


def needed(rule: Rule, method: str) -> str | None:
    """The scope that the call needs, told here once more; None for what no key may do."""
    if shared(rule) in FOR_PEOPLE:
        return None
    if method == "GET":
        return "reading"
    return "holding" if shared(rule) in HOLDING else "administering"


@pytest.mark.parametrize("scope", api_keys.SCOPES)
def test_a_key_with_one_scope_does_what_that_says_and_no_other_call(scene: Scene, scope: api_keys.Scope) -> None:
    stage = Stage(scene)
    stage.token = scene.key(stage.asker, scope)
    for rule, method in calls(scene.app):
        before = stage.state()
        wanted = needed(rule, method)
        response = stage.ask(method, stage.path(rule), json=stage.good(rule) if method != "GET" else None)
        if wanted == scope:
            assert response.status_code not in {401, 403}, (rule.rule, response.text)
            continue
        if wanted is None:
            refused(response, 403, "forbidden")
        else:
            assert refused(response, 403, "scope-missing", "scope")["scope"] == wanted, rule.rule
        assert stage.state() == before, rule.rule


def test_a_key_is_looked_at_before_anything_else_is(scene: Scene) -> None:
    stage = Stage(scene)
    stage.token = scene.key(stage.asker, "reading")
    for rule, method in calls(scene.app):
        if method != "GET" and needed(rule, method):
            more = {"data": b"\0", "headers": {"Idempotency-Key": "x" * 999}}
            refused(stage.ask(method, stage.path(rule), **more), 403, "scope-missing", "scope")
    assert scene.rows("SELECT FROM kept_answers") == []


def test_the_document_says_which_scope_each_call_needs(app: Flask) -> None:
    for rule, method in calls(app):
        told = document()["paths"][path_of(rule)][method.lower()]["description"]
        wanted = needed(rule, method)
        sentence = f"An API key needs the scope `{wanted}`." if wanted else "No API key may do this."
        assert sentence in told, rule.rule


def test_every_route_at_its_bare_path_needs_the_same_scope(app: Flask) -> None:
    for rule, method in calls(app):
        assert scope_of(rule.endpoint, method) == scope_of(shared(rule), method)
