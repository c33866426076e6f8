"""The watchers of a process, and how one comes to watch."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from threading import Lock
from typing import Generic
from weakref import WeakKeyDictionary

from webapp.extensions import db
from webapp.services.refusals import Busy
from webapp.services.seat_maps.changes import News
from webapp.services.seat_maps.standing import Cursor
from webapp.services.seat_maps.watching.telling import Telling
from webapp.services.seat_maps.watching.viewer import PROGRAMS, Told, Viewer
from webapp.services.seat_maps.watching.watcher import Watcher, Within

# Per process; of gunicorn's 2,000 connections the others stay free for requests. What streams leave of the places is
# for those who only ask once, which lasts a moment: with all streams taken a page still learns what happens.
MOST_VIEWERS = 1_500
MOST_STREAMS = 1_300
# A household, a school or a box office, but nobody who opens streams to take everybody else's places.
MOST_STREAMS_OF_NETWORK = 100
RETRY_AFTER_SECONDS = 10


class Watching(Generic[Told]):
    """Somebody's watching, from the first telling to the day they leave."""

    def __init__(self, viewer: Viewer[Told], leave: Callable[[], None]) -> None:
        self._viewer = viewer
        self._leave = leave
        self._has_left = False

    def hear(self, patience: float | None = None) -> Told | None:
        """The next telling, when it comes; None when there will be none, or none within `patience` seconds."""
        return self._viewer.hear(patience)

    def leave(self) -> None:
        """Watch no longer."""
        if not self._has_left:
            self._has_left = True
            self._leave()


class Registry:
    """The watchers of the shows of one database."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._watchers: dict[int, Watcher] = {}
        self._viewers = 0
        self._streams: Counter[str] = Counter()  # by network

    def watch(self, show_id: int, viewer: Viewer[Told], network: str | None, within: Within) -> Watching[Told]:
        """Begin to watch; raises `Busy` when too many do, or this process is about to end."""
        with self._lock:
            if _is_ending():
                raise Busy("The site is being started anew.", retry_after=1)
            self._refuse_beyond_the_limits(network)
            watcher = self._watchers.get(show_id)
            if watcher is None:
                watcher = Watcher(show_id, within=within, wanted=self._wanted, watchers=lambda: len(self._watchers))
                # It may be that no thread can be had: then there is no watcher, and nobody has come.
                watcher.start()
                self._watchers[show_id] = watcher
            watcher.welcome(viewer)
            self._count(network, 1)
        return Watching(viewer, partial(self._leave, watcher, viewer, network))

    def open_streams(self) -> int:
        """How many streams there are."""
        with self._lock:
            return self._streams.total()

    def _refuse_beyond_the_limits(self, network: str | None) -> None:
        streams = self._streams.total()
        if self._viewers >= MOST_VIEWERS or (network is not None and streams >= MOST_STREAMS):
            raise Busy("Too many are watching just now.", retry_after=RETRY_AFTER_SECONDS)
        if network is not None and self._streams[network] >= MOST_STREAMS_OF_NETWORK:
            raise Busy("Too many are watching from your network just now.", retry_after=RETRY_AFTER_SECONDS)

    def _count(self, network: str | None, change: int) -> None:
        self._viewers += change
        if network is not None:
            self._streams[network] += change
            if not self._streams[network]:
                del self._streams[network]

    def _leave(self, watcher: Watcher, viewer: Viewer[Told], network: str | None) -> None:
        watcher.farewell(viewer)
        with self._lock:
            self._count(network, -1)

    def _wanted(self, watcher: Watcher) -> bool:
        """Whether the watcher goes on; if not, whoever comes next gets another one."""
        with self._lock:
            if not _is_ending() and not watcher.is_idle():
                return True
            self._watchers = {show_id: kept for show_id, kept in self._watchers.items() if kept is not watcher}
            return False


_registries: WeakKeyDictionary[object, Registry] = WeakKeyDictionary()  # by database
_lock = Lock()
_is_ending: Callable[[], bool] = bool


def watch(
    show_id: int, *, part: str | None, since: Cursor | None, within: Within, network: str | None = None
) -> Watching[Telling]:
    """Begin to watch a part of the show's hall, or all of it, having seen it as it was at `since`, or not at all.

    `network` is where a stream goes to; who only asks once has none. `within` makes the context in which services may
    be called from a thread. The first telling is what was missed; it may raise `NotFound`. Raises `Busy` when too many
    watch, or too many from this network.
    """
    return _registry().watch(show_id, Viewer[Telling](part, since), network, within)


def follow(show_id: int, *, within: Within, network: str | None) -> Watching[News]:
    """Begin to follow, as a program does, what changes among all seats of the show; otherwise as `watch`.

    The first news is that there is none, and all that is read after it, and whatever is told from then on, leaves
    no gap.
    """
    return _registry().watch(show_id, Viewer[News](PROGRAMS, None), network, within)


def open_streams() -> int:
    """How many streams this process has open for this database."""
    return _registry().open_streams()


def _registry() -> Registry:
    """The registry of this database."""
    with _lock:
        return _registries.setdefault(db.engine, Registry())


def end_when(is_ending: Callable[[], bool]) -> None:
    """Let all viewers go, and welcome none, from when `is_ending` says so."""
    global _is_ending
    _is_ending = is_ending
