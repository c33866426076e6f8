"""Values out of a JSON plan that nobody has checked: each is what it should be, or a refusal that says where."""

import json
import re
from collections import Counter
from math import isfinite
from typing import Any, NoReturn

from webapp.services.plans.oddities import Oddities
from webapp.services.plans.plan import MOST_SEATS, PlanUnusable
from webapp.services.plans.texts import clean_text, is_plain, quoted

_FARTHEST = 1_000_000
# What programs put a number or a text for.
_TEMPLATE = re.compile("% ?[sd]", re.IGNORECASE)
# A seat is two objects, and a row three and a list; what has more than this is no plan, and would only fill the memory.
_MOST_OBJECTS = 5 * MOST_SEATS


def parse_json(text: str) -> dict[str, Any]:
    """Return the JSON object in `text`; PlanUnusable for anything else, also for what Python would let pass."""
    if text.count("{") + text.count("[") > _MOST_OBJECTS:
        raise PlanUnusable("The file holds too many objects to be a seating plan.")
    try:
        parsed = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_refuse_repeated_names)
    except RecursionError:
        raise PlanUnusable("The JSON is nested too deeply to be a seating plan.") from None
    except json.JSONDecodeError as error:
        raise PlanUnusable(
            f"The file is not valid JSON: line {error.lineno}, character {error.colno}.", line=error.lineno
        ) from None
    except ValueError:  # an integer of more than 4,300 digits
        raise PlanUnusable("The file holds a number too long to be read.") from None
    if not isinstance(parsed, dict):
        raise PlanUnusable(f"The file must hold a JSON object with zones, not {kind_of(parsed)}.")
    return parsed


def _refuse_constant(name: str) -> NoReturn:
    raise PlanUnusable(f"The file holds {name}, which is no number a seat can have.")


def _refuse_repeated_names(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # JSON parsers keep the last of two equal names without a word: seats would vanish.
    unique = dict(pairs)
    if len(unique) < len(pairs):
        [(name, _)] = Counter(name for name, _ in pairs).most_common(1)
        shown = clean_text(name, len(name), "A name in the JSON")
        raise PlanUnusable(f"An object of the file has two entries named {quoted(shown or '')}.")
    return unique


def kind_of(value: Any) -> str:
    """Name the kind of a JSON value: `a list`, `null`, `true or false` …"""
    kinds = {
        dict: "an object",
        list: "a list",
        str: "a text",
        bool: "true or false",
        int: "a number",
        float: "a number",
    }
    return kinds.get(type(value), "null")


def objects(value: Any, where: str) -> list[dict[str, Any]]:
    """Return a list of objects, empty when it is missing; `where` names it, as "The zones" or "The rows of …"."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise PlanUnusable(f"{where} must be a list, not {kind_of(value)}.", seat=where)
    for place, item in enumerate(value, start=1):
        if not isinstance(item, dict):
            raise PlanUnusable(f"{where} must be objects, but number {place} is {kind_of(item)}.", seat=where)
    return value


def text_of(value: Any, longest: int, what: str, where: str, oddities: Oddities) -> str | None:
    """Return a name or number as text, None when it is missing or empty; 12 and 12.0 both become "12"."""
    if isinstance(value, str):
        if "%" in value and _TEMPLATE.search(value):
            oddities.note(
                "text", "with %s in it, as if something was to be put there; kept as written", f"the {what} of {where}"
            )
        return value if is_plain(value, longest) else clean_text(value, longest, f"The {what} of {where}", seat=where)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PlanUnusable(f"The {what} of {where} must be a text, not {kind_of(value)}.", seat=where)
    if isinstance(value, float):
        if not isfinite(value):
            raise PlanUnusable(f"The {what} of {where} is beyond all numbers.", seat=where)
        oddities.note("number", "with decimals, read as the shortest text", f"{value} as {what} of {where}")
        value = int(value) if value.is_integer() else value
    return clean_text(str(value), longest, f"The {what} of {where}", seat=where)


def text_if_any(value: Any, longest: int, what: str, where: str, oddities: Oddities) -> str | None:
    """The same for what no seat needs: a text that cannot be used is left out and reported."""
    try:
        return text_of(value, longest, what, where, oddities)
    except PlanUnusable as refusal:
        oddities.note("text", "that cannot be used, left out", refusal.sentence.removesuffix("."))
        return None


def position_of(value: Any, where: str) -> tuple[float, float] | None:
    """Return x and y of a position object, None when it is missing; other than finite numbers are refused."""
    if value is None:
        return None
    if not isinstance(value, dict):
        raise PlanUnusable(f"The position of {where} must be an object with x and y, not {kind_of(value)}.", seat=where)
    if value.get("x") is None and value.get("y") is None:
        return None
    return number_of(value.get("x"), f"The x of {where}"), number_of(value.get("y"), f"The y of {where}")


def number_of(value: Any, what: str) -> float:
    """Return a number as it is, if a plan can have a place or a length like it; `what` names it, as "The x of …"."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PlanUnusable(f"{what} must be a number, not {kind_of(value)}.", seat=what)
    if not -_FARTHEST <= value <= _FARTHEST:
        raise PlanUnusable(f"{what} lies beyond {_FARTHEST:,}.", seat=what)
    return float(value)
