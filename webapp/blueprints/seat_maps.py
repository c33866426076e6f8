"""The map on a show's page: the whole hall, an overview of a large one, or a part of it; and where its seats stand."""

from collections.abc import Sequence
from functools import partial
from math import dist
from typing import Any

from flask import Blueprint, Response, request

from webapp.blueprints.clients import people_only
from webapp.hall_markup import hall_markup_of
from webapp.identity import asker, looker
from webapp.replies import View, page
from webapp.seat_markup import markup_of
from webapp.seat_places import places_of
from webapp.services import baskets, playbills, seat_maps
from webapp.services.refusals import NotFound
from webapp.services.seat_maps import Chart, Part

bp = Blueprint("seat_maps", __name__)

FOR_EVER = "public, max-age=31536000, immutable"
MOST_NEIGHBOURS = 4


@bp.get("/shows/<id:show_id>/sections/<slug>")
def section(show_id: int, slug: str) -> Response:
    """One part of a large hall with its seats."""
    people_only()
    return page(show_page(show_id, slug))


@bp.get("/shows/<id:show_id>/plan/<int:version>/<slug>.css")
def stylesheet(show_id: int, version: int, slug: str) -> Response:
    """Where the seats of a part stand, as a stylesheet that never changes under its address."""
    show = playbills.playbill_for(show_id, looker)
    chart = seat_maps.chart_of(show_id, version)
    response = Response(places_of(chart, _part(chart, slug), show.currency), mimetype="text/css")
    response.headers["Cache-Control"] = FOR_EVER if chart.version == version and show.published_at else "no-store"
    return response


def show_page(show_id: int, slug: str | None = None) -> View:
    """A show's page: with all its seats, with an overview where there are too many, or with those of one part."""
    return View("shows/page.html", partial(_context, show_id, slug))


def _context(show_id: int, slug: str | None) -> dict[str, Any]:
    viewer = asker()
    show = playbills.playbill(show_id, viewer)
    standing = seat_maps.standing_of(show_id)
    chart = seat_maps.chart_of(show_id, standing.plan_version)
    part = _part(chart, slug) if slug is not None else _only_part(chart)
    markup = markup_of(chart, part.slug, show.currency) if part else None
    choosing = "several" in request.args and show.sells
    return {
        "show": show,
        "chart": chart,
        "part": part,
        "free": seat_maps.free_seats(chart, standing),
        "markup": markup,
        "hall": hall_markup_of(chart, show.currency) if chart.is_divided else None,
        "seats": markup.seats(standing.taken, viewer, choosing=choosing) if markup else None,
        "neighbours": neighbours(chart, part) if part and chart.is_divided else (),
        "choosing": choosing,
        "basket": baskets.basket(show_id, viewer),
        "cursor": standing.cursor,
        "now": standing.now,
    }


def _part(chart: Chart, slug: str) -> Part:
    if slug not in chart.parts:
        raise NotFound("There is no such section in this hall. All of them are on the show's page.")
    return chart.parts[slug]


def _only_part(chart: Chart) -> Part | None:
    return None if chart.is_divided else next(iter(chart.parts.values()), None)


def neighbours(chart: Chart, part: Part) -> Sequence[Part]:
    """The parts that lie nearest, nearest first."""
    others = [other for other in chart.parts.values() if other is not part]
    return sorted(others, key=lambda other: dist(_middle(part), _middle(other)))[:MOST_NEIGHBOURS]


def _middle(part: Part) -> tuple[float, float]:
    return (part.offset[0] + part.width / 2, part.offset[1] + part.height / 2)
