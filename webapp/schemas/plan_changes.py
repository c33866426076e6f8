"""What is asked and answered about a show's plan and what another one would change of it."""

from typing import Annotated, Literal

from pydantic import Field, RootModel, StringConstraints

from webapp.schemas.base import Answer, Price, Question, SmallId
from webapp.schemas.seating import Amount
from webapp.services.plan_changes import Present, PresentSeat, Preview
from webapp.services.plan_changes import ShowPlan as PlanNow
from webapp.services.plans.plan import PlanSeat
from webapp.services.seating.categories import category_of

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


def difference_of(found: Preview, now: PlanNow | Present, *, applied: bool) -> PlanDifference:
    """The difference that was looked at, as it is answered, with what the show is `now`, and whether it was done."""
    difference, holders = found.difference, found.holders
    return PlanDifference(
        show_id=found.present.show_id,
        version_id=found.choice.version_id,
        edition=now.edition,
        plan_version=now.plan_version,
        applied=applied,
        counts=dict(difference.counts),
        areas_change=difference.areas_change,
        new_categories=dict(difference.new_categories),
        added=[_seat_in_plan(one.seat, category_of(one.seat)) for one in difference.added],
        removed=[
            RemovedSeat(
                seat_id=seat.id,
                seat_number=seat.seat_number,
                reservation_id=holders[seat.id].reservation_id if seat.id in holders else None,
                reason=holders[seat.id].how if seat.id in holders else None,
            )
            for seat in difference.removed
        ],
        changed=[
            ChangedSeat(
                seat_id=one.before.id,
                changes=list(one.changes),
                before=_seat_in_plan(one.before, one.before.category),
                after=_seat_in_plan(one.after.seat, category_of(one.after.seat)),
                reservation_id=holders[one.before.id].reservation_id if one.before.id in holders else None,
            )
            for one in difference.changed
        ],
    )


def _seat_in_plan(seat: PresentSeat | PlanSeat, category: str) -> SeatInPlan:
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
