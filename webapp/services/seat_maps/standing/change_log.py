"""Which seats changed when, as far back as a record goes: what somebody who was away has missed."""

from collections.abc import Iterable
from datetime import datetime
from threading import Lock
from typing import NamedTuple

from webapp.services.seat_maps.standing.cursor import Cursor


class Entry(NamedTuple):
    """The reading that last brought news of a seat: its number among those of its record, horizon and time."""

    position: int
    horizon: int
    now: datetime


class ChangeLog:
    """For each seat that ever changed, the last reading that brought news of it; so it never outgrows the hall."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._entries: dict[int, Entry] = {}  # in the order of their readings
        self._begin: Cursor | None = None

    def begin(self, cursor: Cursor) -> None:
        """From here on nothing is missing."""
        self._begin = self._begin or cursor

    def add(self, seat_ids: Iterable[int], entry: Entry) -> None:
        """Note that this reading brought news of these seats."""
        with self._lock:
            for seat_id in seat_ids:
                self._entries.pop(seat_id, None)
                self._entries[seat_id] = entry

    def since_position(self, position: int) -> list[int]:
        """The seats of which later readings brought news."""
        with self._lock:
            found = []
            for seat_id, entry in reversed(self._entries.items()):
                if entry.position <= position:
                    break
                found.append(seat_id)
            return found

    def since(self, cursor: Cursor) -> list[int] | None:
        """The seats that may have changed since; None when the log does not reach back so far, or is of another count.

        A reading with a lower horizon was made earlier than the cursor's, which therefore saw all that it saw; of the
        others some seats are told again. Holds that lapse change no row: for them the time decides.
        """
        if self._begin is None or cursor.cluster != self._begin.cluster or cursor.horizon < self._begin.horizon:
            return None
        with self._lock:
            found = []
            for seat_id, entry in reversed(self._entries.items()):
                if entry.horizon < cursor.horizon and entry.now <= cursor.now:
                    break
                found.append(seat_id)
            return found
