"""A place found in a plan file, before the whole plan is known and it can get its seat number."""

from dataclasses import dataclass

from webapp.services.plans.plan import Accessibility


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
