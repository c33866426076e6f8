"""The hall of a plan as it is looked at before anything is sold in it: its seats with their numbers, or its sections.

A page carries no stylesheet of places, as a buyer's does: here nothing is pressed, so that all of it is one drawing.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from flask import Flask, current_app, get_template_attribute
from markupsafe import Markup, escape

from webapp.figures.halls import Hall
from webapp.figures.halls.hall import Shape
from webapp.figures.halls.outlines import outlines_of
from webapp.seat_markup import place
from webapp.services import kept_plans, under_way
from webapp.services.kept_plans import Kept
from webapp.services.plans.plan import Plan
from webapp.services.refusals import NotFound
from webapp.services.seat_maps import Chart, ChartSeat, Part
from webapp.services.seat_maps.drawing.dividing.division import WHOLE_SLUG

# Seconds that a page waits for what is under way, before it is shown without, and asks again.
PATIENCE = 2.5

# In tenths of a pitch, as everything here.
SEAT, ROUND, SQUARE = 8.6, 3.0, 1.4
GLYPHS = {"wheelchair": "♿\ufe0e", "companion": "+"}

# What marks a section seen from above: a word or number its colour goes by, and words for it.
Told = Callable[[Part], tuple[str, str]]


@dataclass(frozen=True)
class SeatMark:
    """What is to be seen of a seat besides its number: a word its colour goes by, the sign on it, and words for it."""

    word: str
    sign: str
    words: str


@dataclass(frozen=True)
class HallView:
    """What is shown of a hall: all of it, its sections from above, or one of them (`part`)."""

    chart: Chart
    part: Part | None
    sections: Hall | None
    drawing: Markup | None


def within() -> under_way.Within:
    """How work beside the request finds the application."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return app.app_context


def drawn(kept: Kept, plan: Plan) -> Chart | None:
    """The chart of the plan; None while it is still being drawn."""
    if chart := kept_plans.drawn_before(kept):
        return chart

    def draw(_: under_way.Say) -> None:
        kept_plans.chart_of(kept, plan)

    under_way_still = under_way.do(("draw", kept), draw, within=within(), patience=PATIENCE) is not None
    return None if under_way_still else kept_plans.chart_of(kept, plan)


def plan_view(chart: Chart, slug: str | None) -> HallView:
    """The hall of a plan by the categories of its seats. Raises `NotFound` for a section that is not there."""

    def told(part: Part) -> tuple[str, str]:
        ranks = Counter(seat.category.rank for seat in seats_in(part))
        return str(min(ranks.most_common(1)[0][0], 5)), f"{part.seat_count:,} seats"

    return view_of(chart, slug, {}, told, name="plan")


def view_of(chart: Chart, slug: str | None, marks: Mapping[int, SeatMark], told: Told, *, name: str) -> HallView:
    """The hall with these marks on its seats or, of a large one from above, with what is told of its sections."""
    if slug and slug not in chart.parts:
        raise NotFound("There is no such section in this hall.")
    if not chart.parts:
        return HallView(chart, None, None, None)
    if chart.is_divided and not slug:
        shapes = [Shape(outline, *told(chart.parts[outline.slug])) for outline in outlines_of(chart)]
        return HallView(chart, None, Hall(chart.width, chart.height, chart.areas, shapes=shapes), None)
    part = chart.parts[slug] if slug else next(iter(chart.parts.values()))
    return HallView(chart, part if chart.is_divided else None, None, _drawing(part, marks, name))


def seats_in(part: Part) -> Iterator[ChartSeat]:
    """All seats of the part, row by row."""
    for section in part.sections:
        for row in section.rows:
            yield from row.seats


def _drawing(part: Part, marks: Mapping[int, SeatMark], name: str) -> Markup:
    shape = get_template_attribute("shows/_drawing.html", "shape")
    width, height = round(part.width * 10), round(part.height * 10)
    words = f"{'The hall' if part.slug == WHOLE_SLUG else part.name}, {part.seat_count:,} seats"
    pieces = [f'<svg class="hall-drawing" data-of="{name}" viewBox="0 0 {width} {height}" role="img" ']
    pieces.append(f'aria-label="{escape(words)}">')
    pieces += [str(shape(area)) for area in part.areas]
    pieces.append('<g class="row-names">')
    pieces += [
        _text(x, y, row.name) for section in part.sections for row in section.rows if row.name for x, y in row.name_at
    ]
    pieces.append('</g><g class="seats">')
    pieces += [_seat(seat, marks.get(seat.id)) for seat in seats_in(part)]
    pieces.append('</g><g class="section-names">')
    pieces += [_text(*section.name_at, section.name) for section in part.sections if section.name]
    return Markup("".join(pieces) + "</g></svg>")  # noqa: S704 -- made of numbers and escaped texts


def _seat(seat: ChartSeat, mark: SeatMark | None) -> str:
    x, y = round(seat.x * 10, 1), round(seat.y * 10, 1)
    corner = SQUARE if seat.accessibility else ROUND
    attributes = f'data-category-rank="{seat.category.rank}"'
    attributes += f' data-accessibility="{seat.accessibility}"' if seat.accessibility else ""
    attributes += " data-step-free" if seat.step_free else ""
    attributes += f' data-mark="{mark.word}"' if mark else ""
    sign = mark.sign if mark else GLYPHS.get(seat.accessibility or "", seat.number or seat.seat_number)
    told = f"{place(seat)} ({seat.seat_number}), {seat.category.name}{f': {mark.words}' if mark else ''}"
    return (
        f'<g {attributes}><rect x="{x - SEAT / 2:g}" y="{y - SEAT / 2:g}" width="{SEAT}" height="{SEAT}" rx="{corner}">'
        f'<title>{escape(told)}</title></rect><text x="{x:g}" y="{y:g}">{escape(sign[:5])}</text></g>'
    )


def _text(x: float, y: float, words: str) -> str:
    shown = words if len(words) <= 24 else words[:23] + "…"
    return f'<text x="{round(x * 10)}" y="{round(y * 10)}">{escape(shown)}</text>'
