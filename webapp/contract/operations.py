"""A call of v1 as an operation of OpenAPI."""

import re
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

from werkzeug.routing import Rule

from webapp.contract import refused
from webapp.contract.calls import WITHOUT_TOKEN, Call
from webapp.contract.named_types import Json, NamedTypes
from webapp.contract.nouns import noun_of
from webapp.key_scopes import scope_of
from webapp.lanes import Lane, lane_of
from webapp.retries import CHANGING, NOT_KEPT
from webapp.schemas.base import Page
from webapp.services.kept_answers import LONGEST_KEY

TOKEN = "token"  # noqa: S105 -- the name of the scheme
IN_EACH_ANSWER: Json = {
    name: {"$ref": f"#/components/headers/{name}"} for name in ("X-Request-ID", "RateLimit-Policy", "RateLimit")
}
STREAM: Json = {
    "type": "string",
    "description": "Events called `changes`: the `data` of each is such a document, its `id` the document's cursor.",
}
TEXT: Json = {"type": "string"}
HEADERS: Json = {
    "X-Request-ID": {
        "description": "The id of the request, as the server's log has it.",
        "required": True,
        "schema": {"type": "string", "pattern": "^[0-9A-Za-z-]{16,64}$"},
    },
    "RateLimit-Policy": {
        "description": "The quota of the lane that is named: so many requests (`q`), which can be sent at once "
        "and come back evenly within so many seconds (`w`).",
        "schema": {"type": "string", "pattern": '^"[a-z-]+";q=[0-9]+;w=[0-9]+$'},
        "example": '"holding";q=600;w=60',
    },
    "RateLimit": {
        "description": "At least so many more (`r`) will be answered within so many seconds (`t`); what was "
        "spent comes back evenly.",
        "schema": {"type": "string", "pattern": '^"[a-z-]+";r=[0-9]+;t=[0-9]+$'},
        "example": '"holding";r=587;t=60',
    },
    "Link": {
        "description": 'The address of the next page, `rel="next"` (RFC 8288); not there after the last.',
        "schema": TEXT,
    },
    "ETag": {"description": "Names this answer; for `If-None-Match`.", "required": True, "schema": TEXT},
    "Changes": {"description": "The address of what changes from this answer on.", "required": True, "schema": TEXT},
    "Location": {"description": "The address of what was made.", "schema": TEXT},
    "Idempotency-Replayed": {
        "description": "There when the request was done before, and this is the answer it had.",
        "schema": {"type": "string", "const": "true"},
    },
}
PARAMETERS: Json = {
    "Idempotency-Key": {
        "name": "Idempotency-Key",
        "in": "header",
        # Without an example, which would be filled in at /docs, for everybody the same.
        "description": "A key of your own making, such as a new UUID: the very same request (path and bytes) "
        "sent again with it is done once, and answered as before, for 24 hours. Answers 2xx and 409 are kept; for "
        "another try after a 409 take a new key. Any other refusal, 429 and 503 too, leaves the key as good as "
        "new. It is yours alone; you may use 10,000 in that time.",
        "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!#-~]([ -~]*[!#-~])?$"},
    },
    "If-None-Match": {
        "name": "If-None-Match",
        "in": "header",
        "description": "An `ETag` of an answer one has; while it is still true, 304 comes without a body.",
        "schema": TEXT,
    },
    "If-Match": {
        "name": "If-Match",
        "in": "header",
        "description": "The `ETag` of the show that the change was made from, in the place of `edition`.",
        "schema": TEXT,
    },
    "Last-Event-ID": {
        "name": "Last-Event-ID",
        "in": "header",
        "description": "Where a stream goes on: the `id` of the last event that was heard, in the place of `since`.",
        "schema": TEXT,
    },
}


def path_of(rule: Rule) -> str:
    """The path of a rule below /v1, as OpenAPI writes it."""
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule.removeprefix("/v1"))


