"""The viewers of one show: who is coming, who is there and until when, and who hears what."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from random import uniform
from threading import Lock
from time import monotonic
from typing import Any

from webapp.services.refusals import NotFound
from webapp.services.seat_maps.watching.viewer import PROGRAMS, Viewer

# How long a watcher stays without viewers: those who poll come every few seconds.
LINGER_SECONDS = 5
# A stream ends by itself now and then, so that none outlives its reader, nor a deployment, for long.
VIEWING_SECONDS = 600.0

SomeViewer = Viewer[Any]


class Audience:
    """Viewers come and go in threads of their own, while one watcher tells them what happens."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._coming: list[SomeViewer] = []
        self._there: dict[SomeViewer, float] = {}  # and when their time is over
        self._channels: dict[str, set[SomeViewer]] = {}
        self._last_seen = monotonic()

    def welcome(self, viewer: SomeViewer) -> None:
        """Somebody is coming."""
        with self._lock:
            self._coming.append(viewer)

    def farewell(self, viewer: SomeViewer) -> None:
        """Somebody has left."""
        with self._lock:
            if viewer in self._coming:
                self._coming.remove(viewer)
            self._there.pop(viewer, None)
            for viewers in self._channels.values():
                viewers.discard(viewer)

    def is_expected(self) -> bool:
        """Whether anybody is coming."""
        with self._lock:
            return bool(self._coming)

    def is_gone(self) -> bool:
        """Whether nobody has been there for a while."""
        with self._lock:
            if self._coming or self._there:
                self._last_seen = monotonic()
            return monotonic() - self._last_seen > LINGER_SECONDS

    def admit(self) -> Sequence[SomeViewer]:
        """Those who were coming; from now on they are there."""
        with self._lock:
            coming, self._coming = self._coming, []
            for viewer in coming:
                # Not all at once, though all may have come at once.
                self._there[viewer] = monotonic() + uniform(0.9, 1.1) * VIEWING_SECONDS  # noqa: S311 -- no secret
        return coming

    def put_back(self, admitted: Sequence[SomeViewer]) -> None:
        """Let these be coming still, unless they have left."""
        with self._lock:
            self._coming[:0] = [viewer for viewer in admitted if self._there.pop(viewer, None)]

    def listen(self, viewer: SomeViewer, channel: str) -> None:
        """Let the viewer hear from now on what is told there, unless they have left."""
        with self._lock:
            if viewer in self._there:
                self._channels.setdefault(channel, set()).add(viewer)

    def listening(self, channel: str) -> Sequence[SomeViewer]:
        """Who hears what is told there."""
        with self._lock:
            return list(self._channels.get(channel, ()))

    def redirect(self, channel_of: Callable[[str | None], str | None]) -> Sequence[SomeViewer]:
        """Let those who watch a part hear from now on what is told in another channel, or in none; who they are.

        Programs watch no part.
        """
        with self._lock:
            programs = self._channels.pop(PROGRAMS, set())
            listening = [viewer for viewers in self._channels.values() for viewer in viewers]
            channels: dict[str, set[SomeViewer]] = defaultdict(set)
            for viewer in listening:
                if (channel := channel_of(viewer.part)) is not None:
                    channels[channel].add(viewer)
            self._channels = {**channels, PROGRAMS: programs}
        return listening

    def there(self) -> Sequence[tuple[SomeViewer, float]]:
        """Who is there, and when their time is over."""
        with self._lock:
            return list(self._there.items())

    def dismiss(self) -> None:
        """Let all go who are there; those who are coming are none of them."""
        for viewer, _ in self.there():
            viewer.end()

    def end(self) -> None:
        """Let everybody go."""
        with self._lock:
            for viewer in [*self._coming, *self._there]:
                viewer.end()

    def refuse(self, refusal: NotFound) -> None:
        """Refuse those who come, and let those go who have heard something already."""
        with self._lock:
            coming, there = self._coming, self._there
            self._coming, self._there, self._channels = [], {}, {}
            self._last_seen = 0.0
        for viewer in coming:
            viewer.refuse(refusal)
        for viewer in there:
            viewer.end()
