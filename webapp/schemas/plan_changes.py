"""What is asked and answered about a show's plan and what another one would change of it."""

from typing import Annotated, Any, Literal

from pydantic import Field, RootModel, StringConstraints

from webapp.schemas.base import Answer, Price, Question, SmallId
from webapp.schemas.seating import Amount

Slug = Annotated[str, StringConstraints(max_length=100)]


class LookedAt(Question):
    """Which version of a plan is looked at, and which sections of the halls before and after."""

    version: SmallId | None = None
    before: Slug | None = None
    after: Slug | None = None


class ConfirmedChange(Question):
    """The version that was looked at, and which show it was when the difference was shown."""

    version: SmallId
    edition: SmallId
    plan_version: SmallId


class NewPrices(RootModel[dict[Annotated[str, StringConstraints(pattern=r"^price-[0-9]{1,5}$")], Amount]]):
    """An amount for each `price-<number>`; which category that is, the form says beside."""


class PlanChange(Question):
    """A version that a show is to have its seats from; with `preview` nothing is done but looked."""

    version_id: SmallId
    preview: bool = False
    edition: SmallId | None = None
    plan_version: SmallId | None = None
    prices: Annotated[dict[str, Price], Field(max_length=1000, default_factory=dict)]


class ShowPlan(Answer):
    """From which version a show has its seats, if from any, and how many there are."""

    show_id: int
    plan_version_id: int | None
    plan_version: int
    edition: int
    seats: int


class SeatInPlan(Answer):
    """A seat as a plan has it."""

    seat_number: str
    section: str | None
    row: str | None
    number: str | None
    category: str
    x: float | None
    y: float | None
    accessibility: Literal["wheelchair", "companion"] | None
    step_free: bool


class ChangedSeat(Answer):
    """A seat that stays and is different, as it was and as it will be, and the reservation that somebody has of it."""

    seat_id: int
    changes: list[str]
    before: SeatInPlan
    after: SeatInPlan
    reservation_id: int | None


class RemovedSeat(Answer):
    """A seat that goes; with `reservation_id`, somebody has it, and nothing is done."""

    seat_id: int
    seat_number: str
    reservation_id: int | None
    reason: Literal["sold", "held", "house"] | None


class PlanDifference(Answer):
    """What a version changes of a show."""

    show_id: int
    version_id: int
    edition: int
    plan_version: int
    applied: bool
    counts: dict[str, int]
    areas_change: bool
    new_categories: dict[str, int | None]
    added: list[SeatInPlan]
    removed: list[RemovedSeat]
    changed: list[ChangedSeat]


def seat_in_plan(seat: Any, category: str) -> SeatInPlan:
    """A seat of a show or of a plan as it is answered."""
    return SeatInPlan(
        seat_number=seat.seat_number,
        section=seat.section,
        row=seat.row,
        number=seat.number,
        category=category,
        x=seat.x,
        y=seat.y,
        accessibility=seat.accessibility,
        step_free=seat.step_free,
    )
