"""Whether what is promised holds right now, for anyone who wants to know."""

from flask import Blueprint, Response, g

from webapp.contract import Call
from webapp.replies import View, reply
from webapp.schemas import status as schemas
from webapp.services.operations import proof_run
from webapp.services.operations.status import Status, seen

bp = Blueprint("status", __name__)


@bp.get("/status")
@Call("read_status", who="anyone", gives={200: schemas.Status})
def show() -> Response:
    """Whether each promise holds, how many seats are held, and the last run of the proof."""
    status, run = seen(), proof_run.shipped()
    if status.holds is None:
        g.setdefault("asker", None)  # a database that does not answer is not asked who this is
    return reply(
        lambda: _told(status, run),
        page=View("status/page.html", lambda: {"status": status, "run": run}),
    )


def _told(status: Status, run: proof_run.ProofRun | None) -> schemas.Status:
    return schemas.Status(
        looked_at=status.looked_at,
        all_hold=status.all_hold,
        promises=[
            schemas.Promise(promise="never twice", holds=status.never_twice),
            schemas.Promise(promise="never lost", holds=status.never_lost),
            schemas.Promise(promise="never stranded", holds=status.never_stranded),
        ],
        complaints=list(status.complaints),
        live_holds=status.holds.live if status.holds else None,
        sweeper_lag=round(status.holds.sweeper_lag, 3) if status.holds else None,
        proof_run=schemas.ProofRun.model_validate(run) if run else None,
    )
