"""Plans as text, to be kept: written once for each version, and read back as they were."""

from dataclasses import dataclass

from pydantic import TypeAdapter

from webapp.services.plans.plan import Plan

# Raised when a kept plan would be read otherwise than it was written.
FORM = 1


@dataclass(frozen=True)
class _Document:
    """A plan as it is kept."""

    form: int
    plan: Plan


_DOCUMENT = TypeAdapter(_Document)


def write_plan(plan: Plan) -> str:
    """The plan as text; what is as it usually is is left out, or 100,000 seats would mostly be names of nothing."""
    return _DOCUMENT.dump_json(_Document(FORM, plan), exclude_defaults=True).decode()


def read_document(document: str) -> Plan:
    """The plan that was written."""
    return _DOCUMENT.validate_json(document).plan
