"""Seats are chosen on the map of the show, or of a part of a large hall; beside it, what the house keeps already."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from flask import Response, request

from webapp.blueprints.house_seats.room import bp, chosen_so_far, organizer_of, part_asked_for
from webapp.blueprints.seat_maps import neighbours
from webapp.forms.house_seats import HouseSeatsForm
from webapp.hall_markup import hall_markup_of
from webapp.house_markup import choosable_seats, mark_of, until
from webapp.part_labels import grouped
from webapp.replies import View, page
from webapp.schemas.house_seat_forms import in_spans
from webapp.seat_markup import markup_of
from webapp.services import house_seats, playbills, seat_maps
from webapp.services.house_seats import Block
from webapp.services.refusals import NotFound
from webapp.services.seat_maps import Chart, Part
from webapp.services.seat_words import spanned


def choosing_page(show_id: int, slug: str | None = None) -> View:
    """The page on which seats are chosen; what was sent stays chosen and typed."""
    return View("house_seats/choosing.html", partial(_context, show_id, slug))


@bp.get("/")
def index(show_id: int) -> Response:
    """The map with what the house keeps, or an overview of a large hall."""
    return page(choosing_page(show_id))


@bp.get("/sections/<slug>")
def section(show_id: int, slug: str) -> Response:
    """One part of a large hall."""
    return page(choosing_page(show_id, slug))


@bp.post("/choose")
def choose(show_id: int) -> Response:
    """The same page with all that was chosen so far, open at the part that was asked for."""
    return page(choosing_page(show_id))


def _context(show_id: int, slug: str | None) -> Mapping[str, Any]:
    organizer = organizer_of(show_id)
    own, *others = house_seats.dates_of(organizer, show_id)
    show = playbills.playbill(show_id, organizer)
    standing = seat_maps.standing_of(show_id)
    chart = seat_maps.chart_of(show_id, standing.plan_version)
    blocks = house_seats.blocks_of(show_id)
    chosen = [seat_id for seat_id in chosen_so_far() if seat_id in chart.seats]
    part = _part(chart, slug if slug is not None else part_asked_for(), asked=slug is not None)
    here = [seat_id for seat_id in chosen if part and chart.part_of_seat[seat_id] == part.slug]
    elsewhere = sorted(set(chosen) - set(here))
    markup = markup_of(chart, part.slug, show.currency) if part else None
    return {
        "show": show,
        "own": own,
        "others": others,
        "chart": chart,
        "part": part,
        "free": seat_maps.free_seats(chart, standing),
        "blocked_in": _blocked_in(chart, blocks),
        "hall": hall_markup_of(chart, show.currency, "house_seats.section") if chart.is_divided else None,
        "spans_of_parts": _spans_of_parts(chart) if part is None else {},
        "markup": markup,
        "seats": markup
        and choosable_seats(
            markup,
            standing.taken,
            house_seats.block_of_seat(blocks),
            set(here),
            currency=show.currency,
            timezone=show.timezone,
        ),
        "rows": _rows(part) if part else (),
        "neighbours": neighbours(chart, part) if part and chart.is_divided else (),
        "groups": list(grouped(list(chart.parts.values()))),
        "chosen": chosen,
        "elsewhere": elsewhere,
        "elsewhere_spans": in_spans(elsewhere),
        "blocks": [_listed(chart, block, show.timezone) for block in blocks],
        "form": HouseSeatsForm(),
        "other_show_ids": request.form.getlist("other_show_ids", type=int),
    }


def _part(chart: Chart, slug: str, *, asked: bool) -> Part | None:
    """The part of this name; all of a hall that is not divided; None for the overview."""
    if asked and slug not in chart.parts:
        raise NotFound("There is no such section in this hall. All of them are on the page of its house seats.")
    return chart.parts.get(slug) if chart.is_divided else next(iter(chart.parts.values()), None)


def _spans_of_parts(chart: Chart) -> Mapping[str, str]:
    """The ids of the seats of each part, as a form sends them."""
    ids: dict[str, list[int]] = {slug: [] for slug in chart.parts}
    for seat_id, slug in chart.part_of_seat.items():
        ids[slug].append(seat_id)
    return {slug: in_spans(some) for slug, some in ids.items()}


def _blocked_in(chart: Chart, blocks: Sequence[Block]) -> Mapping[str, int]:
    """How many seats of each part the house keeps."""
    counts = dict.fromkeys(chart.parts, 0)
    for seat_id in house_seats.block_of_seat(blocks):
        if slug := chart.part_of_seat.get(seat_id):
            counts[slug] += 1
    return counts


def _rows(part: Part) -> Sequence[tuple[str | None, str, Sequence[tuple[str | None, str]]]]:
    """The sections of the part with their rows: the name of each, and the ids of its seats as a form sends them."""
    return [
        (
            section.name,
            in_spans([seat.id for row in section.rows for seat in row.seats]),
            [(row.name, in_spans([seat.id for seat in row.seats])) for row in section.rows],
        )
        for section in part.sections
    ]


def _listed(chart: Chart, block: Block, timezone: str) -> Mapping[str, Any]:
    """A block as the list of all has it."""
    ids = [seat.seat_id for seat in block.seats]
    return {
        "block": block,
        "mark": mark_of(block),
        "named": spanned(block.seats),
        "until": until(block.release_at, timezone),
        "spans": in_spans(ids),
        "part": chart.part_of_seat.get(ids[0], ""),
    }
