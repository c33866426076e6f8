"""The details of a show in words, as the record of a change has them: what a person reads for each value."""

from datetime import datetime
from typing import Any

from flask import Flask

from webapp.formats import money, show_time
from webapp.services.shows.details import WORDS

_EMPTY = {"on_sale_at": "as soon as it is published", "off_sale_at": "when the show begins"}


def field_words(field: str) -> str:
    """What a person calls the field: `start`, `price of Stalls`."""
    return WORDS.get(field) or f"price of {field.removeprefix('prices/')}"


def value_words(value: Any, field: str, timezone: str, currency: str) -> str:
    """A value of the field, as it was recorded: times as clocks in `timezone` show them."""
    match field, value:
        case _, None | "":
            return _EMPTY.get(field, "none")
        case "starts_at" | "on_sale_at" | "off_sale_at", str():
            return show_time(datetime.fromisoformat(value), timezone)
        case "picture", _:
            return "a picture"
        case _, bool():
            return "yes" if value else "no"
        case _, int() if field.startswith("prices/"):
            return money(value, currency)
    return str(value)


def register(app: Flask) -> None:
    """Make them filters of the templates."""
    app.add_template_filter(field_words)
    app.add_template_filter(value_words)
