"""Whether the server lives, and whether it may sell."""

from flask import Blueprint, Response

from webapp.replies import json_response
from webapp.services.operations.glances import Glance
from webapp.services.operations.readiness import look

bp = Blueprint("health", __name__)

# Anybody may ask, so a process looks once a second at most.
_readiness = Glance(look, seconds=1)


@bp.get("/healthz")
def healthz() -> Response:
    """200 while this process answers requests: to start it anew would mend nothing that is wrong with a database."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
def readyz() -> Response:
    """200 where this server may be sent buyers; else 503, and what is wrong."""
    seen = _readiness.seen()
    told = {check.name: check.complaint or "ok" for check in seen.checks}
    return json_response({"ready": seen.is_ready, "checks": told}, 200 if seen.is_ready else 503)
