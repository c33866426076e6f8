"""What changes among the seats of a show, for programs: read from where one has stopped, or followed as a stream."""

from collections.abc import Iterator

from flask import Blueprint, Response, request

from webapp.blueprints.clients import clients_only
from webapp.contract import Call
from webapp.event_streams import PATIENCE, event_stream, prefers_stream, within
from webapp.identity import asker
from webapp.questions import read_query
from webapp.replies import written_response
from webapp.schemas.changes import Changes, ChangesSince
from webapp.services import playbills, seat_maps
from webapp.services.accounts.addresses import network_of
from webapp.services.database.refusing import busy
from webapp.services.refusals import Invalid
from webapp.services.seat_maps import News
from webapp.services.seat_maps.standing import Cursor
from webapp.services.seat_maps.watching import Watching, follow

bp = Blueprint("changes", __name__)


@bp.get("/shows/<id:show_id>/changes")
@Call(
    "list_changes",
    who="anyone",
    asks=ChangesSince,
    gives={200: Changes},
    refuses=("start-over",),
    streams=True,
)
@clients_only
def changes(show_id: int) -> Response:
    """What has changed since a cursor, and the next cursor; as an event stream, also whatever changes from then on."""
    asked = read_query(ChangesSince)
    if not prefers_stream():
        return written_response(_changes(show_id, asked.since, "since").document)
    playbills.playbill_for(show_id, asker)
    watching = follow(show_id, within=within(), network=network_of(request.remote_addr))
    try:
        if watching.hear(PATIENCE) is None:
            raise busy()
        # Read once the watcher is heard, so that nothing is missed in between.
        resumed = request.headers.get("Last-Event-ID")
        first = _changes(show_id, resumed or asked.since, "Last-Event-ID" if resumed else "since")
        return event_stream(_stream(first, watching), watching.leave)
    except BaseException:
        watching.leave()
        raise


def _changes(show_id: int, since: str | None, named: str) -> News:
    return seat_maps.changes(show_id, asker(), _cursor(since, named) if since is not None else None)


def _cursor(written: str, named: str) -> Cursor:
    cursor = Cursor.read(written)
    if cursor is None:
        sentence = "This is not a cursor of ours; take it from the last answer."
        raise Invalid(sentence, errors=[{"pointer": f"#/{named}", "detail": sentence}])
    return cursor


def _stream(first: News, watching: Watching[News]) -> Iterator[bytes]:
    yield first.stream
    while told := watching.hear():
        # What was seen before the first was read is in it.
        if told.now > first.now:
            yield told.stream
