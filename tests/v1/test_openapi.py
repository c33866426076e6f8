"""The document of v1 says what the running routes do, no more and no less."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator
from pydantic import BaseModel

from tests.scenes import Scene
from tests.v1.contract import contract_table
from tests.v1.promises import document, resolved, schema_of
from tests.v1.stage import Stage, method_of, routes, shared
from webapp.contract.calls import call_of
from webapp.contract.operations import path_of
from webapp.problems import HTTP_PROBLEMS, PROBLEMS
from webapp.schemas.examples import EXAMPLES
from webapp.schemas.problems import FACTS

BODIES = {"application/json"}


def promised() -> Iterator[tuple[str, str]]:
    """The method and path of every operation of the document."""
    for path, operations in document()["paths"].items():
        for method in operations:
            yield method.upper(), path


def takers(app: Flask) -> Iterator[tuple[str, type[BaseModel]]]:
    """The endpoints that take a body, with its schema."""
    for rule in routes(app, "POST", "PATCH", "DELETE"):
        if takes := call_of(app.view_functions[rule.endpoint]).takes:
            yield rule.endpoint, takes


def test_the_document_is_openapi(app: Flask) -> None:
    assert document()["openapi"] == "3.1.0"
    assert [error.message for error in OpenAPIV31SpecValidator(dict(document())).iter_errors()] == []


def test_every_route_is_in_the_document_and_nothing_else_is(app: Flask) -> None:
    served = {
        (method, path_of(rule))
        for rule in routes(app, "GET", "POST", "PATCH", "PUT", "DELETE")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert sorted(promised()) == sorted(served)


def test_the_document_has_the_calls_of_the_contract_and_says_for_whom_they_are(app: Flask) -> None:
    told = {row[0].strip("`"): row[1] for row in contract_table("call")}
    assert {f"{method} {path}" for method, path in promised()} == told.keys()
    for method, path in promised():
        assert f" For {told[f'{method} {path}']}." in document()["paths"][path][method.lower()]["description"]


def test_every_operation_has_a_name_of_its_own_and_one_tag_that_is_described(app: Flask) -> None:
    operations = [one for path in document()["paths"].values() for one in path.values()]
    names = [one["operationId"] for one in operations]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch("[a-z_]+", name) for name in names)
    assert {tag for one in operations for tag in one["tags"]} == {tag["name"] for tag in document()["tags"]}
    assert all(one["summary"] and len(one["tags"]) == 1 for one in operations)


def test_every_good_body_and_every_example_is_one_that_the_document_takes(scene: Scene) -> None:
    stage = Stage(scene)
    for rule in routes(scene.app, "POST", "PATCH", "DELETE"):
        operation = document()["paths"][path_of(rule)][method_of(rule).lower()]
        good = stage.good(rule)
        assert (good is None) == ("requestBody" not in operation), shared(rule)
        if good is not None:
            [content] = operation["requestBody"]["content"].values()
            accepts = schema_of(json.dumps(content["schema"]))
            assert [error.message for error in accepts.iter_errors(good)] == [], shared(rule)
            [example] = resolved(content["schema"])["examples"]
            assert [error.message for error in accepts.iter_errors(example)] == [], shared(rule)
            assert not accepts.is_valid({**good, "unknown": 1}), shared(rule)


def test_every_body_has_an_example_that_its_schema_reads(app: Flask) -> None:
    taken = {takes for _, takes in takers(app)}
    assert taken == EXAMPLES.keys()
    for schema, example in EXAMPLES.items():
        schema.model_validate_json(json.dumps(example))


def test_the_parameters_of_a_list_are_the_fields_of_its_query(app: Flask) -> None:
    lists = 0
    for rule in routes(app, "GET"):
        asks = call_of(app.view_functions[rule.endpoint]).asks
        parameters = map(resolved, document()["paths"][path_of(rule)]["get"]["parameters"])
        told = {one["name"] for one in parameters if one["in"] == "query"}
        assert told == (set(asks.model_fields) if asks else set()), rule.endpoint
        lists += bool(asks)
    assert lists == len(contract_table("list"))


def test_what_every_route_answers_on_a_stage_is_what_was_promised(scene: Scene) -> None:
    """Each answer is held against the document where it is asked for (tests/v1/promises.py); here all are good ones."""
    stage = Stage(scene)
    answered = set()
    for rule in routes(scene.app, "GET"):
        answered.add(stage.ask("GET", stage.path(rule)).status_code)
    for rule in routes(scene.app, "POST", "PATCH", "DELETE"):
        answered.add(stage.ask(method_of(rule), stage.path(rule), json=stage.good(rule)).status_code)
    assert {200, 201, 204} <= answered
    assert max(answered) < 500


def test_an_answer_that_was_not_promised_is_seen(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    client = scene.client(scene.user())
    promise = document()["paths"]["/users/me"]["get"]["responses"]
    monkeypatch.delitem(promise, "200")
    with pytest.raises(AssertionError, match="get_me answered 200"):
        client.get("/users/me")
    monkeypatch.setitem(promise, "200", document()["paths"]["/shows/"]["get"]["responses"]["200"])
    with pytest.raises(AssertionError, match="is not of type"):
        client.get("/users/me")


def test_every_kind_of_problem_that_a_client_meets_is_in_the_document(app: Flask) -> None:
    kinds = {problem.slug: problem for problem in [*PROBLEMS.values(), *HTTP_PROBLEMS.values()]}
    promised = {row[0].strip("`") for row in contract_table("type")}
    schemas = document()["components"]["schemas"]
    for slug in promised:
        told = schemas[f"{slug.title().replace('-', '')}Problem"]["properties"]
        assert told["type"]["pattern"] == f"/problems/{slug}$"
        assert told["status"]["const"] == kinds[slug].status
    assert len([name for name in schemas if name.endswith("Problem")]) == len(promised)
    assert FACTS.keys() <= promised


def test_the_document_is_served_at_both_addresses_and_not_again_while_it_is_the_same(scene: Scene) -> None:
    client = scene.client()
    first, bare = client.get("/openapi.json"), client.flask.get("/openapi.json")
    assert first.json == bare.json == document()
    assert first.json["servers"] == [{"url": "/v1"}]
    again = client.get("/openapi.json", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_contract_in_words_is_on_the_site_with_the_clients_to_copy(scene: Scene) -> None:
    browser = scene.browser()
    page = browser.get("/docs/guide").text
    written = (Path(__file__).parents[2] / "docs" / "API.md").read_text()
    for section in re.findall(r"^## (.+)$", written, re.MULTILINE):
        assert re.search(f'<h2 id="([a-z-]+)">{section}</h2>', page)
        assert f">{section}</a>" in page
    examples = re.findall(r'href="(/docs/examples/[^"]+)"', page)
    assert len(examples) == 2
    for example in examples:
        response = browser.get(example)
        assert (response.status_code, response.mimetype) == (200, "text/plain")
        assert "Idempotency-Key" in response.text
        response.close()
    assert browser.get("/docs/examples/../wsgi.py").status_code == 404
    assert re.findall(r'href="(?!#|/|https://)[^"]*"', page) == []


def test_the_page_lists_every_call_also_without_scripts(scene: Scene) -> None:
    page = scene.browser().get("/docs").text
    for method, path in promised():
        assert f"{method} /v1{path}" in page
