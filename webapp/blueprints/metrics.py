"""Figures for Prometheus, for whoever has the METRICS_TOKEN; to all others there is nothing here.

An address would prove nothing: behind a proxy on the same machine everybody comes from it.
"""

from hmac import compare_digest

from flask import Blueprint, Response, current_app, request

from webapp.services.refusals import NotFound
from webapp.telemetry.metrics import written

bp = Blueprint("metrics", __name__)


@bp.get("/metrics")
def show() -> Response:
    """All figures of all processes."""
    token = current_app.config["METRICS_TOKEN"]
    sent = request.headers.get("Authorization", "")
    if not token or not compare_digest(sent.encode(), f"Bearer {token}".encode()):
        raise NotFound("There is nothing at this address.")
    return Response(written(), headers={"Cache-Control": "no-store"}, mimetype="text/plain; version=0.0.4")
