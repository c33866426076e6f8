"""Where the requests of this process that leave the choice to us are served: a few of a show at a time, in turn.

It only saves them from meeting in the database, which alone decides. Without turns, what each had chosen would long be
taken by the time it came to take it.
"""

from collections import Counter, deque
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from webapp.extensions import db
from webapp.services.database.refusing import busy

# How many are served at a time, and how many seconds one waits for that.
AT_A_TIME = 3
LONGEST_WAIT = 15


class Desk:
    """The desk of one show, and the seats that those who are being served try to take."""

    def __init__(self) -> None:
        self.visitors = 0
        self._served = 0
        self._queue: deque[Event] = deque()
        self._tried: Counter[int] = Counter()
        self._lock = Lock()

    def wait(self) -> None:
        """Return when it is one's turn, first come first served; raises `Busy` when that takes too long."""
        with self._lock:
            if self._served < AT_A_TIME:
                self._served += 1
                return
            turn = Event()
            self._queue.append(turn)
        if turn.wait(LONGEST_WAIT):
            return
        with self._lock:
            came_after_all = turn not in self._queue
            if not came_after_all:
                self._queue.remove(turn)
        if came_after_all:
            self.go()
        raise busy()

    def go(self) -> None:
        """Give one's turn to whoever has waited longest. (A semaphore gives it to whoever asks, often oneself.)"""
        with self._lock:
            if self._queue:
                self._queue.popleft().set()
            else:
                self._served -= 1

    @property
    def tried(self) -> Collection[int]:
        """The ids of the seats that others are trying to take."""
        with self._lock:
            return list(self._tried)

    @contextmanager
    def trying(self, seat_ids: Sequence[int]) -> Iterator[None]:
        """Tell the others meanwhile that these seats are being tried."""
        with self._lock:
            self._tried.update(seat_ids)
        try:
            yield
        finally:
            with self._lock:
                self._tried.subtract(seat_ids)
                self._tried += Counter()  # keeps what is above zero


_desks: WeakKeyDictionary[Engine, dict[int, Desk]] = WeakKeyDictionary()
_lock = Lock()


@contextmanager
def at_the_desk(show_id: int) -> Iterator[Desk]:
    """One's turn at the desk of the show; raises `Busy` when it does not come."""
    with _lock:
        desks = _desks.setdefault(db.engine, {})
        desk = desks.setdefault(show_id, Desk())
        desk.visitors += 1
    try:
        desk.wait()
        try:
            yield desk
        finally:
            desk.go()
    finally:
        with _lock:
            desk.visitors -= 1
            if not desk.visitors:
                del desks[show_id]
