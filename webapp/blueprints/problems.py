"""A page for every kind of no, at the address that JSON names as its `type`, and one that lists them."""

from flask import Blueprint, Response, render_template

from webapp.problems import all_problems, problem_named
from webapp.schemas.problems import FACTS

bp = Blueprint("problems", __name__)


@bp.get("/problems/")
def index() -> Response:
    """Every kind of no."""
    return Response(render_template("problems/index.html", problems=all_problems()))


@bp.get("/problems/<slug>")
def show(slug: str) -> Response:
    """What a problem means and what to do."""
    facts = FACTS.get(slug)
    return Response(render_template("problems/page.html", problem=problem_named(slug), facts=facts))
