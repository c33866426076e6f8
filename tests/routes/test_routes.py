"""Which routes there are, and what each answers to whom: a route without a row in `ANSWERS` does not pass."""

import re
from collections.abc import Callable

import pytest
from werkzeug.routing import Rule

from tests.routes.answers import ANSWERS, BROWSER, CLIENT, WHO, expected, of_the_five
from tests.routes.asking import HTML, by_browser, by_client, rules, told
from tests.routes.world import World, fresh_world
from tests.scenes import Scene
from tests.v1.contract import contract_table
from webapp import blueprints


def test_every_route_has_a_row(scene: Scene) -> None:
    assert {f"{method} {endpoint}" for _, method, endpoint in rules(scene.app)} == ANSWERS.keys()


@pytest.mark.parametrize("row", ANSWERS)
def test_a_browser_gets_what_its_person_may_have(scene: Scene, row: str) -> None:
    world = fresh_world(scene)
    answers = {who: told(by_browser(world, row, who)) for who in WHO}
    assert answers == of_the_five(row, BROWSER)


@pytest.mark.parametrize("row", ANSWERS)
def test_a_client_gets_what_its_user_may_have(scene: Scene, row: str) -> None:
    world = fresh_world(scene)
    answers = {who: told(by_client(world, row, who)) for who in WHO}
    assert answers == of_the_five(row, CLIENT)


# What a guest's browser gets, where that is not what nobody's gets. The reservation in the path is the guest's own.
GUEST_GETS = {
    "GET baskets.show": "303",
    "POST baskets.extend": "303",
    "POST baskets.confirm": "422",  # without saying who they are
    "GET basket_links.show": "303",  # here already
    "GET reservations.index": "200",
    "GET reservations.show": "200",
    "POST reservations.release": "303",
}


@pytest.mark.parametrize("row", ANSWERS)
def test_a_guest_gets_their_own_seats_and_no_more_than_nobody_else(scene: Scene, row: str) -> None:
    world = fresh_world(scene)
    world.held, world.people["guest"] = world.guests_hold, world.guest
    assert told(by_browser(world, row, "guest")) == GUEST_GETS.get(row, expected(row, BROWSER)["nobody"])


SHARED = [row for row in ANSWERS if row.split()[1].partition(".")[0] in {bp.name for bp in blueprints.SHARED}]


@pytest.mark.parametrize("row", SHARED)
def test_under_v1_a_client_gets_the_same(scene: Scene, row: str) -> None:
    world = fresh_world(scene)
    answers = {who: told(by_client(world, row, who, mount="v1.")) for who in WHO}
    assert answers == of_the_five(row, CLIENT)


@pytest.mark.parametrize("row", SHARED)
def test_under_v1_a_browsers_session_counts_for_nothing(scene: Scene, row: str) -> None:
    world = fresh_world(scene)
    nobodys = expected(row, CLIENT)["nobody"]
    assert [told(by_client(world, row, who, mount="v1.", session=True)) for who in WHO] == [nobodys] * len(WHO)


def test_the_routes_of_v1_are_those_of_the_contract(scene: Scene) -> None:
    promised = [row[0].strip("`") for row in contract_table("call")]
    there = [
        f"{method} {as_written(rule).removeprefix('/v1')}"
        for rule, method, _ in rules(scene.app)
        if rule.rule.startswith("/v1")
    ]
    assert sorted(there) == sorted(promised)


def as_written(rule: Rule) -> str:
    """The rule as the contract writes it."""
    return re.sub(r"<(?:id:)?(\w+)>", r"{\1}", rule.rule)


def test_every_route_of_v1_is_at_its_bare_path_too(scene: Scene) -> None:
    under = {(method, rule.rule) for rule, method, _ in rules(scene.app)}
    for method, path in [one for one in under if one[1].startswith("/v1")]:
        assert (method, path.removeprefix("/v1")) in under


ASKED_LIKE: list[Callable[[World], dict[str, str]]] = [
    lambda _: HTML,
    lambda _: {"HX-Request": "true", "HX-Request-Type": "partial"},
    lambda world: {**HTML, "Authorization": f"Bearer {world.scene.token(world.buyer)}"},
]


@pytest.mark.parametrize("like", ASKED_LIKE, ids=["a browser", "htmx", "a browser with a token"])
def test_nothing_under_v1_answers_in_html(scene: Scene, like: Callable[[World], dict[str, str]]) -> None:
    world = fresh_world(scene)
    paths = [(method, world.path(rule)) for rule, method, _ in rules(scene.app) if rule.rule.startswith("/v1")]
    nowhere = [("GET", path) for path in ("/v1", "/v1/", "/v1/sign-in", "/v1/organizer/", "/v1/static/favicon.svg")]
    for method, path in [*paths, *nowhere, ("DELETE", "/v1/shows/"), ("POST", "/v1/account/delete")]:
        response = scene.app.test_client().open(path, method=method, headers=like(world))
        assert response.mimetype in {"application/json", "application/problem+json"}, path
        assert response.status_code != 303
