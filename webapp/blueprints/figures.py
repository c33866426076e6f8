"""How a show sells, for programs of those who run it: all figures, or one of them."""

from collections.abc import Callable, Mapping

from flask import Blueprint, Response

from webapp.blueprints.clients import clients_only
from webapp.contract import Call
from webapp.identity import signed_in
from webapp.replies import Result, json_response
from webapp.schemas import dashboards as schemas
from webapp.services import dashboards
from webapp.services.dashboards import Dashboard
from webapp.services.refusals import NotFound

bp = Blueprint("figures", __name__)

FIGURES: Mapping[str, Callable[[Dashboard], Result]] = {
    "standing": schemas.standing,
    "over-time": schemas.over_time,
    "categories": schemas.categories,
    "pace": schemas.pace,
    "sections": schemas.sections,
    "seats": schemas.seats,
    "lost-holds": schemas.lost_holds,
}


@bp.get("/shows/<id:show_id>/dashboard")
@Call("get_figures", who="those who run it", gives={200: schemas.Dashboard})
@clients_only
def index(show_id: int) -> Response:
    """All figures of a show but those of each seat."""
    return json_response(schemas.Dashboard.of(dashboards.dashboard(signed_in(), show_id)))


@bp.get("/shows/<id:show_id>/dashboard/<figure>")
@Call("get_figure", who="those who run it", gives={200: schemas.AnyFigure}, choices={"figure": tuple(FIGURES)})
@clients_only
def show(show_id: int, figure: str) -> Response:
    """One figure of a show."""
    found = dashboards.dashboard(signed_in(), show_id)
    if figure not in FIGURES:
        raise NotFound(f"There is no such figure. These are there: {', '.join(FIGURES)}.")
    return json_response(FIGURES[figure](found))
