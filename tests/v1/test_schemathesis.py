"""Requests that are made up from the document, good ones and bad ones, and held against it."""

from collections.abc import Iterable, Mapping
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import APIOperation, GenerationMode
from schemathesis.checks import CHECKS
from werkzeug.routing import Rule

from tests.scenes import Scene
from tests.v1.stage import GOOD, Stage, routes, shared
from webapp.contract.operations import methods_of, path_of

EACH = 3  # requests of each kind to each operation: less than a minute in all
# What the schemas cannot say (a name nobody can see, a time that a show cannot have) is refused, and rightly so.
TOO_STRICT = ["positive_data_acceptance"]


def in_order(app: Flask) -> Iterable[tuple[Rule, str]]:
    """Every route with its methods: first what only looks, then as the stage has it, what ends the show last."""
    known = [(rule, method) for rule in routes(app, "GET", "POST", "PATCH", "DELETE") for method in methods_of(rule)]
    order = list(GOOD)
    return sorted(known, key=lambda one: order.index(shared(one[0])) if one[1] != "GET" else -1)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["good", "bad"])
def test_whatever_is_sent_the_answer_is_one_that_was_promised(scene: Scene, mode: GenerationMode) -> None:
    stage = Stage(scene)

    def served(environ: Mapping[str, Any], start_response: Any) -> Any:
        with scene.app.app_context():
            return scene.app(environ, start_response)  # type: ignore[arg-type]

    schema = schemathesis.openapi.from_wsgi("/v1/openapi.json", served)
    failures = []
    for rule, method in in_order(scene.app):
        known = {**stage.ids, **stage.own_ids.get(shared(rule), {})}
        found = {name: known[name] for name in rule.arguments} if mode is GenerationMode.POSITIVE else {}
        try:
            fuzz(schema[path_of(rule)][method], mode, found, stage.token)
        except Unsatisfiable:
            continue  # there is nothing that could be sent wrongly
        except Exception as error:
            failures.append(f"{method} {rule.rule}: {error}\n{getattr(error, 'exceptions', '')}")
    assert not failures, "\n\n".join(failures)


def fuzz(operation: APIOperation, mode: GenerationMode, found: dict[str, Any], token: str) -> None:
    """Send what the document says may be sent there, or what it says may not."""

    headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}

    @given(case=operation.as_strategy(generation_mode=mode, path_parameters=found or None))
    @settings(
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=EACH,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def send(case: Any) -> None:
        response = case.call(headers=headers)
        case.validate_response(response, headers=headers, excluded_checks=[CHECKS.get_one(name) for name in TOO_STRICT])

    send()
