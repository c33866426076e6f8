"""Several verbs as one transaction: what each commits is a savepoint until the whole is committed."""

from collections.abc import Mapping
from contextvars import ContextVar
from threading import BoundedSemaphore, Lock
from types import TracebackType
from typing import Any, Self, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, CursorResult, Engine, Executable, NestedTransaction, QueuePool

from webapp.services.database.refusing import busy
from webapp.services.database.waiting import connect, queue_of

_current: ContextVar[Connection | None] = ContextVar("whole", default=None)
# How many more each pool has a connection for.
_rooms: WeakKeyDictionary[Engine, BoundedSemaphore] = WeakKeyDictionary()
_lock = Lock()


def connect_for_whole(engine: Engine) -> Connection:
    """A connection for a whole, to be given back by `disconnect`. Raises `Busy` where there are too many at once.

    Each may need a second one for a moment (`autocommitted_apart`), so one of the pool is left to go round.
    """
    room, pool = _room(engine), cast(QueuePool, engine.pool)
    with queue_of(engine).place():
        is_there_room = room.acquire(timeout=pool.timeout())
    if not is_there_room:
        raise busy()
    try:
        return connect_for_transaction(engine)
    except BaseException:
        room.release()
        raise


def connect_for_transaction(engine: Engine) -> Connection:
    """A connection on which statements are one transaction: on those of the pool, each is by default its own."""
    return connect(engine).execution_options(isolation_level="READ COMMITTED")


def disconnect(connection: Connection) -> None:
    """Give back the connection of a whole, and undo what is not committed."""
    try:
        connection.close()
    finally:
        _room(connection.engine).release()


def _room(engine: Engine) -> BoundedSemaphore:
    with _lock:
        if engine not in _rooms:
            _rooms[engine] = BoundedSemaphore(max(1, cast(QueuePool, engine.pool).size() - 1))
        return _rooms[engine]


def begin_whole(connection: Connection) -> None:
    """Have all that services do from here on, in this request, be parts of the connection's transaction."""
    _current.set(connection)


def end_whole() -> None:
    """Have services do again each for itself; what was not committed by now is the caller's to roll back."""
    _current.set(None)


def part_of_whole(*, each: bool) -> "Part | None":
    """A part of the whole that is under way, if there is one; `each` of its statements counts by itself, or all when it
    commits."""
    whole = _current.get()
    return None if whole is None else Part(whole, each=each)


class Part:
    """Stands for a connection to those who do a part of a whole: its commit keeps the part, for the whole to commit."""

    def __init__(self, whole: Connection, *, each: bool) -> None:
        self._whole = whole
        self._each = each
        self._savepoint: NestedTransaction | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._roll_back()

    def execute(self, statement: Executable, parameters: Mapping[str, Any] | None = None) -> CursorResult[Any]:
        """Run one statement; where each counts by itself, it is kept at once."""
        if self._savepoint is None:
            self._savepoint = self._whole.begin_nested()
        try:
            result = self._whole.execute(statement, parameters)
        except BaseException:
            self._roll_back()
            raise
        if self._each:
            self.commit()
        return result

    def scalar(self, statement: Executable, parameters: Mapping[str, Any] | None = None) -> Any:
        """The first column of the first row that the statement gives."""
        return self.execute(statement, parameters).scalar()

    def commit(self) -> None:
        """Keep what was done since the last time."""
        if self._savepoint is not None:
            self._savepoint.commit()
            self._savepoint = None

    def _roll_back(self) -> None:
        savepoint, self._savepoint = self._savepoint, None
        if savepoint is not None:
            savepoint.rollback()
