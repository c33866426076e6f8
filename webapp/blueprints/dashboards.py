"""A show at a glance, for its people: the live map, the plots with their tables, and each figure as a file."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import Blueprint, Response, request

from webapp.blueprints.clients import people_only
from webapp.csv_replies import csv_response
from webapp.figures import (
    Table,
    categories_figure,
    lost_holds_figure,
    over_time_figure,
    pace_figure,
    seats_figure,
    seats_table,
    standing_figure,
    standing_hall,
)
from webapp.formats import local_time
from webapp.identity import signed_in
from webapp.replies import View, page
from webapp.services import dashboards
from webapp.services.dashboards import Dashboard
from webapp.services.refusals import NotFound

bp = Blueprint("dashboards", __name__, url_prefix="/organizer")
bp.before_request(people_only)

FIGURES = (over_time_figure, categories_figure, pace_figure, seats_figure, lost_holds_figure)
# What can be had as a file, by its name in the address.
TABLES: Mapping[str, Callable[[Dashboard], Table]] = {
    "standing": lambda found: standing_figure(found).table,
    "over-time": lambda found: over_time_figure(found).table,
    "categories": lambda found: categories_figure(found).table,
    "pace": lambda found: pace_figure(found).table,
    "sections": lambda found: seats_figure(found).table,
    "seats": seats_table,
    "lost-holds": lambda found: lost_holds_figure(found).table,
}


@bp.get("/shows/<id:show_id>/dashboard")
def show(show_id: int) -> Response:
    """The show at a glance."""
    return page(View("dashboards/page.html", partial(_page_context, show_id)))


@bp.get("/shows/<id:show_id>/dashboard/now")
def now(show_id: int) -> Response:
    """How the house stands just now, which an open page asks for when something changed."""
    return page(View("dashboards/_now.html", lambda: _now_context(dashboards.dashboard(signed_in(), show_id))))


@bp.get("/shows/<id:show_id>/dashboard/<figure>.csv")
def file(show_id: int, figure: str) -> Response:
    """One figure as a file for a spreadsheet."""
    found = dashboards.dashboard(signed_in(), show_id)
    if figure not in TABLES:
        raise NotFound("There is no such figure. All of them are on the show's dashboard.")
    table = TABLES[figure](found)
    day = local_time(found.show.starts_at, found.show.timezone).date()
    return csv_response(f"{found.show.title} {day} {figure}", table.headings(), table.cells())


def _page_context(show_id: int) -> dict[str, Any]:
    found = dashboards.dashboard(signed_in(), show_id)
    figures = [figure(found) for figure in FIGURES] if found.chart.seats else []
    return {**_now_context(found), "figures": figures}


def _now_context(found: Dashboard) -> dict[str, Any]:
    """The live map of all of the show, or of the section of a large hall that is asked for."""
    chart, standing = found.chart, found.standing
    part = chart.parts.get(request.args.get("section", "")) if chart.is_divided else None
    return {
        "show": found.show,
        "chart": chart,
        "part": part,
        "hall": standing_hall(chart, standing, found.counts, part) if chart.seats else None,
        "counts": found.counts,
        "house": dashboards.in_all(found.counts.values()),
        "cursor": standing.cursor,
        "now": standing.now,
    }
