"""The records of a process: by show, the least used forgotten first."""

from collections import OrderedDict
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from webapp.extensions import db
from webapp.services.refusals import NotFound
from webapp.services.rounds import Rounds
from webapp.services.seat_maps.standing.reading import all_that_stands, changed_since
from webapp.services.seat_maps.standing.record import Record
from webapp.services.seat_maps.standing.snapshot import Standing

# What a process keeps in memory, beside the show asked for last.
MOST_SEATS_KEPT = 500_000
MOST_SHOWS_KEPT = 1_000


def standing_of(show_id: int) -> Standing:
    """How the seats of the show stand, by a query that began after this call; those who ask at once share it.

    Raises `NotFound`.
    """
    shelf = _shelf()
    try:
        return shelf.of(show_id).standing()
    except NotFound:
        shelf.forget(show_id)
        raise


class Follower:
    """The record of one show, begun when it is first asked for."""

    def __init__(self, show_id: int) -> None:
        self._show_id = show_id
        self._record: Record | None = None
        self._rounds = Rounds(self._catch_up)
        self.seats_kept = 0

    def standing(self) -> Standing:
        """How the seats stand, read after this call."""
        return self._rounds.result()

    def _catch_up(self) -> Standing:
        # A question that was not answered leaves the record as it was, and the next one asks for the same again.
        record = self._record
        reading = changed_since(self._show_id, record.horizon) if record else None
        # Should adding go wrong there is no record, so that nothing half done is built upon.
        self._record = None
        if record is None or reading is None or not record.add(reading):
            record = Record(self._show_id, all_that_stands(self._show_id))
        self._record = record
        self.seats_kept = len(record.standing.taken)
        return record.standing


class Shelf:
    """The followers of the shows of one database."""

    def __init__(self) -> None:
        self._followers: OrderedDict[int, Follower] = OrderedDict()
        self._lock = Lock()

    def of(self, show_id: int) -> Follower:
        """The follower of this show, from now on the last to be forgotten."""
        with self._lock:
            if show_id not in self._followers:
                self._followers[show_id] = Follower(show_id)
                self._forget_the_least_used()
            self._followers.move_to_end(show_id)
            return self._followers[show_id]

    def forget(self, show_id: int) -> None:
        """Keep nothing of this show."""
        with self._lock:
            self._followers.pop(show_id, None)

    def _forget_the_least_used(self) -> None:
        kept = sum(follower.seats_kept for follower in self._followers.values())
        while len(self._followers) > 1 and (kept > MOST_SEATS_KEPT or len(self._followers) > MOST_SHOWS_KEPT):
            _, forgotten = self._followers.popitem(last=False)
            kept -= forgotten.seats_kept


_shelves: WeakKeyDictionary[Engine, Shelf] = WeakKeyDictionary()
_lock = Lock()


def _shelf() -> Shelf:
    """The shelf of this database: another one's shows may have the same ids."""
    with _lock:
        return _shelves.setdefault(db.engine, Shelf())
