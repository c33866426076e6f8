"""A page for every kind of no, at the address that JSON names as its `type`."""

from flask import Blueprint, Response, render_template

from webapp.refusals import problem_named

bp = Blueprint("problems", __name__)


@bp.get("/problems/<slug>")
def show(slug: str) -> Response:
    """What a problem means and what to do."""
    return Response(render_template("problems/page.html", problem=problem_named(slug)))
