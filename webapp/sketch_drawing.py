"""A hall that is being drawn, as SVG: true to the fields, in centimetres, each part a link to its form.

A show's map brings the same plan to its own scale, and parts what stands on one another; here it is seen as it is.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, floor, hypot
from typing import Any

from markupsafe import Markup, escape

from webapp.services.plans.building import Built, RowBlock, Sketch
from webapp.services.plans.plan import Plan, PlanArea, PlanSeat, Point

# Around the outermost seats and areas, and to what the frame is rounded, so that it does not tremble with each letter.
MARGIN, GRAIN = 130, 100
# Of the distance between two seats: how large one is drawn, and how its number and the name of its row are set.
RADIUS, NUMBER, ROW_NAME = 0.42, 0.36, 0.55
# Of the hall: how large the name of a section is set, and what stands on an area.
SECTION_NAME, LEAST_NAME, AREA_NAME = 1 / 30, 1 / 50, 1 / 24
MARKS = {"wheelchair": "♿\ufe0e", "companion": "+"}

Address = Callable[[int], str]


@dataclass(frozen=True)
class _Frame:
    left: int
    top: int
    width: int
    height: int

    @property
    def extent(self) -> int:
        """The longer of its sides."""
        return max(self.width, self.height)


def drawing_of(sketch: Sketch, built: Built, chosen: int | None, address: Address) -> Markup:
    """The hall with one part chosen, its seats with their numbers; `address` is where a part has its form."""
    plan = built.plan
    frame, ranks = _frame(built), _ranks(built)
    pieces = [_svg(frame, f'role="group" aria-label="The hall as it is drawn, {len(plan.seats):,} seats"')]
    for area, outlined in zip(sketch.scenery(), plan.areas, strict=True):
        name = outlined.label or "An area without a name"
        pieces.append(_opening(address(area.id), name, is_chosen=area.id == chosen, kind=outlined.kind))
        pieces.append(_area(outlined, frame) + "</a>")
    # The chosen block is drawn last, above whatever it stands on.
    for block in sorted(sketch.blocks, key=lambda block: block.id == chosen):
        seats = [plan.seats[place] for place in built.seats_of[block.id]]
        title, is_chosen = sketch.title_of(block), block.id == chosen
        pieces.append(_opening(address(block.id), f"{title}, {len(seats)} seats", is_chosen=is_chosen))
        pieces += _numbered(block, seats, ranks) if is_chosen else _dots(block, seats, ranks)
        pieces += _row_names(block, seats)
        if not is_chosen:
            pieces.append(_section_name(title, seats, frame))
        pieces.append("</a>")
    return Markup("".join(pieces) + "</svg>")  # noqa: S704 -- made of numbers and escaped texts


def picture_of(sketch: Sketch, built: Built, *, named: bool = False) -> Markup:
    """The hall at a glance: its seats and areas, with their names or without a word."""
    frame = _frame(built)
    pieces = [_svg(frame, 'aria-hidden="true"')]
    for area in built.plan.areas:
        pieces.append(f'<g data-kind="{area.kind}">{_area(area, frame) if named else _polygon(area)}</g>')
    for block in sketch.blocks:
        seats = [built.plan.seats[place] for place in built.seats_of[block.id]]
        pieces += _dots(block, seats, _ranks(built))
        if named:
            pieces += [*_row_names(block, seats), _section_name(sketch.title_of(block), seats, frame)]
    return Markup("".join(pieces) + "</svg>")  # noqa: S704 -- made of numbers and escaped texts


def counts_of(plan: Plan) -> dict[str, Any]:
    """How many seats of the plan the legend tells of each kind."""
    return {
        "categories": Counter(seat.category for seat in plan.seats),
        "accessible": Counter(seat.accessibility for seat in plan.seats),
        "step_free": sum(seat.step_free for seat in plan.seats),
    }


def _svg(frame: _Frame, attributes: str) -> str:
    return f'<svg class="sketch" viewBox="{frame.left} {frame.top} {frame.width} {frame.height}" {attributes}>'


def _frame(built: Built) -> _Frame:
    points = [_at(seat) for seat in built.plan.seats] + [point for area in built.plan.areas for point in area.points]
    xs, ys = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
    left, top = (floor((min(found) - MARGIN) / GRAIN) * GRAIN for found in (xs, ys))
    right, bottom = (ceil((max(found) + MARGIN) / GRAIN) * GRAIN for found in (xs, ys))
    return _Frame(left, top, right - left, bottom - top)


def _ranks(built: Built) -> Mapping[str | None, int]:
    return {category.name: rank for rank, category in enumerate(built.plan.categories)}


def _opening(href: str, label: str, *, is_chosen: bool, kind: str = "block") -> str:
    current = ' aria-current="true"' if is_chosen else ""
    return (
        f'<a class="sketch-part" data-kind="{kind}" href="{escape(href)}" tabindex="-1" '
        f'aria-label="{escape(label)}"{current}>'
    )


def _polygon(area: PlanArea) -> str:
    return f'<polygon points="{" ".join(f"{x:.0f},{y:.0f}" for x, y in area.points)}"/>'


def _area(area: PlanArea, frame: _Frame) -> str:
    if not area.label:
        return _polygon(area)
    left, right = min(x for x, _ in area.points), max(x for x, _ in area.points)
    top, bottom = min(y for _, y in area.points), max(y for _, y in area.points)
    size = min((bottom - top) * 0.6, (right - left) / len(area.label) * 1.4, frame.extent * AREA_NAME)
    x, y = (left + right) / 2, (top + bottom) / 2
    return f'{_polygon(area)}<text x="{x:.0f}" y="{y:.0f}" font-size="{size:.0f}">{escape(area.label)}</text>'


def _dots(block: RowBlock, seats: Sequence[PlanSeat], ranks: Mapping[str | None, int]) -> Iterator[str]:
    """The seats as dots, one path for all that look alike: a point that a wide pen is put down on."""
    alike: dict[tuple[str | None, bool], list[str]] = defaultdict(list)
    for seat in seats:
        x, y = _at(seat)
        alike[seat.category, bool(seat.accessibility)].append(f"M{x:.0f} {y:.0f}h0")
    for (category, is_accessible), points in alike.items():
        pen = "square" if is_accessible else "round"
        yield (
            f'<path class="seats" data-category-rank="{ranks[category]}" stroke-linecap="{pen}" '
            f'stroke-width="{2 * RADIUS * block.seat_spacing:.0f}" d="{"".join(points)}"/>'
        )


def _numbered(block: RowBlock, seats: Sequence[PlanSeat], ranks: Mapping[str | None, int]) -> Iterator[str]:
    """Every seat by itself, with its number on it."""
    radius = round(block.seat_spacing * RADIUS)
    yield f'<g class="numbered" font-size="{block.seat_spacing * NUMBER:.0f}">'
    for category, alike in groupby(seats, key=lambda seat: seat.category):
        yield f'<g data-category-rank="{ranks[category]}">'
        for seat in alike:
            x, y = (round(value) for value in _at(seat))
            marks = f' data-accessibility="{seat.accessibility}"' if seat.accessibility else ""
            marks += " data-step-free" if seat.step_free else ""
            corner = 0.3 * radius if seat.accessibility else radius
            yield (
                f'<rect x="{x - radius}" y="{y - radius}" width="{2 * radius}" height="{2 * radius}" '
                f'rx="{corner:.0f}"{marks}><title>{escape(seat.seat_number)}</title></rect>'
                f'<text x="{x}" y="{y}">{escape(MARKS.get(seat.accessibility or "", seat.number))}</text>'
            )
        yield "</g>"
    yield "</g>"


def _row_names(block: RowBlock, seats: Sequence[PlanSeat]) -> Iterator[str]:
    yield f'<g class="row-names" font-size="{block.seat_spacing * ROW_NAME:.0f}">'
    for name, row in groupby(seats, key=lambda seat: seat.row or ""):
        points = [_at(seat) for seat in row]
        for end, before, way in ((points[0], points[1:2], -1.0), (points[-1], points[-2:-1], 1.0)):
            across, down = (end[0] - before[0][0], end[1] - before[0][1]) if before else (way, 0.0)
            far = block.seat_spacing * 0.9 / (hypot(across, down) or 1.0)
            yield f'<text x="{end[0] + across * far:.0f}" y="{end[1] + down * far:.0f}">{escape(name)}</text>'
    yield "</g>"


def _section_name(title: str, seats: Sequence[PlanSeat], frame: _Frame) -> str:
    xs, ys = zip(*map(_at, seats), strict=True)
    x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    # No wider than the block by much, or a box at the side is written all over its neighbours.
    size = max(min(frame.extent * SECTION_NAME, 3 * (max(xs) - min(xs)) / len(title)), frame.extent * LEAST_NAME)
    return f'<text class="section-name" x="{x:.0f}" y="{y:.0f}" font-size="{size:.0f}">{escape(title)}</text>'


def _at(seat: PlanSeat) -> Point:
    return (seat.x or 0.0, seat.y or 0.0)
