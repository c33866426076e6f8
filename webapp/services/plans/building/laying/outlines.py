"""The outlines of the stage and of other areas."""

from collections.abc import Sequence
from math import cos, pi, radians, sin

from webapp.services.plans.building.sketch import SketchArea
from webapp.services.plans.plan import PlanArea, Point

_POINTS_OF_ELLIPSE = 40
_POINTS_OF_ARC = 16
# How much of its depth the round front of an area takes.
_ROUND = 0.35


def outlined(area: SketchArea, *, is_stage: bool) -> PlanArea:
    """The area as a plan has it."""
    across, down = cos(radians(area.turn)), sin(radians(area.turn))
    points = [
        (round(area.x + x * across - y * down, 2), round(area.y + x * down + y * across, 2)) for x, y in _outline(area)
    ]
    label = area.label or ("Stage" if is_stage else None)
    return PlanArea(kind="stage" if is_stage else "area", label=label, points=points)


def _outline(area: SketchArea) -> Sequence[Point]:
    """The outline around the area's middle, before it is turned."""
    across, down = area.width / 2, area.depth / 2
    if area.shape == "ellipse":
        angles = [2 * pi * step / _POINTS_OF_ELLIPSE for step in range(_POINTS_OF_ELLIPSE)]
        return [(across * cos(angle), down * sin(angle)) for angle in angles]
    if area.shape == "arc":
        bow = _ROUND * area.depth
        angles = [pi * step / _POINTS_OF_ARC for step in range(_POINTS_OF_ARC + 1)]
        front = [(across * cos(angle), down - bow + bow * sin(angle)) for angle in angles]
        return [(-across, -down), (across, -down), *front]
    return [(-across, -down), (across, -down), (across, down), (-across, down)]


def holds(outline: Sequence[Point], point: Point) -> bool:
    """Whether the point lies within the outline."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(outline, [*outline[1:], outline[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside
