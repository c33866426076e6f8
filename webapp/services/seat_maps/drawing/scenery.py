"""What stands in the hall besides seats: the plan's areas, and a stage where the plan has none and seats face one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from webapp.services.seat_maps.chart import Point
from webapp.services.seat_maps.drawing.areas import Outlined, added_stage, open_middle, stage_front, trimmed
from webapp.services.seat_maps.drawing.grouping import Section
from webapp.services.seat_maps.drawing.imagining.columns import in_order
from webapp.services.seat_maps.drawing.placing import Placed


@dataclass(frozen=True, slots=True)
class Scenery:
    """The areas of the hall, and the middle of the front of its stage, or of what the seats surround."""

    areas: Sequence[Outlined]
    focus: Point


def scenery(sections: Sequence[Section], placed: Placed) -> Scenery:
    """The areas of the plan near the seats, with a stage among them unless seats surround the middle."""
    at = placed.at
    areas = trimmed(placed.areas, at)
    if not at:
        return Scenery((), (0.0, 0.0))
    if focus := stage_front(areas, at):
        return Scenery(areas, focus)
    if middle := open_middle(at):
        return Scenery(areas, _middle_of_the_field(middle, areas, at))
    stage, focus = added_stage(at, below=_faces_down(sections, at))
    return Scenery([stage, *areas], focus)


def _middle_of_the_field(middle: Point, areas: Sequence[Outlined], at: dict[int, Point]) -> Point:
    """The middle of the largest area that lies in the open, else of the house."""
    fields = [box for area in areas if area.is_among(at) and _holds(box := area.box, middle)]
    if not fields:
        return middle
    left, top, right, bottom = max(fields, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
    return ((left + right) / 2, (top + bottom) / 2)


def _holds(box: tuple[float, float, float, float], point: Point) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _faces_down(sections: Sequence[Section], at: dict[int, Point]) -> bool:
    """Whether the first rows are at the bottom, in more sections than not."""
    votes = 0
    for section in sections:
        lines = {row.name or "": fmean(at[seat][1] for seat in row.seats) for row in section.rows}
        order = [lines[name] for name, _ in in_order((name, 0) for name in lines)]
        rising = sum(1 if after > before else -1 for before, after in pairwise(order) if abs(after - before) > 0.3)
        votes += (rising > 0) - (rising < 0)
    return votes < 0
