"""What never changes with a click: where the seats of a show stand, in which rows and sections, and what they cost.

A chart belongs to one plan version of a show and is immutable, so that everything made from it can be kept. Its unit of
length is the pitch: the usual distance between two seats side by side. x points right, y away from the stage (down).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Point = tuple[float, float]
Accessibility = Literal["wheelchair", "companion"]


@dataclass(frozen=True, slots=True)
class Category:
    """A price class; `rank` 0 is the dearest, `price` in minor units of the show's currency."""

    id: int
    name: str
    price: int
    rank: int


@dataclass(frozen=True, slots=True)
class ChartSeat:
    """A seat where it stands: its centre in pitches from the top left corner of its part.

    Two seats of one row are neighbours when their `neighbour_order` differs by one.
    """

    id: int
    seat_number: str
    section: str | None
    row: str | None
    number: str | None
    neighbour_order: int | None
    category: Category
    accessibility: Accessibility | None
    step_free: bool
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A row of seats, in the order people sit; its name is drawn at both ends of each piece of it, `name_at`."""

    name: str | None
    seats: Sequence[ChartSeat]
    name_at: Sequence[Point] = ()


@dataclass(frozen=True, slots=True)
class ChartSection:
    """A section of the house with its rows, in the order of the plan; `name_at` is where its name is drawn."""

    name: str | None
    rows: Sequence[ChartRow]
    name_at: Point


@dataclass(frozen=True, slots=True)
class Area:
    """The stage, or something else that the plan draws: an outline and what stands in it."""

    kind: Literal["stage", "area"]
    label: str | None
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Part:
    """As much of the hall as one page draws: all of it, or of a large one a section, or some rows of it.

    `slug` names it in a URL and is unique in its chart. `outline` is its shape in the pitches of the whole hall, all
    other lengths are from its own top left corner, which is at `offset` in the hall. In the hall its name is drawn
    around `name_at`, the place of a seat somewhere in its middle. `areas` are those that lie in it.
    """

    slug: str
    name: str
    sections: Sequence[ChartSection]
    areas: Sequence[Area]
    width: float
    height: float
    outline: Sequence[Point]
    seat_count: int
    price_from: int
    price_to: int
    offset: Point
    name_at: Point


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Chart:
    """The whole hall of a show at one plan version: one part that is all of it, or several to open one at a time.

    `focus` is the middle of the front of the stage, in the hall: the nearer to it, the better a seat. What is made from
    a chart and kept refers to it weakly, so that those who keep charts decide how many there are.
    """

    show_id: int
    version: int
    categories: Sequence[Category]
    parts: Mapping[str, Part]
    areas: Sequence[Area]
    width: float
    height: float
    seats: Mapping[int, ChartSeat]
    part_of_seat: Mapping[int, str]
    focus: Point

    @property
    def is_divided(self) -> bool:
        """Whether the hall is too large for one page."""
        return len(self.parts) > 1

    def in_hall(self, seat_id: int) -> Point:
        """Where the seat stands in the whole hall."""
        (left, top), seat = self.parts[self.part_of_seat[seat_id]].offset, self.seats[seat_id]
        return (left + seat.x, top + seat.y)