def methods_of(rule: Rule) -> Iterator[str]:
    """The methods of a rule that are calls of their own."""
    yield from sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def operation(
    rule: Rule, method: str, handler: Callable[..., Any], call: Call, types: NamedTypes, refusals: Json
) -> Json:
    """What is asked and answered there; the answers that say no are kept in `refusals`."""
    takes_key = method in CHANGING and rule.endpoint not in NOT_KEPT
    scope = scope_of(rule.endpoint, method)
    slugs = refused.slugs_of(call, scope, has_path=bool(rule.arguments), takes_key=takes_key)
    made: Json = {
        "operationId": call.name,
        "tags": [noun_of(rule.rule)],
        **_words(handler, call, scope, lane_of(rule.endpoint, method)),
        "security": [*([{}] if call.who in WITHOUT_TOKEN else []), {TOKEN: []}],
        "parameters": [*_path_parameters(rule, call), *_parameters(call, types, takes_key=takes_key)],
        "responses": {
            **_answers(call, types, takes_key=takes_key),
            **refused.answers(slugs, IN_EACH_ANSWER, refusals),
        },
    }
    if call.takes:
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": types.read(call.takes)}}}
    return made


def _words(handler: Callable[..., Any], call: Call, scope: Lane, lane: Lane) -> Json:
    """The first sentence of the handler's docstring is the summary; `scope` is what an API key needs."""
    told = re.sub(r"[ \n]+", " ", (handler.__doc__ or "").strip())
    key = "No API key may do this." if scope is Lane.SIGNING_IN else f"An API key needs the scope `{scope}`."
    key += f" It is counted in the lane `{lane}`."
    more = " ".join([told, f"For {call.who}.", key, *([_doc(call.asks)] if call.asks else [])])
    return {"summary": told.partition(". ")[0].rstrip("."), "description": more}


def _doc(schema: type[Any]) -> str:
    return " ".join((schema.__doc__ or "").split())


def _path_parameters(rule: Rule, call: Call) -> Iterator[Json]:
    for converter, name in re.findall(r"<(?:(\w+):)?(\w+)>", rule.rule):
        schema: Json = {"type": "string", "minLength": 1}
        if converter == "id":
            schema = {"type": "integer", "format": "int64", "minimum": 1, "maximum": 2**63 - 1}
        if name in call.choices:
            schema = {"type": "string", "enum": list(call.choices[name])}
        yield {"name": name, "in": "path", "required": True, "schema": schema}


def _parameters(call: Call, types: NamedTypes, *, takes_key: bool) -> Iterator[Json]:
    if call.asks:
        for name, schema in types.fields(call.asks).items():
            yield {"name": name, "in": "query", "required": False, "schema": schema}
    if takes_key:
        yield {"$ref": "#/components/parameters/Idempotency-Key"}
    for heeds, name in (
        (call.revalidates, "If-None-Match"),
        (call.follows_editions, "If-Match"),
        (call.streams, "Last-Event-ID"),
    ):
        if heeds:
            yield {"$ref": f"#/components/parameters/{name}"}


def _answers(call: Call, types: NamedTypes, *, takes_key: bool) -> Json:
    """The answers that say yes, by their status."""
    headers: Json = dict(IN_EACH_ANSWER)
    if call.asks and issubclass(call.asks, Page):
        headers["Link"] = {"$ref": "#/components/headers/Link"}
    if call.revalidates:
        headers["ETag"] = {"$ref": "#/components/headers/ETag"}
    if call.names_changes:
        headers["Changes"] = {"$ref": "#/components/headers/Changes"}
    if takes_key:
        headers["Idempotency-Replayed"] = {"$ref": "#/components/headers/Idempotency-Replayed"}
    found: Json = {}
    for status, given in call.gives.items():
        answer: Json = {"description": _meaning(status, call), "headers": dict(headers)}
        if call.located and status == 201:
            answer["headers"]["Location"] = {**HEADERS["Location"], "required": True}
        if given is not None:
            answer["content"] = {"application/json": {"schema": types.written(given)}}
        if call.streams:
            answer["content"]["text/event-stream"] = {"schema": STREAM}
        found[str(status)] = answer
    if call.revalidates:
        found["304"] = {"description": "Nothing is different from what the `ETag` names.", "headers": headers}
    return found


def _meaning(status: int, call: Call) -> str:
    """What a good answer means where there are two of them."""
    if {200, 201} <= call.gives.keys():
        was = "Nothing was made: all of it was there before, or it was a preview."
        return "At least a part of it was made just now." if status == 201 else was
    return HTTPStatus(status).phrase
