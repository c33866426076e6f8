"""The front door."""

from flask import Blueprint, Response, url_for

from webapp.replies import go_to

bp = Blueprint("home", __name__)


@bp.get("/")
def index() -> Response:
    """Lead on to the shows."""
    return go_to(url_for("shows.index"))
