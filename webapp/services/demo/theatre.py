"""The Lantern: a theatre of our own, so that a fresh Holdfast has something to sell.

Rows are arcs around a point behind the stage; blocks of a row are parted by aisles.
"""

from dataclasses import dataclass
from math import cos, radians, sin

from webapp.services.plans.neighbours import order_rows
from webapp.services.plans.numbering import number_seats
from webapp.services.plans.oddities import Oddities
from webapp.services.plans.places import Place
from webapp.services.plans.plan import Accessibility, Plan, PlanArea, PlanCategory, Point

_PITCH = 26.0
_AISLE = 2 * _PITCH
_CENTRE = (640.0, -180.0)  # behind the stage; rows open out from here, downwards

_CATEGORIES = (
    PlanCategory(name="Front stalls", price=6800),
    PlanCategory(name="Box", price=6200),
    PlanCategory(name="Stalls", price=5200),
    PlanCategory(name="Circle", price=4500),
    PlanCategory(name="Balcony", price=2900),
    PlanCategory(name="Side view", price=1800),
)


@dataclass(frozen=True)
class _Tier:
    """Some rows behind one another: `blocks` are the seats of the first row's blocks, `growth` what each gains."""

    section: str
    rows: str
    radius: float
    depth: float
    blocks: tuple[int, ...]
    growth: tuple[float, ...]
    category: str
    middle: float = 0.0


_TIERS = (
    _Tier("Stalls", "ABCD", 340, 34, (5, 10, 5), (0.5, 0.5, 0.5), "Front stalls"),
    _Tier("Stalls", "EFGHJKLM", 486, 34, (8, 12, 8), (0.5, 0.5, 0.5), "Stalls"),
    _Tier("Circle", "NPQRS", 800, 36, (9, 16, 9), (0.5, 0.5, 0.5), "Circle"),
    _Tier("Balcony", "TUV", 1020, 38, (12, 12), (1, 1), "Balcony"),
    _Tier("Left box", "X", 540, 30, (4,), (0,), "Box", middle=-60),
    _Tier("Right box", "Y", 540, 30, (4,), (0,), "Box", middle=60),
)
# The last row of the stalls is level with the doors, and has two places for wheelchairs at either end.
_LEVEL_ROW = "M"
_AT_EITHER_END: tuple[Accessibility, ...] = ("wheelchair", "companion", "wheelchair", "companion")
# Whoever sits this far from the middle (in degrees) sees the stage from the side.
_SIDE = {"Stalls": 39.0, "Circle": 30.0, "Balcony": 17.5}


def demo_plan() -> Plan:
    """Return the plan of The Lantern: some 600 seats in stalls, circle, balcony and two boxes, prices in euro cents."""
    rows = [_row(tier, index) for tier in _TIERS for index in range(len(tier.rows))]
    order_rows([[row] for row in rows])
    seats, _ = number_seats([place for row in rows for place in row], Oddities())
    return Plan(name="The Lantern", seats=seats, categories=list(_CATEGORIES), areas=_areas())


def _areas() -> list[PlanArea]:
    """The stage, whose front is as round as the rows, and the desk between stalls and circle."""
    front = [_at(radians(step), 292) for step in range(-42, 43, 4)]
    desk = [_at(radians(step), radius) for radius, steps in ((748, (-7, 0, 7)), (776, (7, 0, -7))) for step in steps]
    (left, _), (right, _) = front[0], front[-1]
    back = [(right + 40, front[-1][1] - 20), (right, -60.0), (left, -60.0), (left - 40, front[0][1] - 20)]
    return [
        PlanArea(kind="stage", label="Stage", points=[*front, *back]),
        PlanArea(kind="area", label="Sound desk", points=desk),
    ]


def _row(tier: _Tier, index: int) -> list[Place]:
    radius = tier.radius + index * tier.depth
    blocks = [int(seats + gain * index) for seats, gain in zip(tier.blocks, tier.growth, strict=True)]
    offsets = _offsets(blocks)
    places = [_place(tier, tier.rows[index], number, offset, radius) for number, offset in enumerate(offsets, start=1)]
    if tier.rows[index] == _LEVEL_ROW:
        for place in places:
            place.step_free = True
        for kind, first, last in zip(_AT_EITHER_END, places, reversed(places), strict=False):
            first.accessibility = last.accessibility = kind
    return places


def _offsets(blocks: list[int]) -> list[float]:
    """Return how far each seat stands from the middle of its row, along the row, from left to right."""
    along, offsets = 0.0, []
    for block in blocks:
        offsets += [along + seat * _PITCH for seat in range(block)]
        along = offsets[-1] + _AISLE
    return [offset - offsets[-1] / 2 for offset in offsets]


def _place(tier: _Tier, row: str, number: int, offset: float, radius: float) -> Place:
    angle = radians(tier.middle) + offset / radius
    is_aside = abs(angle) > radians(_SIDE.get(tier.section, 180.0))
    x, y = _at(angle, radius)
    return Place(
        section=tier.section,
        row=row,
        number=str(number),
        source=f"seat {number} of row {row}",
        x=x,
        y=y,
        category="Side view" if is_aside else tier.category,
    )


def _at(angle: float, radius: float) -> Point:
    return (round(_CENTRE[0] + radius * sin(angle), 1), round(_CENTRE[1] + radius * cos(angle), 1))
