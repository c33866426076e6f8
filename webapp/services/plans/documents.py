"""Plans as text, to be kept: written once for each version, and read back as they were."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError

from webapp.services.plans.plan import Plan
from webapp.services.refusals import Invalid

# Raised when a kept plan would be read otherwise than it was written.
FORM: Literal[1] = 1


@dataclass(frozen=True)
class _Document:
    """A plan as it is kept."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)

    form: Literal[1]
    plan: Plan


_DOCUMENT = TypeAdapter(_Document)


def plan_to_json(plan: Plan) -> str:
    """The plan as text; what is as it usually is is left out, or 100,000 seats would mostly be names of nothing."""
    return _DOCUMENT.dump_json(_Document(FORM, plan), exclude_defaults=True).decode()


def plan_from_json(text: str) -> Plan:
    """The plan that was written. Raises `Invalid` for anything that `plan_to_json` could not have written."""
    try:
        return _DOCUMENT.validate_json(text).plan
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = "/".join(map(str, first["loc"]))[:200]
        raise Invalid(f"This kept plan cannot be read: {where}: {first['msg']}.") from None
