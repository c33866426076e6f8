"""The document of v1, against which the tests hold every answer that they get."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from flask import Flask, current_app
from jsonschema_rs import Draft202012Validator
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from webapp.contract.document import written
from webapp.contract.operations import path_of

WHOSE_MISTAKE = {405, 500}  # of the address, and ours: no call promises them


@cache
def document() -> Mapping[str, Any]:
    """The document, as a client gets it."""
    found: Mapping[str, Any] = json.loads(written(""))
    return found


def resolved(thing: Any) -> Any:
    """What a reference names, or the thing itself."""
    if "$ref" not in thing:
        return thing
    found: Any = document()
    for step in thing["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return found


@cache
def schema_of(schema: str) -> Draft202012Validator:
    """What holds a document against this schema (JSON), of whose names the document tells."""
    return Draft202012Validator({"components": document()["components"], **json.loads(schema)}, validate_formats=True)


def operation_of(app: Flask, path: str, method: str) -> Mapping[str, Any] | None:
    """What is promised of this call; None where there is no such call."""
    try:
        rule, _ = app.url_map.bind("localhost").match(path, method, return_rule=True)
    except (HTTPException, RequestRedirect):
        return None
    found: Mapping[str, Any] | None = document()["paths"].get(path_of(rule), {}).get(method.lower())
    return found


def kept(response: TestResponse) -> None:
    """Assert that an answer of v1 is one that the document promises: its status, headers, type and body."""
    request = response.request
    if not request.path.startswith("/v1/") or response.status_code in WHOSE_MISTAKE:
        return
    operation = operation_of(current_app, request.path, request.method)
    if operation is None:
        return
    name = f"{operation['operationId']} answered {response.status_code}"
    assert str(response.status_code) in operation["responses"], f"{name}: {response.text[:300]}"
    promised = resolved(operation["responses"][str(response.status_code)])
    for header, told in promised["headers"].items():
        assert not resolved(told).get("required") or header in response.headers, f"{name} without {header}"
    if "content" not in promised:
        assert not response.data, name
        return
    content = promised["content"].get(response.mimetype)
    assert content, f"{name} as {response.mimetype}"
    if response.mimetype == "text/event-stream" or "Content-Encoding" in response.headers:
        return  # it has no end, or is packed
    errors = [error.message for error in schema_of(json.dumps(content["schema"])).iter_errors(response.json)]
    assert not errors, f"{name}: {errors[:3]} {response.text[:300]}"
