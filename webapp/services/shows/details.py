"""What a show's details are called, and which times of a show fit together."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal

from webapp.services.refusals import Invalid

LonelySeats = Literal["off", "warn", "enforce"]

# What can be changed of a show, and what a person calls it.
WORDS: Mapping[str, str] = {
    "title": "title",
    "description": "description",
    "picture": "picture",
    "picture_alt": "words for the picture",
    "venue": "venue",
    "starts_at": "start",
    "timezone": "time zone",
    "on_sale_at": "beginning of the sale",
    "off_sale_at": "end of the sale",
    "currency": "currency",
    "seat_limit": "seats per buyer",
    "hold_minutes": "length of a hold",
    "lonely_seats": "rule of lonely seats",
    "accessible_seats_released": "release of the accessible seats",
    "published": "publication",
    "cancelled": "cancellation",
    "plan": "seating plan",
}
# What of them buyers go by.
MATTERS_TO_BUYERS = frozenset({"starts_at", "timezone", "venue"})
# What can still be said about a show that was cancelled.
STAYS_OPEN = frozenset({"title", "description", "picture_alt"})


def in_words(fields: Iterable[str]) -> str:
    """The fields as a person calls them, one after the other: `title, start, price of Stalls`."""
    return ", ".join(WORDS.get(field) or f"price of {field.removeprefix('prices/')}" for field in fields)


def refuse_times_that_do_not_fit(
    *, starts_at: datetime, on_sale_at: datetime | None, off_sale_at: datetime | None
) -> None:
    """Raise `Invalid` unless the sale begins before it ends, and both before the show has begun."""
    wrong = {}
    if on_sale_at and on_sale_at >= starts_at:
        wrong["on_sale_at"] = "The sale must begin before the show does."
    if off_sale_at and off_sale_at > starts_at:
        wrong["off_sale_at"] = "The sale must end when the show begins, or before. Leave it empty to sell until then."
    if on_sale_at and off_sale_at and off_sale_at <= on_sale_at:
        wrong["off_sale_at"] = "The sale must end after it begins."
    refuse_fields(wrong)


def refuse_fields(wrong: Mapping[str, str]) -> None:
    """Raise `Invalid` with a sentence for each of these fields, if there are any."""
    if wrong:
        errors: list[dict[str, Any]] = [{"pointer": f"#/{name}", "detail": why} for name, why in wrong.items()]
        raise Invalid(" ".join(wrong.values()), errors=errors)
