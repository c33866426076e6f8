"""Reads a request into a schema: a JSON body, a form, or a query string."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from flask import abort, request
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from werkzeug.datastructures import MultiDict

from webapp.services.aside import aside
from webapp.services.refusals import Invalid
from webapp.tongues import Tongue, current_tongue

# How many wrong fields one answer tells of.
MOST_ERRORS = 100
# Objects and lists in a body: a plan of 100,000 seats has half as many. More would only fill the memory.
MOST_OBJECTS = 600_000
# Bytes of a body from which on it is read beside the requests of others.
LONG_TO_READ = 256 * 1024

AnyQuestion = TypeVar("AnyQuestion", bound=BaseModel)


def read(schema: type[AnyQuestion], *, beside: Collection[str] = (), **context: object) -> AnyQuestion:
    """The body of the request as `schema`: a JSON object from a client, a form from a browser.

    A form's fields in `beside` are there for something else.
    `context` is what the schema's rules need to know besides (the currency of an amount). Raises `Invalid` with a
    pointer to each wrong field; a body that is no JSON is 400, one that does not say so 415.
    """
    if current_tongue() is Tongue.JSON:
        return _read_json(schema)
    return _read_fields(schema, request.form, ignore={"csrf_token", "once", "next", *beside}, context=context)


def read_query(schema: type[AnyQuestion]) -> AnyQuestion:
    """The query string as `schema`; raises `Invalid`, to a client also for a parameter it does not know.

    A page ignores those: others put them on links to it (to count who came from where).
    """
    unknown = [name for name in request.args if name not in schema.model_fields]
    if unknown and current_tongue() is Tongue.JSON:
        raise _refused(dict.fromkeys(unknown, "There is no such parameter."))
    return _read_fields(schema, request.args, ignore=unknown)


def _read_fields(
    schema: type[AnyQuestion],
    fields: MultiDict[str, str],
    ignore: Collection[str] = (),
    context: Mapping[str, object] | None = None,
) -> AnyQuestion:
    """Fields of text as `schema`; those that are lists in it may repeat, empty ones count as not given."""
    given: dict[str, str | list[str]] = {}
    for name, values in fields.lists():
        if name not in ignore and any(values):
            given[name] = values if _is_list(schema, name) else values[-1]
    try:
        # Text is all a form has, so here numbers and times are read from it.
        return schema.model_validate(given, strict=False, context=dict(context or {}))
    except ValidationError as error:
        raise invalid(error) from None


def _read_json(schema: type[AnyQuestion]) -> AnyQuestion:
    if not request.is_json:
        abort(415, "Send the body as JSON, with the header Content-Type: application/json.")
    body = request.get_data()
    if body.count(b"{") + body.count(b"[") > MOST_OBJECTS:
        abort(413)
    return aside(lambda: _parsed(schema, body)) if len(body) > LONG_TO_READ else _parsed(schema, body)


def _parsed(schema: type[AnyQuestion], body: bytes) -> AnyQuestion:
    try:
        question = schema.model_validate_json(body)
    except ValidationError as error:
        problems = error.errors(include_url=False)
        if problems[0]["type"] == "json_invalid":
            abort(400, f"The body cannot be read as JSON: {problems[0]['ctx']['error']}.")
        raise invalid(error) from None
    json.loads(body, object_pairs_hook=_refuse_repeated)
    return question


def _refuse_repeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object that says something twice means two things, and readers differ on which (RFC 8259, section 4)."""
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        raise _refused({name: "This field is there twice." for name, count in counts.items() if count > 1})
    return found


@contextmanager
def about_the_part(name: str) -> Iterator[None]:
    """Whatever is found wrong meanwhile with a field is wrong in this part of the body."""
    try:
        yield
    except Invalid as refusal:
        errors = [
            {**error, "pointer": f"#/{_escaped(name)}{error['pointer'].removeprefix('#')}"}
            for error in refusal.facts["errors"]
        ]
        raise Invalid(refusal.sentence, errors=errors) from None


def invalid(error: ValidationError) -> Invalid:
    """The refusal that tells what is wrong with each field, in the words of its rule."""
    return _invalid(
        [
            {"pointer": "#" + "".join(f"/{_escaped(part)}" for part in problem["loc"]), "detail": sentence_of(problem)}
            for problem in error.errors(include_url=False, include_input=False)
        ]
    )


def _refused(sentences: Mapping[str, str]) -> Invalid:
    """The refusal that has a sentence for each of these fields."""
    return _invalid([{"pointer": f"#/{_escaped(name)}", "detail": told} for name, told in sentences.items()])


def _invalid(errors: Sequence[dict[str, str]]) -> Invalid:
    errors = errors[:MOST_ERRORS]
    fields = ", ".join(dict.fromkeys(one["pointer"].removeprefix("#/") for one in errors if one["pointer"] != "#"))
    what = f"Please correct: {fields}." if fields else errors[0]["detail"]
    return Invalid(what, errors=errors)


# What pydantic says in a programmer's words, for people.
SENTENCES = {
    "missing": "This is needed.",
    "string_too_long": "This may have at most {max_length:,} characters.",
    "too_long": "These are too many: {max_length:,} at most.",
    "greater_than_equal": "This must be at least {ge:,}.",
    "less_than_equal": "This may be at most {le:,}.",
    "int_parsing": "This must be a whole number.",
    "int_parsing_size": "This must be a whole number.",
    "int_from_float": "This must be a whole number.",
    "date_parsing": "This must be a date, such as 2027-05-01.",
    "date_from_datetime_parsing": "This must be a date, such as 2027-05-01.",
}


def sentence_of(problem: ErrorDetails) -> str:
    """One rule that was broken, as a sentence."""
    if problem["type"] in SENTENCES:
        return SENTENCES[problem["type"]].format_map(problem.get("ctx", {}))
    words = problem["msg"].removeprefix("Value error, ")
    for beginning in ("Input should", "String should", "List should"):
        words = words.replace(beginning, "This should")
    return f"{words[0].upper()}{words[1:]}."


def _escaped(part: int | str) -> str:
    """A step of a JSON pointer (RFC 6901)."""
    return str(part).replace("~", "~0").replace("/", "~1")


def _is_list(schema: type[BaseModel], name: str) -> bool:
    field = schema.model_fields.get(name)
    return field is not None and "list[" in str(field.annotation)
