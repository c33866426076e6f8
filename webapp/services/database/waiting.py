"""Who waits for a connection: no more than can be served soon; the others are sent away at once, to come again.

A queue that only grows serves nobody: all of it waits until the time to wait is over, and is sent away then.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import cast
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, QueuePool
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from webapp.services.database.refusing import busy


class Queue:
    """Those of one process who wait for a connection to one database, `most` at a time."""

    def __init__(self, most: int) -> None:
        self._lock = Lock()
        self.most = most
        self.waiting = 0

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place in the queue while the block lasts; raises `Busy` where there is none."""
        with self._lock:
            if self.waiting >= self.most:
                raise busy()
            self.waiting += 1
        try:
            yield
        finally:
            with self._lock:
                self.waiting -= 1


_queues: WeakKeyDictionary[Engine, Queue] = WeakKeyDictionary()


def queue_before(engine: Engine, most: int) -> None:
    """Let so many wait for a connection of this engine at a time."""
    _queues[engine] = Queue(most)


def queue_of(engine: Engine) -> Queue:
    """The queue before the connections of this engine."""
    return _queues[engine]


def use_of(engine: Engine) -> tuple[int, int, int]:
    """How many connections are in use, how many are idle, and how many there may be."""
    pool = cast(QueuePool, engine.pool)
    return pool.checkedout(), pool.checkedin(), pool.size()


def connect(engine: Engine) -> Connection:
    """A connection, as soon as one is free; raises `Busy` where too many wait, or one has waited too long."""
    with queue_of(engine).place():
        return connect_ahead(engine)


def connect_ahead(engine: Engine) -> Connection:
    """A connection, however many wait for one; raises `Busy` where one has waited too long."""
    try:
        return engine.connect()
    except NoConnectionFree:
        raise busy() from None
