"""What is asked about venues and their plans."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from webapp.schemas.base import Line, Question, ShortLine, SmallId
from webapp.schemas.moments import Timezone


class VenueFields(Question):
    """A venue as its owner keeps it."""

    name: Line
    timezone: Timezone


class PlanName(Question):
    """What a plan is called."""

    name: ShortLine


class Looked(Question):
    """Which version of a plan is looked at, and which section of a large hall."""

    version: SmallId | None = None
    part: Annotated[str, StringConstraints(max_length=100)] | None = None


class ForShow(Question):
    """Which show a plan is for, if it is for one."""

    show: SmallId | None = None


class Meant(Question):
    """What a plan that is brought in is meant for: a venue, or the next version of a plan."""

    venue: SmallId | None = None
    plan: SmallId | None = None


class NewImport(Question):
    """A plan that is brought in by a form, beside its file: what it is for, and ranges typed instead of a file."""

    venue: SmallId | None = None
    plan_id: SmallId | None = None
    ranges: Annotated[str, StringConstraints(max_length=200_000)] = ""


class SavedImport(Question):
    """Where a plan that was read is to be kept: as the next version of a plan, or as a new one at a venue."""

    keep_as: SmallId | Literal["new"]
    venue: Line | None = None
    timezone: Timezone = "UTC"
    name: ShortLine | None = None
