"""The Beacon: an arena of our own, in any size, to see how Holdfast copes with a great many seats."""

from itertools import accumulate, pairwise
from math import cos, dist, pi, sin, sqrt

from webapp.services.demo.bowl import PITCH, Block, bowl
from webapp.services.plans.plan import Accessibility, Plan, PlanArea, PlanCategory, PlanSeat, Point

_CATEGORIES = (
    PlanCategory(name="Club", price=14500),
    PlanCategory(name="Halfway line", price=11900),
    PlanCategory(name="Touchline", price=8900),
    PlanCategory(name="Behind the goal", price=5900),
    PlanCategory(name="Upper side", price=4900),
    PlanCategory(name="Upper end", price=2900),
)
# Half of the field along each axis, at scale 1.
_FIELD = (5250.0, 3400.0)


def stadium_plan(seats: int = 50_000) -> Plan:
    """Return the plan of an arena with exactly so many seats (2,000 to 100,000), the same at every call."""
    # Ever longer rows around the same field would look like no arena; a small one is built around a small field.
    scale = min(sqrt(seats / 50_000), 1.15)
    arena = bowl(seats, scale)
    found = [
        seat
        for block, rows in arena.blocks
        for index, points in enumerate(rows)
        for seat in _row(block, index, points, _category(block, arena.middle, scale))
    ]
    used = {seat.category for seat in found}
    return Plan(
        name="The Beacon",
        seats=found,
        categories=[category for category in _CATEGORIES if category.name in used],
        areas=_areas(arena.middle, scale),
    )


def _category(block: Block, middle: Point, scale: float) -> str:
    if block.tier.name == "Club":
        return "Club"
    if block.tier.name == "Upper":
        return "Upper side" if block.stand == "side" else "Upper end"
    if block.stand != "side":
        return "Behind the goal"
    return "Halfway line" if abs(block.middle[0] - middle[0]) < 0.45 * _FIELD[0] * scale else "Touchline"


def _row(block: Block, index: int, points: list[Point], category: str) -> list[PlanSeat]:
    section, row = f"{block.tier.name} {block.number}", str(index + 1)
    label = f"{block.tier.name[0]}{block.number}-{row}"
    step_free = block.is_step_free(index)
    kinds: tuple[Accessibility | None, ...] = ("wheelchair", "companion") if block.has_wheelchairs(index) else (None,)
    # Behind the opening through which people come in, the row goes on as another piece.
    orders = accumulate((1 if dist(*pair) < 1.5 * PITCH else 2 for pair in pairwise(points)), initial=1)
    return [
        PlanSeat(
            seat_number=f"{label}-{number}",
            section=section,
            row=row,
            number=str(number),
            neighbour_order=order,
            x=round(x, 1),
            y=round(y, 1),
            category=category,
            plan_seat_id=None,
            accessibility=kinds[(number - 1) % len(kinds)],
            step_free=step_free,
        )
        for number, ((x, y), order) in enumerate(zip(points, orders, strict=False), start=1)
    ]


def _areas(middle: Point, scale: float) -> list[PlanArea]:
    """The field and its lines, and the tunnel through which the teams come."""
    half_length, half_width = _FIELD[0] * scale, _FIELD[1] * scale

    def rectangle(left: float, top: float, right: float, bottom: float) -> list[Point]:
        return _moved([(left, top), (right, top), (right, bottom), (left, bottom)], middle)

    box = (0.68 * half_length, 0.6 * half_width)
    circle = [(0.27 * half_width * cos(step * pi / 24), 0.27 * half_width * sin(step * pi / 24)) for step in range(48)]
    return [
        PlanArea(kind="stage", label="Pitch", points=rectangle(-half_length, -half_width, half_length, half_width)),
        PlanArea(kind="area", label=None, points=rectangle(-half_length, -box[1], -box[0], box[1])),
        PlanArea(kind="area", label=None, points=rectangle(box[0], -box[1], half_length, box[1])),
        PlanArea(kind="area", label=None, points=_moved(circle, middle)),
        PlanArea(
            kind="area",
            label="Tunnel",
            points=rectangle(-0.1 * half_width, half_width, 0.1 * half_width, 1.29 * half_width),
        ),
    ]


def _moved(points: list[Point], by: Point) -> list[Point]:
    return [(round(x + by[0], 1), round(y + by[1], 1)) for x, y in points]
