"""A share of the hall as the page that shows it: rows, names and frame, in lengths of its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import hypot
from statistics import fmean

from webapp.services.seat_maps.chart import Area, Category, ChartRow, ChartSeat, ChartSection, Part, Point
from webapp.services.seat_maps.drawing.dividing.division import Share
from webapp.services.seat_maps.drawing.grouping import Row
from webapp.services.seat_maps.drawing.naming import Box, Names
from webapp.services.seat_maps.drawing.spacing import floor_of
from webapp.services.seat_maps.planned import PlannedSeat

# Around the outermost seats, names and areas of a part.
_MARGIN = 1.0
# Coordinates are rounded to a hundredth of a pitch, a fraction of a pixel.
_DIGITS = 2


class Page:
    """A share of the hall with the places of its names; `areas`, with their boxes, are those that may lie in it."""

    def __init__(
        self, share: Share, at: Mapping[int, Point], areas: Sequence[tuple[Area, Box]], *, whole: bool
    ) -> None:
        self.share = share
        self._at = {seat: at[seat] for section in share.sections for seat in section.seats}
        self._names = Names(
            share.sections,
            self._at,
            floor_of(self._at.items()),
            [box for _, box in areas if self._is_empty(box)],
        )
        near = box_of([*self._at.values(), *self._names.corners])
        here = [(area, box) for area, box in areas if whole or _lies_in(box, near)]
        self._areas = [area for area, _ in here]
        left, top, right, bottom = box_around([near, *(box for _, box in here)])
        self.box: Box = (left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN)

    def part(
        self, seats: Sequence[PlannedSeat], categories: Mapping[int, Category], outline: Sequence[Point], corner: Point
    ) -> Part:
        """The part, in a hall whose top left corner is at `corner`."""
        left, top, right, bottom = self.box
        prices = [categories[seats[seat].category_id].price for seat in self._at]
        return Part(
            slug=self.share.slug,
            name=self.share.name,
            sections=[
                ChartSection(
                    section.name,
                    [
                        ChartRow(
                            row.name,
                            self._seated(row, seats, categories),
                            [moved(point, (left, top)) for point in self._names.of_row(row)],
                        )
                        for row in section.rows
                    ],
                    moved(name_at, (left, top)),
                )
                for section, name_at in zip(self.share.sections, self._names.of_sections, strict=True)
            ],
            areas=[moved_area(area, (left, top)) for area in self._areas],
            width=round(right - left, _DIGITS),
            height=round(bottom - top, _DIGITS),
            outline=[moved(point, corner) for point in outline],
            seat_count=len(self._at),
            price_from=min(prices),
            price_to=max(prices),
            offset=moved((left, top), corner),
            name_at=moved(self._central_seat(), corner),
        )

    def _is_empty(self, box: Box) -> bool:
        """Whether no seat stands in the box, as on a stage; on the ground of the whole hall they do."""
        left, top, right, bottom = box
        return not any(left < x < right and top < y < bottom for x, y in self._at.values())

    def _central_seat(self) -> Point:
        """The place of the seat nearest to the middle of all: in the part, whatever its shape."""
        x, y = fmean(x for x, _ in self._at.values()), fmean(y for _, y in self._at.values())
        return min(self._at.values(), key=lambda point: hypot(point[0] - x, point[1] - y))

    def _seated(
        self, row: Row, seats: Sequence[PlannedSeat], categories: Mapping[int, Category]
    ) -> Sequence[ChartSeat]:
        """The seats of the row as people sit, from left to right as it is drawn, or from top to bottom."""
        left, top, *_ = self.box
        drawn = []
        for index in row.seats:
            seat = seats[index]
            x, y = moved(self._at[index], (left, top))
            drawn.append(
                ChartSeat(
                    id=seat.id,
                    seat_number=seat.seat_number,
                    section=seat.section,
                    row=seat.row,
                    number=seat.number,
                    neighbour_order=seat.neighbour_order,
                    category=categories[seat.category_id],
                    accessibility=seat.accessibility,
                    step_free=seat.step_free,
                    x=x,
                    y=y,
                )
            )
        across = sum(_sign(self._at[piece[-1]][0] - self._at[piece[0]][0]) * len(piece) for piece in row.pieces)
        down = sum(_sign(self._at[piece[-1]][1] - self._at[piece[0]][1]) * len(piece) for piece in row.pieces)
        return drawn[::-1] if (across or down) < 0 else drawn


def box_of(points: Iterable[Point]) -> Box:
    """The box around the points."""
    found = list(points)
    xs, ys = [x for x, _ in found], [y for _, y in found]
    return min(xs), min(ys), max(xs), max(ys)


def box_around(boxes: Sequence[Box]) -> Box:
    """The box around boxes; of nothing, an empty one."""
    if not boxes:
        return 0.0, 0.0, 0.0, 0.0
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def moved(point: Point, corner: Point) -> Point:
    """The point as it is seen from the corner."""
    return (round(point[0] - corner[0], _DIGITS), round(point[1] - corner[1], _DIGITS))


def moved_area(area: Area, corner: Point) -> Area:
    """The area as it is seen from the corner."""
    return replace(area, points=[moved(point, corner) for point in area.points])


def _lies_in(area: Box, box: Box) -> bool:
    """Whether the middle of the area's box is in the other."""
    left, top, right, bottom = area
    return box[0] <= (left + right) / 2 <= box[2] and box[1] <= (top + bottom) / 2 <= box[3]


def _sign(value: float) -> int:
    return (value > 0.01) - (value < -0.01)
