"""The problems of v1: a schema for each kind, and those that each call may answer with."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from webapp.contract.calls import NOT_EVERYBODYS, Call
from webapp.contract.named_types import WHERE, Json, NamedTypes
from webapp.lanes import Lane
from webapp.problems import HTTP_PROBLEMS, PROBLEMS, Problem
from webapp.schemas import problems as schemas

# Those that only pages meet, and the mistakes of ours, which are promised to nobody.
ON_PAGES = {"still-organizing", "guest-limit-reached", "form-outdated", "plan-unwritable", "error"}
KINDS: Mapping[str, Problem] = {
    problem.slug: problem for problem in [*HTTP_PROBLEMS.values(), *PROBLEMS.values()] if problem.slug not in ON_PAGES
}
READING = ("unreadable", "too-large", "unsupported-media-type", "invalid")
RETRYING = ("key-reused", "key-unusable", "still-under-way", "too-many-keys")
RETRY_AFTER: Json = {"description": "Seconds to wait before asking again.", "schema": {"type": "integer", "minimum": 1}}


def written() -> Sequence[Any]:
    """The schemas that problems are described with."""
    return [schemas.Problem, *dict.fromkeys(schemas.FACTS.values())]


def components(types: NamedTypes) -> Json:
    """The schema of each kind of problem by its name, such as `SeatTakenProblem`."""
    return {_name(slug): _schema(kind, types) for slug, kind in KINDS.items()}


def _name(slug: str) -> str:
    return f"{_camel(slug)}Problem"


def _camel(slug: str) -> str:
    return slug.title().replace("-", "")


def _schema(kind: Problem, types: NamedTypes) -> Json:
    """One object with all its fields: what is made of several, generators of clients do not read."""
    properties: Json = {}
    required: list[str] = []
    for part in [schemas.Problem, *([schemas.FACTS[kind.slug]] if kind.slug in schemas.FACTS else [])]:
        # Whose facts have a default are those that may be missing, as in what is read.
        described = types.components[types.read(part)["$ref"].removeprefix(WHERE)]
        properties |= described["properties"]
        required += described.get("required", [])
    return {
        "type": "object",
        "description": " ".join(kind.description.split()),
        "properties": {
            **properties,
            "type": {"type": "string", "pattern": f"/problems/{re.escape(kind.slug)}$".replace("\\-", "-")},
            "title": {"type": "string", "const": kind.title},
            "status": {"type": "integer", "const": kind.status},
        },
        "required": required,
    }


def slugs_of(call: Call, scope: Lane, *, has_path: bool, takes_key: bool) -> Iterator[str]:
    """The kinds of problem that a call may answer with; `scope` is what an API key needs for it."""
    yield from ("unreadable", "not-signed-in", "too-many-requests", "busy")
    if call.who in NOT_EVERYBODYS or scope is Lane.SIGNING_IN:
        yield "forbidden"
    if scope is not Lane.SIGNING_IN:
        yield "scope-missing"
    if has_path:
        yield "not-found"
    if call.takes:
        yield from READING
    if call.asks:
        yield "invalid"
    if takes_key:
        yield from (*RETRYING, *(() if call.takes else ("too-large",)))
    yield from call.refuses


def answers(slugs: Iterator[str], headers: Json, shared: Json) -> Json:
    """The answers that say no, by their status: each is kept once in `shared`, by the names of what it says."""
    by_status: dict[int, dict[str, Problem]] = defaultdict(dict)
    for slug in slugs:
        by_status[KINDS[slug].status][slug] = KINDS[slug]
    found: Json = {}
    for status, kinds in sorted(by_status.items()):
        name = "Or".join(_camel(slug) for slug in sorted(kinds))
        shared.setdefault(name, _answer(status, kinds, headers))
        found[str(status)] = {"$ref": f"#/components/responses/{name}"}
    return found


def _answer(status: int, kinds: Mapping[str, Problem], headers: Json) -> Json:
    references = [{"$ref": WHERE + _name(slug)} for slug in kinds]
    more: Json = {}
    if status in {429, 503} or "still-under-way" in kinds:
        more["Retry-After"] = RETRY_AFTER
    if status == 401 or "scope-missing" in kinds:
        more["WWW-Authenticate"] = {
            "description": "How to say who one is; of an API key, the scope that it lacks.",
            "required": status == 401,
            "schema": {"type": "string"},
        }
    return {
        "description": "\n".join(_told(kind) for kind in kinds.values()),
        "headers": {**headers, **more},
        "content": {
            "application/problem+json": {
                "schema": references[0] if len(references) == 1 else {"anyOf": references},
                "examples": {slug: {"summary": kind.title, "value": _example(kind)} for slug, kind in kinds.items()},
            }
        },
    }


def _told(kind: Problem) -> str:
    return f"- `{kind.slug}`: {' '.join(kind.description.split())} {kind.remedy}"


def _example(kind: Problem) -> Json:
    return {
        "type": f"/problems/{kind.slug}",
        "title": kind.title,
        "status": kind.status,
        "detail": " ".join(kind.description.split()),
        "instance": "/v1/…",
        "request_id": "9f86d081884c7d65",
    }
