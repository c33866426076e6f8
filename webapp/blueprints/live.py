"""What happens to the seats of a show, for its map: an event stream, or a document for pages that keep asking."""

from collections.abc import Iterator

from flask import Blueprint, Response, request

from webapp.event_streams import PATIENCE, accepts_stream, event_stream, within
from webapp.identity import asker
from webapp.services import playbills
from webapp.services.accounts.addresses import network_of
from webapp.services.database.refusing import busy
from webapp.services.seat_maps.standing import Cursor
from webapp.services.seat_maps.watching import Telling, Watching, watch

bp = Blueprint("live", __name__)


@bp.get("/shows/<id:show_id>/live")
def follow(show_id: int) -> Response:
    """What has changed since a cursor, once; or, as a stream, that and whatever changes from now on.

    It is the same for everybody, so nobody is asked who they are. The stream keeps neither the request nor a database
    connection, only the bytes it is handed. (A draft is not for everybody.)
    """
    playbills.playbill_for(show_id, asker)
    watching = watch(
        show_id,
        part=request.args.get("part"),
        since=_since(),
        within=within(),
        network=network_of(request.remote_addr) if accepts_stream() else None,
    )
    try:
        missed = watching.hear(PATIENCE)
        if missed is None:
            raise busy()
        if accepts_stream():
            return event_stream(_stream(missed, watching), watching.leave)
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


def _stream(first: Telling, watching: Watching[Telling]) -> Iterator[bytes]:
    telling: Telling | None = first
    while telling:
        yield telling.stream
        telling = watching.hear()
