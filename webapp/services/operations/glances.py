"""What a process looks at for everybody who asks: so often and no more, however many ask."""

from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from webapp.extensions import db

Seen = TypeVar("Seen")


class Glance(Generic[Seen]):
    """A look at the database that is good for some seconds; those who ask meanwhile wait for the one that looks."""

    def __init__(self, look: Callable[[], Seen], *, seconds: float) -> None:
        self._look = look
        self._seconds = seconds
        self._lock = Lock()
        self._seen: WeakKeyDictionary[object, tuple[float, Seen]] = WeakKeyDictionary()  # by database

    def seen(self) -> Seen:
        """What was seen, by now or within the seconds before."""
        with self._lock:
            at, seen = self._seen.get(db.engine, (0.0, None))
            if seen is None or monotonic() - at > self._seconds:
                seen = self._look()
                self._seen[db.engine] = monotonic(), seen
            return seen
