"""Whether the server serves."""

from flask import Blueprint, Response

from webapp.services.database import clock

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def healthz() -> Response:
    """200 once requests are answered and the database answers too."""
    clock.now()
    return Response("ok\n", mimetype="text/plain")
