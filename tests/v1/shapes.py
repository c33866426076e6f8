"""What the answers of v1 look like: the exact fields of each, and the document of every no."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from werkzeug.test import TestResponse

TEXT_OR_NULL = (str, type(None))
INT_OR_NULL = (int, type(None))


class Time:
    """A time as RFC 3339 has it, with its offset."""


USER = {"id": int, "name": str, "phone_number": str, "email": str}
API_KEY = {
    "id": int,
    "name": str,
    "beginning": str,
    "scopes": list,
    "created_at": Time,
    "expires_at": TEXT_OR_NULL,
    "last_used_at": TEXT_OR_NULL,
    "state": str,
}
MADE_API_KEY = {**API_KEY, "key": str}
TOKEN = {"access_token": str, "token_type": str, "expires_in": int}
SHOW = {
    "id": int,
    "edition": int,
    "title": str,
    "description": str,
    "picture_url": TEXT_OR_NULL,
    "picture_alt": TEXT_OR_NULL,
    "venue": str,
    "starts_at": Time,
    "timezone": str,
    "published_at": TEXT_OR_NULL,
    "on_sale_at": TEXT_OR_NULL,
    "off_sale_at": TEXT_OR_NULL,
    "currency": str,
    "seat_limit": int,
    "hold_minutes": int,
    "lonely_seats": str,
    "accessible_seats_released_at": TEXT_OR_NULL,
    "organizer_id": int,
    "series_id": INT_OR_NULL,
    "cancelled_at": TEXT_OR_NULL,
    "seats": int,
    "available": int,
    "held": int,
    "confirmed": int,
    "price_from": INT_OR_NULL,
    "price_to": INT_OR_NULL,
}
PROSPECT = {"changes": list, "buyers": int, "seats": int}
PLANNED_DATE = {
    "starts_at": Time,
    "on_sale_at": TEXT_OR_NULL,
    "off_sale_at": TEXT_OR_NULL,
    "there": INT_OR_NULL,
    "beside": INT_OR_NULL,
}
SEAT = {
    "id": int,
    "show_id": int,
    "seat_number": str,
    "section": TEXT_OR_NULL,
    "row": TEXT_OR_NULL,
    "number": TEXT_OR_NULL,
    "category": str,
    "price": int,
    "accessibility": TEXT_OR_NULL,
    "step_free": bool,
}
FREE_SEAT = {"seat_id": int, "seat_number": str, "status": str}
HELD_SEAT = {**FREE_SEAT, "hold_expiry": Time}
STATUS = {
    "looked_at": Time,
    "all_hold": bool,
    "promises": list,
    "complaints": list,
    "live_holds": INT_OR_NULL,
    "sweeper_lag": (float, type(None)),
    "proof_run": (dict, type(None)),
}
CHANGES = {
    "cursor": str,
    "everything": bool,
    "plan_version": int,
    "plan_changed": bool,
    "closed": TEXT_OR_NULL,
    "seats": list,
}
RESERVATION = {
    "id": int,
    "user_id": int,
    "seat_id": int,
    "show_id": int,
    "seat_number": str,
    "status": str,
    "hold_expiry": Time,
    "created_at": Time,
    "updated_at": Time,
    "reason": TEXT_OR_NULL,
    "moved_from": INT_OR_NULL,
}
BUYERS_RESERVATION = {
    "id": int,
    "user_id": int,
    "buyer_name": TEXT_OR_NULL,
    "buyer_email": TEXT_OR_NULL,
    "buyer_is_guest": bool,
    "seat_id": int,
    "show_id": int,
    "seat_number": str,
    "section": TEXT_OR_NULL,
    "row": TEXT_OR_NULL,
    "number": TEXT_OR_NULL,
    "category": str,
    "price": int,
    "status": str,
    "hold_expiry": Time,
    "created_at": Time,
    "updated_at": Time,
    "through": str,
    "reason": TEXT_OR_NULL,
    "moved_from": INT_OR_NULL,
    "moved_to": INT_OR_NULL,
}
COUNTS = {"held": int, "confirmed": int, "cancelled": int, "expired": int}
HISTORY_LINE = {
    "what": str,
    "status": str,
    "changed_at": Time,
    "who": str,
    "user_id": INT_OR_NULL,
    "name": TEXT_OR_NULL,
    "through": str,
    "reason": TEXT_OR_NULL,
    "elsewhere": (dict, type(None)),
}
HOUSE_BLOCK = {
    "id": int,
    "show_id": int,
    "reason": str,
    "release_at": TEXT_OR_NULL,
    "created_by": int,
    "created_at": Time,
    "seats": list,
}
HOUSE_DATE = {"show_id": int, "starts_at": Time, "release_at": TEXT_OR_NULL, "seats": list, "obstacles": list}
MANAGER = {"user_id": int, "name": str, "email": str, "since": Time, "inviter": str}
INVITATION = {
    "id": int,
    "show_id": int,
    "title": str,
    "venue": str,
    "starts_at": Time,
    "timezone": str,
    "name": str,
    "inviter": str,
    "created_at": Time,
    "expires_at": Time,
    "state": str,
}
MADE_INVITATION = {"id": int, "name": str, "expires_at": Time, "token": str, "link": str}
ACT = {
    "id": int,
    "acted_at": Time,
    "user_id": int,
    "user_name": str,
    "as_admin": bool,
    "act": str,
    "about": TEXT_OR_NULL,
    "details": dict,
    "words": str,
    "through": str,
}
PROBLEM = {"type": str, "title": str, "status": int, "detail": str, "instance": str, "request_id": str}


def has_shape(document: Mapping[str, Any], shape: Mapping[str, Any]) -> None:
    """Assert that the document has these fields and no other, each of its type."""
    assert document.keys() == shape.keys()
    for name, kind in shape.items():
        if kind is Time:
            moment(document[name])
        else:
            assert isinstance(document[name], kind), name
            assert kind is not int or not isinstance(document[name], bool), name


def moment(text: str) -> datetime:
    """The time that an answer names; asserts that it has its offset, which is UTC's."""
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", text)
    read = datetime.fromisoformat(text)
    assert read.utcoffset() == timedelta(0)
    return read


