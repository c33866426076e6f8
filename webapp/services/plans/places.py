"""What is found in a plan file, before the whole plan is known and its seats can get their numbers."""

from dataclasses import dataclass, field

from webapp.services.plans.plan import Accessibility, PlanArea, PlanCategory


@dataclass(slots=True)
class Place:
    """Where one seat stands; `source` names it in sentences, such as `line 7` or `seat 3 of row "A"`."""

    section: str | None
    row: str | None
    number: str | None
    source: str
    x: float | None = None
    y: float | None = None
    category: str | None = None
    plan_seat_id: str | None = None
    neighbour_order: int | None = None
    accessibility: Accessibility | None = None
    step_free: bool = False

    def spoken(self) -> str:
        """Say section, row and number as far as the plan has them."""
        return ", ".join(
            f"{word} {text}" for word, text in (("", self.section), ("row", self.row), ("seat", self.number)) if text
        ).strip()


@dataclass(frozen=True)
class FoundPlan:
    """The places of a plan in the order of its file, and what else the file tells."""

    name: str | None
    places: list[Place]
    categories: list[PlanCategory] = field(default_factory=list)
    areas: list[PlanArea] = field(default_factory=list)
