"""What a seating plan is once it has been read: seats with their numbers, categories, and all that was odd in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from webapp.services.refusals import Refusal

MOST_SEATS = 100_000

Point = tuple[float, float]
Accessibility = Literal["wheelchair", "companion"]


class PlanUnusable(Refusal):
    """A plan file of which nothing can be saved; `line` (CSV) or `seat` (JSON) say where, when that is known."""

    title: ClassVar[str] = "This plan cannot be used"


@dataclass(frozen=True, kw_only=True)
class PlanSeat:
    """One seat. Texts are as the organizer wrote them, except `seat_number`, which is normalized and unique.

    Two seats of one section and row stand side by side exactly when their `neighbour_order` differs by 1. `x` and `y`
    are in the plan's own units, y pointing down. `step_free` seats are reached without a step; `accessibility` tells
    a place for a wheelchair, and the seat kept for its companion, from all others.
    """

    seat_number: str
    section: str | None
    row: str | None
    number: str | None
    neighbour_order: int | None
    x: float | None
    y: float | None
    category: str | None
    plan_seat_id: str | None
    accessibility: Accessibility | None = None
    step_free: bool = False


@dataclass(frozen=True, kw_only=True)
class PlanCategory:
    """A kind of seat, its price in minor units of the show's currency."""

    name: str
    price: int | None = None


@dataclass(frozen=True, kw_only=True)
class PlanArea:
    """The stage, or something else that is drawn beside the seats: its outline, in the units of the seats."""

    kind: Literal["stage", "area"]
    label: str | None
    points: Sequence[Point]


@dataclass(frozen=True, kw_only=True)
class Renumbered:
    """A seat whose number repeated an earlier seat's and therefore got `#2`, `#3` …"""

    seat_number: str
    instead_of: str
    because: str

    @property
    def sentence(self) -> str:
        """Say it as one sentence for the organizer."""
        return f"{self.seat_number} instead of {self.instead_of}: {self.because}."


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A seating plan fit to be saved.

    `oddities` are sentences, one for each kind of thing that was changed, left out or looks wrong; `renumbered` names
    every single seat that had to get another number than its own.
    """

    name: str | None
    seats: list[PlanSeat]
    categories: list[PlanCategory] = field(default_factory=list)
    areas: list[PlanArea] = field(default_factory=list)
    oddities: list[str] = field(default_factory=list)
    renumbered: list[Renumbered] = field(default_factory=list)
