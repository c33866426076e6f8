"""The document of v1: OpenAPI 3.1, made of the application that serves it."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from flask import current_app
from pydantic_core import to_json
from werkzeug.routing import Rule

from webapp.contract import refused
from webapp.contract.calls import Call, call_of
from webapp.contract.named_types import Json, NamedTypes
from webapp.contract.nouns import DESCRIPTIONS
from webapp.contract.operations import HEADERS, PARAMETERS, TOKEN, methods_of, operation, path_of

ABOUT = """Programs do everything a buyer does, and set up shows, over JSON. Sign in with `POST /login`, or make an
API key, and send the token or the key as `Authorization: Bearer <token>`.

Send what changes something with an `Idempotency-Key`, a new one for each thing to be done, and send the very same
bytes with the same key until there is an answer: it is done once. Answers 2xx and 409 are kept for 24 hours and come
back with `Idempotency-Replayed: true`; after any other refusal (429 and 503, too) the key is as good as new.
Repeating is safe without a key as well where the state says what was done: a seat that one holds, a confirm, a
release are answered with the reservation as it is.

Requests are counted in lanes (`reading`, `holding`, `signing-in`, `administering`; each call names its own), for an
account, an API key, or, without either, a network address. `RateLimit` tells how one stands; beyond, the answer is
429 with `Retry-After`.

Lists without `limit` are whole; with it they are pages, and `Link` has the next one. Times are RFC 3339, in UTC;
prices are whole numbers in minor units of the show's currency. Every refusal is a problem document (RFC 9457): decide
by its `type`, whose address is a page that tells what to do. To a method that an address does not know the answer is
405 with `Allow`; every `GET` may be a `HEAD`. Fields may be added to answers."""


# Few sites are mounted at more than one path, and all applications of a process have the same routes.
@lru_cache(maxsize=4)
def written(root_path: str) -> bytes:
    """The document as JSON, of the site that is mounted at `root_path`."""
    return to_json(document(root_path))


def document(root_path: str = "") -> Json:
    """The document of the application at hand. Raises `LookupError` for a handler of v1 that says nothing of itself."""
    known = list(_calls())
    queries = [call.asks for *_, call in known if call.asks]
    types = NamedTypes(
        read=[*(call.takes for *_, call in known if call.takes), *queries, *refused.written()],
        written=[given for *_, call in known for given in call.gives.values() if given is not None],
    )
    paths: Json = {}
    refusals: Json = {}
    for rule, handler, call in known:
        for method in methods_of(rule):
            made = operation(rule, method, handler, call, types, refusals)
            paths.setdefault(path_of(rule), {})[method.lower()] = made
    return {
        "openapi": "3.1.0",
        "info": {"title": "Holdfast", "version": "1", "description": _paragraphs(ABOUT)},
        "externalDocs": {"url": f"{root_path}/docs/guide", "description": "How the API works, in words."},
        "servers": [{"url": f"{root_path}/v1"}],
        "tags": [{"name": name, "description": description} for name, description in DESCRIPTIONS.items()],
        "paths": paths,
        "components": {
            "schemas": {**types.components_but([*queries, *refused.written()]), **refused.components(types)},
            "responses": refusals,
            "headers": HEADERS,
            "parameters": PARAMETERS,
            "securitySchemes": {
                TOKEN: {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The `access_token` of `POST /login`, or an API key with the scope that is named.",
                }
            },
        },
    }


def _paragraphs(text: str) -> str:
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def _calls() -> Iterator[tuple[Rule, Callable[..., Any], Call]]:
    """The routes of v1 with what their handlers say of themselves, path by path."""
    for rule in sorted(current_app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.rule.startswith("/v1/"):
            handler = current_app.view_functions[rule.endpoint]
            yield rule, handler, call_of(handler)
