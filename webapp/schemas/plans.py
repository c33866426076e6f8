"""What programs ask and are answered about venues, plans and their versions."""

import json
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints, model_validator

from webapp.schemas.base import Answer, Line, Page, Question, ShortLine, SmallId
from webapp.schemas.moments import Timezone

MOST_TYPED = 5_000_000


class PlanSent(Question):
    """A plan as a program sends it: the editor's JSON as it is, or CSV, or ranges. With `preview` nothing is saved."""

    plan: dict[str, Any] | None = None
    csv: Annotated[str, StringConstraints(max_length=MOST_TYPED)] | None = None
    ranges: Annotated[str, StringConstraints(max_length=200_000)] | None = None
    preview: bool = False

    @model_validator(mode="after")
    def _one_of_three(self) -> "PlanSent":
        if sum(given is not None for given in (self.plan, self.csv, self.ranges)) != 1:
            raise ValueError("must have one of plan, csv and ranges")
        return self

    def file(self) -> tuple[str, bytes] | None:
        """The plan as a file, with its name; None for ranges."""
        if self.plan is not None:
            return "plan.json", json.dumps(self.plan, ensure_ascii=False).encode("utf-8", "surrogatepass")
        return None if self.csv is None else ("plan.csv", self.csv.encode("utf-8", "surrogatepass"))


class NewPlan(PlanSent):
    """The first version of a new plan."""

    name: ShortLine


class ListPage(Page):
    """Which venues, plans or versions are asked for; `cursor` is the id, or the number, of the last one before."""

    cursor: SmallId | None = None


class VenueChange(Question):
    """What is to become of a venue; what is not said stays."""

    name: Annotated[Line, Field(default=None)]
    timezone: Annotated[Timezone, Field(default=None)]


class Venue(Answer):
    """A venue of one's own."""

    id: int
    name: str
    timezone: str


class KeptPlan(Answer):
    """A plan of a venue, by its latest version."""

    id: int
    venue_id: int
    name: str
    version_id: int
    number: int
    seats: int
    saved_at: datetime


class Version(Answer):
    """A version of a plan in a list."""

    id: int
    plan_id: int
    number: int
    seats: int
    source_name: str | None
    saved_at: datetime


class Renumbered(Answer):
    """A seat that has another number than its own."""

    seat_number: str
    instead_of: str
    because: str


class PlanRead(Answer):
    """What was read from a plan: its counts, and all that was changed or left out. Without `id`, nothing was saved."""

    id: int | None
    plan_id: int | None
    number: int | None
    seats: int
    sections: int
    rows: int
    categories: dict[str, int]
    wheelchair: int
    companion: int
    step_free: int
    oddities: list[str]
    renumbered: list[Renumbered]


class VersionRead(PlanRead):
    """A version with its `plan` as the editor's JSON, and what that does not say of it."""

    plan: Any
    left_out: list[str]
