"""The stage and what else a plan draws: read with distrust, brought into the hall, and a stage added where none is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import atan2, hypot, isfinite, pi
from statistics import fmean
from typing import Any, Literal

from webapp.services.seat_maps.chart import Point

# More outlines, corners and letters than this are no help to anybody.
_MOST_AREAS, _MOST_CORNERS, _LONGEST_LABEL = 200, 500, 80
# How far an area reaches past the seats at most, in parts of the hall's extent, and in pitches at least.
_PAST_THE_SEATS, _PAST_AT_LEAST = 0.35, 8.0
# Smaller than this it is not seen.
_SMALLEST = 0.3
# Seats surround a stage when they are seen from it in so many of so many directions, and a field in nearly all.
_DIRECTIONS, _AROUND_A_STAGE, _AROUND_A_FIELD = 24, 19, 22
# How much of the way from the middle to the outermost seats an open field takes at least.
_OPEN = 0.25
# Between the stage and the first row.
_FRONT = 2.2


@dataclass(frozen=True, slots=True)
class Outlined:
    """The outline of the stage or of another area, in the hall."""

    kind: Literal["stage", "area"]
    label: str | None
    points: Sequence[Point]

    def mapped(self, move: Callable[[Point], Point]) -> "Outlined":
        """The same with every corner moved."""
        return Outlined(self.kind, self.label, [move(point) for point in self.points])

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return min(xs), min(ys), max(xs), max(ys)

    def is_among(self, at: dict[int, Point]) -> bool:
        """Whether it is something between the seats, and not the ground that all of them stand on."""
        left, top, right, bottom = self.box
        within = sum(left < x < right and top < y < bottom for x, y in at.values())
        return within <= len(at) / 50


def read_areas(areas: Sequence[Any], drawn: Callable[[Point], Point]) -> list[Outlined]:
    """The areas that can be read, `drawn` in the hall."""
    found = (_read(area, drawn) for area in areas[:_MOST_AREAS])
    return [area for area in found if area is not None]


def trimmed(areas: Iterable[Outlined], at: dict[int, Point]) -> list[Outlined]:
    """The areas as far as they are near the seats."""
    if not at:
        return []
    left, right = min(x for x, _ in at.values()), max(x for x, _ in at.values())
    top, bottom = min(y for _, y in at.values()), max(y for _, y in at.values())
    past_x = max(_PAST_AT_LEAST, _PAST_THE_SEATS * (right - left))
    past_y = max(_PAST_AT_LEAST, _PAST_THE_SEATS * (bottom - top))

    def within(point: Point) -> Point:
        return (
            min(right + past_x, max(left - past_x, point[0])),
            min(bottom + past_y, max(top - past_y, point[1])),
        )

    return [area for area in (area.mapped(within) for area in areas) if _is_seen(area)]


def stage_front(areas: Sequence[Outlined], at: dict[int, Point]) -> Point | None:
    """The middle of the stage's front, which is its side towards the seats; None when no stage is drawn."""
    stages = [area for area in areas if area.kind == "stage"]
    if not stages or not at:
        return None
    stage = max(stages, key=lambda area: (area.box[2] - area.box[0]) * (area.box[3] - area.box[1]))
    left, top, right, bottom = stage.box
    middle = ((left + right) / 2, (top + bottom) / 2)
    x, y = fmean(x for x, _ in at.values()) - middle[0], fmean(y for _, y in at.values()) - middle[1]
    seats_on_both_sides = 2 * abs(x) < right - left and 2 * abs(y) < bottom - top
    if seats_on_both_sides or _seen_in(at.values(), middle) >= _AROUND_A_STAGE:
        return middle
    if abs(y) * (right - left) >= abs(x) * (bottom - top):
        return (middle[0], bottom if y >= 0 else top)
    return (right if x >= 0 else left, middle[1])


def open_middle(at: dict[int, Point]) -> Point | None:
    """The middle of a house whose seats surround an open field; None in any other."""
    if len(at) < _DIRECTIONS:
        return None
    xs, ys = [x for x, _ in at.values()], [y for _, y in at.values()]
    middle = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    across, down = (max(xs) - min(xs)) / 2 or 1.0, (max(ys) - min(ys)) / 2 or 1.0
    # As if the house were round, so that two stands that face each other are not taken for a ring.
    seen = [(_DIRECTIONS * (x - middle[0]) / across, _DIRECTIONS * (y - middle[1]) / down) for x, y in at.values()]
    is_open = all(hypot(x, y) > _OPEN * _DIRECTIONS for x, y in seen)
    return middle if is_open and _seen_in(seen, (0.0, 0.0)) >= _AROUND_A_FIELD else None


def added_stage(at: dict[int, Point], *, below: bool) -> tuple[Outlined, Point]:
    """A stage before the first rows, and the middle of its front."""
    points = [(x, -y) for x, y in at.values()] if below else list(at.values())
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    middle = (left + right) / 2
    half = min(max(3.0, 0.22 * (right - left)), max(16.0, 0.12 * (right - left)))
    front = min((y for x, y in points if abs(x - middle) <= half + 1), default=min(y for _, y in points)) - _FRONT
    back = front - min(8.0, max(2.0, 0.4 * half))
    if any(abs(x - middle) < half + 1 and y < front + 1 for x, y in points):
        front = min(y for _, y in points) - _FRONT
    corners = [
        (middle - half * 0.78, back),
        (middle + half * 0.78, back),
        (middle + half, front),
        (middle - half, front),
    ]
    sign = -1 if below else 1
    return Outlined("stage", "Stage", [(x, sign * y) for x, y in corners]), (middle, sign * front)


def _seen_in(points: Iterable[Point], middle: Point) -> int:
    """In how many directions from the middle there are seats."""
    seen = {
        int((atan2(y - middle[1], x - middle[0]) / (2 * pi) + 0.5) * _DIRECTIONS) % _DIRECTIONS
        for x, y in points
        if hypot(x - middle[0], y - middle[1]) > 1
    }
    return len(seen)


def _read(area: Any, drawn: Callable[[Point], Point]) -> Outlined | None:
    if not isinstance(area, dict) or not isinstance(area.get("points"), list):
        return None
    points = [drawn((float(x), float(y))) for x, y in filter(_is_point, area["points"][:_MOST_CORNERS])]
    if len(points) < 3:
        return None
    label = area.get("label")
    words = " ".join(label.split())[:_LONGEST_LABEL] if isinstance(label, str) else ""
    return Outlined("stage" if area.get("kind") == "stage" else "area", words or None, points)


def _is_point(value: Any) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) == 2
        and all(
            isinstance(number, int | float) and not isinstance(number, bool) and abs(number) < 1e12 for number in value
        )
        and all(isfinite(number) for number in value)
    )


def _is_seen(area: Outlined) -> bool:
    left, top, right, bottom = area.box
    return right - left >= _SMALLEST and bottom - top >= _SMALLEST
