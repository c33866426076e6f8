"""What happens to the seats of a show, as it happens: an event stream, or a document for those who keep asking."""

from collections.abc import Iterator

from flask import Blueprint, Flask, Response, current_app, request

from webapp.identity import asker
from webapp.services import playbills
from webapp.services.accounts.addresses import network_of
from webapp.services.database.refusing import busy
from webapp.services.seat_maps.standing import Cursor
from webapp.services.seat_maps.watching import Telling, Watching, watch

bp = Blueprint("live", __name__)

EVENT_STREAM = "text/event-stream"
# Seconds until the first telling, which waits for one look at the show.
PATIENCE = 5


@bp.get("/shows/<id:show_id>/changes")
def changes(show_id: int) -> Response:
    """What has changed since a cursor, once; or, as a stream, that and whatever changes from now on.

    It is the same for everybody, so nobody is asked who they are. The stream keeps neither the request nor a database
    connection, only the bytes it is handed. (A draft is not for everybody.)
    """
    playbills.playbill_for(show_id, asker)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    watching = watch(
        show_id,
        part=request.args.get("part"),
        since=_since(),
        within=app.app_context,
        network=network_of(request.remote_addr) if _wants_stream() else None,
    )
    try:
        missed = watching.hear(PATIENCE)
        if missed is None:
            raise busy()
        if _wants_stream():
            response = Response(_stream(missed, watching), mimetype=EVENT_STREAM)
            response.headers["X-Accel-Buffering"] = "no"
            response.call_on_close(watching.leave)
            return response
    except BaseException:
        watching.leave()
        raise
    watching.leave()
    if missed.is_news:
        return Response(missed.document, mimetype="application/json")
    return Response(status=204, mimetype="application/json")


def _since() -> Cursor | None:
    """Where the asker stopped reading: a stream that begins again says so in a header."""
    return Cursor.read(request.headers.get("Last-Event-ID") or request.args.get("since", ""))


def _wants_stream() -> bool:
    return any(accepted.partition(";")[0].strip() == EVENT_STREAM for accepted, _ in request.accept_mimetypes)


def _stream(first: Telling, watching: Watching) -> Iterator[bytes]:
    telling: Telling | None = first
    while telling:
        yield telling.stream
        telling = watching.hear()
