"""What a program is told of the seats of a show: one document, whether it asks for it or follows a stream."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from pydantic_core import to_json

from webapp.services.refusals import Closed
from webapp.services.reservations.reading import NEVER
from webapp.services.seat_maps.chart import Chart
from webapp.services.seat_maps.standing import Standing, Taken

# Milliseconds after which a program asks again when its stream has ended.
RETRY = 1000


@dataclass(frozen=True)
class News:
    """What is otherwise since somebody read last: how some `seats` stand at `now`, each once, by id, as JSON.

    With `everything` all seats that are not named are free. Where the plan has changed, the seats are to be read anew.
    `closed` is why no seat can be had, None while seats can. `cursor` is where it goes on.
    """

    cursor: str
    now: datetime
    everything: bool
    plan_version: int
    plan_changed: bool
    closed: Closed | None
    seats: bytes

    @cached_property
    def document(self) -> bytes:
        """As JSON."""
        told = {
            "cursor": self.cursor,
            "everything": self.everything,
            "plan_version": self.plan_version,
            "plan_changed": self.plan_changed,
            "closed": self.closed,
        }
        return b'%s,"seats":%s}' % (to_json(told).removesuffix(b"}"), self.seats)

    @cached_property
    def stream(self) -> bytes:
        """As an event of a stream of server-sent events."""
        return b"event: changes\nid: %s\nretry: %d\ndata: %s\n\n" % (self.cursor.encode(), RETRY, self.document)


def news(before: Standing, after: Standing, chart: Chart) -> News | None:
    """What came between two standings, told of the seats in the chart as they stand now; None where nothing did.

    A seat that was held and let go in between is told of, too: a program may have read it while it was held.
    """
    touched = [seat_id for seat_id in _touched(before, after) if seat_id in chart.seats]
    plan_changed = before.plan_version != after.plan_version
    if not touched and not plan_changed and before.closed == after.closed:
        return None
    seats = [_stands(seat_id, chart, after.taken.get(seat_id)) for seat_id in sorted(touched)]
    return _of(after, plan_changed=plan_changed, seats=to_json(seats))


def no_news(standing: Standing) -> News:
    """That nothing has changed, but we are still here."""
    return _of(standing, plan_changed=False, seats=b"[]")


def _of(standing: Standing, *, plan_changed: bool, seats: bytes) -> News:
    return News(
        cursor=standing.cursor,
        now=standing.now,
        everything=False,
        plan_version=standing.plan_version,
        plan_changed=plan_changed,
        closed=standing.closed,
        seats=seats,
    )


def _touched(before: Standing, after: Standing) -> Iterable[int]:
    if after.log is before.log:
        return after.log.since_position(before.position)
    # The record was begun anew.
    either = before.taken.keys() | after.taken.keys()
    return (seat_id for seat_id in either if before.taken.get(seat_id) != after.taken.get(seat_id))


def _stands(seat_id: int, chart: Chart, taken: Taken | None) -> dict[str, Any]:
    """How a seat stands, as availability lists it."""
    seat = {"seat_id": seat_id, "seat_number": chart.seats[seat_id].seat_number}
    if taken is None:
        return {**seat, "status": "AVAILABLE"}
    if taken.status == "HELD" and taken.hold_expiry < NEVER:
        return {**seat, "status": "HELD", "hold_expiry": taken.hold_expiry}
    return {**seat, "status": taken.status}
