"""Somebody who watches."""

from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

from webapp.services.refusals import Refusal
from webapp.services.seat_maps.standing import Cursor

Told = TypeVar("Told")

# The part of programs, who hear of all seats as they stand, and of no map. No part of a hall is called like that.
PROGRAMS = "/programs"

# Unheard tellings after which a viewer is too slow; it comes back with its cursor, and misses nothing.
MOST_UNHEARD = 64


class Viewer(Generic[Told]):
    """Somebody who watches a part of a hall, or the whole, and has seen it as it was at `since`; or one of PROGRAMS.

    Its queue is all that a watcher and a stream have in common, so that neither waits for the other.
    """

    def __init__(self, part: str | None, since: Cursor | None) -> None:
        self.part = part
        self.since = since
        self._heard: SimpleQueue[Told | Refusal | None] = SimpleQueue()
        self._over = False

    def tell(self, telling: Told) -> None:
        """Have the viewer told this."""
        if self._heard.qsize() >= MOST_UNHEARD:
            self.end()
        if not self._over:
            self._heard.put(telling)

    def refuse(self, refusal: Refusal) -> None:
        """Have the viewer refused what it waits for."""
        self._heard.put(refusal)

    def end(self) -> None:
        """Let the viewer go once it has heard what it was told so far."""
        if not self._over:
            self._over = True
            self._heard.put(None)

    def hear(self, patience: float | None = None) -> Told | None:
        """The next telling, when it comes; None when there will be none, or none within `patience` seconds."""
        try:
            heard = self._heard.get(timeout=patience)
        except Empty:
            return None
        if isinstance(heard, Refusal):
            raise heard
        return heard
