"""Sketches as JSON, to be kept; strictly read back, since what was kept may have been changed by hand."""

from collections import Counter
from dataclasses import asdict
from json import dumps
from typing import Any

from pydantic import TypeAdapter, ValidationError

from webapp.services.plans.building.fields import MOST_AREAS, MOST_BLOCKS
from webapp.services.plans.building.sketch import Sketch
from webapp.services.refusals import Invalid

# Raised when a kept sketch would be read otherwise than it was written.
FORM = 1

_SKETCH = TypeAdapter(Sketch)


def to_json(sketch: Sketch) -> dict[str, Any]:
    """The sketch as an object that JSON can hold."""
    return {"form": FORM, **asdict(sketch)}


def from_json(kept: object) -> Sketch:
    """The sketch that was kept. Raises `Invalid` for anything that `to_json` could not have made."""
    if not isinstance(kept, dict) or kept.get("form") != FORM or isinstance(kept["form"], bool):
        raise Invalid("This is no sketch of a plan, or one of a later Holdfast.")
    try:
        # Through text, where a list may be read as a tuple without converting anything else.
        sketch = _SKETCH.validate_json(dumps({name: value for name, value in kept.items() if name != "form"}))
    except (ValidationError, ValueError, TypeError, RecursionError) as error:
        raise Invalid(f"This sketch of a plan cannot be read: {_where(error)}.") from None
    _refuse_unruly(sketch)
    return sketch


def _where(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return "it holds what is no JSON"
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    return f"{'/'.join(map(str, first['loc']))[:200]}: {first['msg']}"


def _refuse_unruly(sketch: Sketch) -> None:
    if len(sketch.blocks) > MOST_BLOCKS:
        raise Invalid(f"A plan has at most {MOST_BLOCKS} blocks.")
    if len(sketch.areas) > MOST_AREAS:
        raise Invalid(f"A plan has at most {MOST_AREAS} areas beside its stage.")
    ids = Counter([*(block.id for block in sketch.blocks), *(area.id for area in sketch.scenery())])
    if ids and (max(ids.values()) > 1 or max(ids) >= sketch.next_id):
        raise Invalid("This sketch of a plan cannot be read: two of its parts have one id.")
