"""The areas of an editor's plan, the stage and other things drawn beside the seats, each made a polygon.

They are decoration: one that cannot be read is left out and reported, and the seats are none the worse for it.
"""

from collections.abc import Iterator
from math import cos, hypot, pi, radians, sin
from typing import Any

from webapp.services.plans.editor.curiosities import Curiosities
from webapp.services.plans.editor.json_values import number_of, position_of, text_of
from webapp.services.plans.oddities import Oddities
from webapp.services.plans.plan import PlanArea, PlanUnusable, Point
from webapp.services.plans.wording import names_stage

MOST_AREAS = 200
MOST_POINTS = 200

_LONGEST_LABEL = 120
_POINTS_OF_ELLIPSE = 32
# What the editor writes in, where a text says no size; and how broad a letter is beside its height.
_USUAL_TEXT_SIZE = 16.0
_BREADTH_OF_LETTER = 0.6


def read_areas(listed: Any, where: str, at: Point, curiosities: Curiosities, oddities: Oddities) -> Iterator[PlanArea]:
    """Yield the areas that a zone lists; `at` is where the zone stands, and `where` is what it is called."""
    if listed is None:
        return
    for rank, area in enumerate(listed if isinstance(listed, list) else [listed], start=1):
        name = f"area {rank} in {where}"
        try:
            drawn = _area(area, name, at, oddities)
        except PlanUnusable as refusal:
            oddities.note("area", "that cannot be drawn, left out", refusal.sentence.removesuffix("."))
            continue
        curiosities.look_at("area", area)
        curiosities.look_at_colours(area, name)
        yield drawn


def _area(area: Any, where: str, at: Point, oddities: Oddities) -> PlanArea:
    if not isinstance(area, dict):
        raise PlanUnusable(f"{where} is no object.")
    label = _label(area.get("text"), where, oddities)
    outline = _outline(area, label, where)
    if len(outline) > MOST_POINTS:
        raise PlanUnusable(f"{where} has more than {MOST_POINTS} points.")
    x, y = position_of(area.get("position"), where) or (0.0, 0.0)
    turn = radians(number_of(area.get("rotation") or 0, f"The rotation of {where}"))
    points = [
        (round(at[0] + x + a * cos(turn) - b * sin(turn), 3), round(at[1] + y + a * sin(turn) + b * cos(turn), 3))
        for a, b in outline
    ]
    if max(hypot(a - points[0][0], b - points[0][1]) for a, b in points) == 0:
        raise PlanUnusable(f"{where} has no extent.")
    return PlanArea(kind="stage" if names_stage(label) else "area", label=label, points=points)


def _label(text: Any, where: str, oddities: Oddities) -> str | None:
    words = text.get("text") if isinstance(text, dict) else text
    return text_of(words, _LONGEST_LABEL, "text", where, oddities)


def _outline(area: dict[str, Any], label: str | None, where: str) -> list[Point]:
    """The outline around the area's own position, before it is turned."""
    # An older form of the file knows rectangles only, and has their size in the area itself.
    shape = area.get("shape") or ("rectangle" if "width" in area else None)
    of_shape = area.get(shape, area) if isinstance(shape, str) else None
    if not isinstance(of_shape, dict):
        raise PlanUnusable(f"The shape of {where} is not known.")
    if shape == "rectangle":
        return _rectangle(0, 0, _length(of_shape, "width", where), _length(of_shape, "height", where))
    if shape == "circle":
        radius = _length(of_shape, "radius", where)
        return _ellipse(radius, radius)
    if shape == "ellipse":
        radii = of_shape.get("radius")
        return _ellipse(*(_length(radii if isinstance(radii, dict) else of_shape, axis, where) for axis in "xy"))
    if shape == "polygon":
        return _polygon(of_shape.get("points"), where)
    if shape == "text":
        return _text(of_shape, label, where)
    raise PlanUnusable(f"The shape of {where} is not known.")


def _length(of_shape: dict[str, Any], name: str, where: str) -> float:
    return abs(number_of(of_shape.get(name), f"The {name} of {where}"))


def _rectangle(left: float, top: float, width: float, height: float) -> list[Point]:
    return [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]


def _ellipse(across: float, down: float) -> list[Point]:
    angles = (2 * pi * step / _POINTS_OF_ELLIPSE for step in range(_POINTS_OF_ELLIPSE))
    return [(across * cos(angle), down * sin(angle)) for angle in angles]


def _polygon(points: Any, where: str) -> list[Point]:
    found = [position_of(point, where) for point in points] if isinstance(points, list) else []
    outline = [point for point in found if point is not None]
    if len(outline) < 3:
        raise PlanUnusable(f"{where} has fewer than three points.")
    return outline


def _text(text: dict[str, Any], label: str | None, where: str) -> list[Point]:
    """The box that the words fill; they stand around their position."""
    if label is None:
        raise PlanUnusable(f"{where} has no text.")
    x, y = position_of(text.get("position"), where) or (0.0, 0.0)
    size = abs(number_of(text.get("size") or _USUAL_TEXT_SIZE, f"The size of {where}"))
    width = size * _BREADTH_OF_LETTER * len(label)
    return _rectangle(x - width / 2, y - size / 2, width, size)