def answered(response: TestResponse, status: int, shape: Mapping[str, Any]) -> Any:
    """The JSON of a yes: one document of this shape, or a list of them."""
    assert response.status_code == status, response.text
    assert response.mimetype == "application/json"
    document: Any = response.json
    for one in document if isinstance(document, list) else [document]:
        has_shape(one, shape)
    return document


def refused(response: TestResponse, status: int, slug: str, *facts: str) -> Any:
    """The JSON of a no: a problem document of this type with exactly these facts beside."""
    assert response.status_code == status, response.text
    assert response.mimetype == "application/problem+json"
    document: Any = response.json
    assert document.keys() == {*PROBLEM, *facts}
    has_shape({name: document[name] for name in PROBLEM}, PROBLEM)
    assert document["type"] == f"/problems/{slug}"
    assert document["status"] == status
    assert document["detail"].endswith((".", "?"))
    assert document["instance"] == response.request.path
    assert document["request_id"] == response.headers["X-Request-ID"]
    if status == 401:
        assert response.headers["WWW-Authenticate"].startswith('Bearer realm="holdfast"')
    if status == 405:
        assert response.headers["Allow"]
    if status == 503:
        assert int(response.headers["Retry-After"]) > 0
    return document


def pointers(document: Mapping[str, Any]) -> list[str]:
    """Where the errors of an invalid request are."""
    for error in document["errors"]:
        has_shape(error, {"pointer": str, "detail": str})
        assert error["detail"].endswith(".")
    return [error["pointer"] for error in document["errors"]]


VENUE = {"id": int, "name": str, "timezone": str}
KEPT_PLAN = {
    "id": int,
    "venue_id": int,
    "name": str,
    "version_id": int,
    "number": int,
    "seats": int,
    "saved_at": Time,
}
VERSION = {"id": int, "plan_id": int, "number": int, "seats": int, "source_name": TEXT_OR_NULL, "saved_at": Time}
PLAN_READ = {
    "id": INT_OR_NULL,
    "plan_id": INT_OR_NULL,
    "number": INT_OR_NULL,
    "seats": int,
    "sections": int,
    "rows": int,
    "categories": dict,
    "wheelchair": int,
    "companion": int,
    "step_free": int,
    "oddities": list,
    "renumbered": list,
}
SHOW_PLAN = {"show_id": int, "plan_version_id": INT_OR_NULL, "plan_version": int, "edition": int, "seats": int}
DIFFERENCE = {
    "show_id": int,
    "version_id": int,
    "edition": int,
    "plan_version": int,
    "applied": bool,
    "counts": dict,
    "areas_change": bool,
    "new_categories": dict,
    "added": list,
    "removed": list,
    "changed": list,
}
