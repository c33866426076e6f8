"""Where everything of a plan stands in the hall: by its coordinates as far as they serve, else as imagined."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from webapp.services.seat_maps.chart import Point
from webapp.services.seat_maps.drawing.areas import Outlined, open_middle, read_areas
from webapp.services.seat_maps.drawing.grouping import Section, fold_wide_rows
from webapp.services.seat_maps.drawing.imagining.imagined import imagine
from webapp.services.seat_maps.drawing.spacing import floor_of
from webapp.services.seat_maps.drawing.surveying.compacting import compact
from webapp.services.seat_maps.drawing.surveying.surveyed import survey
from webapp.services.seat_maps.drawing.surveying.untangling import part_one_by_one, untangle
from webapp.services.seat_maps.planned import Planned

# Between what has coordinates and what has none, behind it.
_BEHIND = 4.0


@dataclass(frozen=True, slots=True)
class Placed:
    """All seats, by their index in the plan, and the areas of the plan, in the pitches of one hall."""

    at: dict[int, Point]
    areas: Sequence[Outlined]


def place(plan: Planned, sections: Sequence[Section]) -> Placed:
    """Every seat of the plan at a place of its own."""
    surveyed = survey(plan.seats, sections)
    at = dict(surveyed.at)
    areas: Sequence[Outlined] = ()
    if at:
        areas = read_areas(plan.areas, surveyed.drawn)
        untangle(at, sections, _from_where(at, areas))
        areas = _compacted(at, areas)
    rest = [section for section in sections if section.seats[0] not in at]
    if rest:
        fold_wide_rows(rest)
        _put_behind(at, imagine(plan.seats, rest))
        part_one_by_one(at, floor_of(at.items()))
    return Placed(at, areas if len(at) > 0 else ())


def _from_where(at: dict[int, Point], areas: Sequence[Outlined]) -> Point:
    """What balconies are behind of: the stage, the middle of a ring, else what is above all seats."""
    stage = next((area for area in areas if area.kind == "stage"), None)
    if stage:
        left, top, right, bottom = stage.box
        return ((left + right) / 2, (top + bottom) / 2)
    return open_middle(at) or (median(x for x, _ in at.values()), min(y for _, y in at.values()) - _BEHIND)


def _compacted(at: dict[int, Point], areas: Sequence[Outlined]) -> Sequence[Outlined]:
    if not at:
        return ()
    across, down = compact(at, [area.points for area in areas if area.is_among(at)])

    def moved(point: Point) -> Point:
        return (across(point[0]), down(point[1]))

    return [area.mapped(moved) for area in areas]


def _put_behind(at: dict[int, Point], imagined: dict[int, Point]) -> None:
    if at:
        left, right = min(x for x, _ in at.values()), max(x for x, _ in at.values())
        shift_x = (left + right) / 2
        shift_y = max(y for _, y in at.values()) + _BEHIND - min(y for _, y in imagined.values())
        imagined = {seat: (x + shift_x, y + shift_y) for seat, (x, y) in imagined.items()}
    at.update(imagined)
