"""A plan written anew as a document of the editor, as its schema has it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import ceil, dist, floor
from statistics import fmean, median
from typing import Any

from webapp.services.plans.editor.writing.laying import lay_out
from webapp.services.plans.editor.writing.pieces import divide
from webapp.services.plans.editor.writing.values import (
    Guids,
    as_json,
    category_of,
    colour,
    number,
    offset,
    position,
    uuid_for,
)
from webapp.services.plans.marks import take_marks
from webapp.services.plans.plan import Plan, PlanArea, Point

_MARGIN = 50
# What the editor draws a seat with where a file says nothing, and how far apart seats usually are then.
_USUAL_RADIUS, _USUAL_PITCH = 10, 25
_STAGE = {"color": "#333333", "border_color": "#000000"}
_AREA = {"color": "#dddddd", "border_color": "#999999"}


def fresh_document(plan: Plan) -> tuple[str, list[int]]:
    """The plan as JSON of the editor, and its seats in the order in which they stand there.

    What stands left of or above the plan's origin is moved into sight, and all the rest with it.
    """
    fresh = _Fresh(plan, lay_out(plan.seats))
    sections: dict[str | None, dict[str | None, list[list[int]]]] = defaultdict(dict)
    for (section, row), pieces in fresh.divided.items():
        sections[section][row] = pieces
    order = [index for rows in sections.values() for pieces in rows.values() for piece in pieces for index in piece]
    return as_json(fresh.document(sections)), order


class _Fresh:
    def __init__(self, plan: Plan, points: Sequence[Point]) -> None:
        self._plan = plan
        self._points = points
        self.divided = divide(plan.seats, points)
        guids = Guids(taken=set(), reserved={seat.plan_seat_id for seat in plan.seats if seat.plan_seat_id})
        self._ids = [guids.of(seat) for seat in plan.seats]
        everything = [*points, *(point for area in plan.areas for point in area.points)]
        self._least = [min((point[axis] for point in everything), default=0.0) for axis in (0, 1)]
        self._most = [max((point[axis] for point in everything), default=0.0) for axis in (0, 1)]
        self._shift = [_MARGIN - floor(least) if least < 0 else 0 for least in self._least]
        self._radius = _radius(points, [piece for pieces in self.divided.values() for piece in pieces])

    def document(self, sections: Mapping[str | None, Mapping[str | None, Sequence[Sequence[int]]]]) -> dict[str, Any]:
        """The plan as an object, its seats by sections, rows and pieces of these."""
        zones = [self._zone(rank, section, rows) for rank, (section, rows) in enumerate(sections.items())]
        zones[0]["areas"] = [_area(self._plan, area, rank) for rank, area in enumerate(self._plan.areas)]
        width, height = (ceil(most) + shift + _MARGIN for most, shift in zip(self._most, self._shift, strict=True))
        return {
            "name": self._plan.name or "",
            "categories": list(_categories(self._plan)),
            "zones": zones,
            "size": {"width": width, "height": height},
        }

    def _zone(
        self, rank: int, section: str | None, rows: Mapping[str | None, Sequence[Sequence[int]]]
    ) -> dict[str, Any]:
        named = {} if section is None else {"name": section}
        return {
            **named,
            "zone_id": section or "",
            "uuid": uuid_for(self._plan.name, "zone", rank),
            "position": {"x": self._shift[0], "y": self._shift[1]},
            "rows": [
                self._row(row, piece, uuid_for(self._plan.name, "row", section, row, number))
                for row, pieces in rows.items()
                for number, piece in enumerate(pieces)
            ],
            "areas": [],
        }

    def _row(self, name: str | None, piece: Sequence[int], uuid: str) -> dict[str, Any]:
        at = _origin([self._points[index] for index in piece])
        return {
            "row_number": name or "",
            "row_number_position": "start",
            "uuid": uuid,
            "position": position(*at),
            "seats": [self._seat(index, at) for index in piece],
        }

    def _seat(self, index: int, at: Point) -> dict[str, Any]:
        seat, point = self._plan.seats[index], self._points[index]
        return {
            "seat_number": seat.number or "",
            "seat_guid": self._ids[index],
            "uuid": uuid_for(self._plan.name, "seat", self._ids[index]),
            "position": position(offset(point[0], at[0]), offset(point[1], at[1])),
            "category": category_of(seat),
            **self._radius,
        }


def _origin(points: Sequence[Point]) -> Point:
    """Where the row is said to stand: at whole numbers from which each seat is reached exactly, else at 0, 0."""
    at = (float(floor(min(x for x, _ in points))), float(floor(min(y for _, y in points))))
    exact = all(at[axis] + (point[axis] - at[axis]) == point[axis] for point in points for axis in (0, 1))
    return at if exact else (0.0, 0.0)


def _radius(points: Sequence[Point], pieces: Sequence[Sequence[int]]) -> dict[str, int]:
    """How large seats are drawn, where the distance between them is not the editor's usual one."""
    pairs = (pair for piece in pieces for pair in pairwise(piece))
    steps = [step for one, other in pairs if (step := dist(points[one], points[other])) > 0]
    pitch = median(steps) if steps else _USUAL_PITCH
    radius = max(1, round(_USUAL_RADIUS * pitch / _USUAL_PITCH))
    return {} if radius == _USUAL_RADIUS else {"radius": radius}


def _categories(plan: Plan) -> Iterator[dict[str, str]]:
    """All categories, those of marked seats in the colour of the one that they mean."""
    names = dict.fromkeys([category.name for category in plan.categories])
    names |= dict.fromkeys(sorted({category_of(seat) for seat in plan.seats} - names.keys()))
    colours: dict[str, str] = {}
    for name in names:
        meant, _ = take_marks(name)
        yield {"name": name, "color": colours.setdefault(meant, colour(len(colours)))}


def _area(plan: Plan, area: PlanArea, rank: int) -> dict[str, Any]:
    middle = position(*(round(fmean(point[axis] for point in area.points), 1) for axis in (0, 1)))
    return {
        "shape": "polygon",
        **(_STAGE if area.kind == "stage" else _AREA),
        "rotation": 0,
        "uuid": uuid_for(plan.name, "area", rank),
        "position": {"x": 0, "y": 0},
        "polygon": {"points": [{"x": number(float(x)), "y": number(float(y))} for x, y in area.points]},
        "text": {
            "text": area.label or "",
            "position": middle,
            "color": "#ffffff" if area.kind == "stage" else "#000000",
        },
    }
