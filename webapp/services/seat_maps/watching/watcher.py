"""One watcher per process and show: it looks several times a second, and tells everybody what has changed."""

import logging
import threading
from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager
from random import uniform
from time import monotonic
from typing import Any

from webapp.services.refusals import Busy, NotFound
from webapp.services.seat_maps.changes import news, no_news
from webapp.services.seat_maps.charting import chart_of
from webapp.services.seat_maps.standing import Standing, standing_of
from webapp.services.seat_maps.watching.picture import Picture
from webapp.services.seat_maps.watching.telling import pulse
from webapp.services.seat_maps.watching.viewer import PROGRAMS, Viewer

# From one look to the next; with more than 25 shows watched in a process each look comes later, so that all of them
# together ask the database some 60 times a second and no more.
PAUSE_SECONDS = 0.4
SECONDS_A_LOOK = 0.016
# Where hardly anything can happen: the show sells no more, or has no seats yet.
QUIET_PAUSE_SECONDS = 5.0
# No longer than this until a watcher sees whether it is still wanted, and whether it is time for a pulse.
TICK_SECONDS = 1.0
PULSE_SECONDS = 15
# How long a watcher stays without viewers: those who poll come every few seconds.
LINGER_SECONDS = 5

# A stream ends by itself now and then, so that none outlives its reader, nor a deployment, for long.
VIEWING_SECONDS = 600.0

Within = Callable[[], AbstractContextManager[object]]

log = logging.getLogger(__name__)


class Watcher:
    """Watches one show as long as it is `wanted`, for viewers who come and go."""

    def __init__(
        self,
        show_id: int,
        *,
        within: Within,
        wanted: "Callable[[Watcher], bool]",
        watchers: Callable[[], int],
    ) -> None:
        self._show_id = show_id
        self._within = within
        self._wanted = wanted
        self._watchers = watchers  # how many there are in this process
        self._lock = threading.Lock()
        self._coming: list[Viewer[Any]] = []
        self._viewers: dict[Viewer[Any], float] = {}  # and when their time is over
        self._channels: dict[str, set[Viewer[Any]]] = {}
        self._picture: Picture | None = None
        self._called = threading.Event()  # somebody is coming
        self._look_at = 0.0  # the time for the next look
        self._look_at_if_called = 0.0
        self._last_pulse = monotonic()
        self._last_seen = monotonic()

    def start(self) -> None:
        """Watch, in a thread of its own."""
        threading.Thread(target=self._watch, name=f"watcher of show {self._show_id}", daemon=True).start()

    def welcome(self, viewer: Viewer[Any]) -> None:
        """Tell the viewer what it missed, as soon as the show has been looked at once more, and then what changes."""
        with self._lock:
            self._coming.append(viewer)
        self._called.set()

    def farewell(self, viewer: Viewer[Any]) -> None:
        """Tell the viewer nothing more."""
        with self._lock:
            if viewer in self._coming:
                self._coming.remove(viewer)
            self._viewers.pop(viewer, None)
            for viewers in self._channels.values():
                viewers.discard(viewer)

    def is_idle(self) -> bool:
        """Whether nobody has watched for a while."""
        with self._lock:
            if self._coming or self._viewers:
                self._last_seen = monotonic()
            return monotonic() - self._last_seen > LINGER_SECONDS

    def end(self) -> None:
        """Let everybody go."""
        with self._lock:
            for viewer in [*self._coming, *self._viewers]:
                viewer.end()

    def _watch(self) -> None:
        while self._wanted(self):
            self._called.clear()
            if self._seconds_to_look() <= 0:
                begun = monotonic()
                self._look_whatever_happens()
                self._look_at_if_called = max(begun + PAUSE_SECONDS, monotonic() + 0.05)
                self._look_at = max(begun + self._pause(), self._look_at_if_called)
            self._pulse()
            self._called.wait(min(TICK_SECONDS, self._seconds_to_look()))
        self.end()

    def _seconds_to_look(self) -> float:
        with self._lock:
            is_called = bool(self._coming)
        return (self._look_at_if_called if is_called else self._look_at) - monotonic()

    def _pause(self) -> float:
        """From the beginning of one look to that of the next, unless somebody comes."""
        picture = self._picture
        is_quiet = picture is not None and (picture.standing.closed is not None or not picture.chart.seats)
        return max(QUIET_PAUSE_SECONDS if is_quiet else PAUSE_SECONDS, self._watchers() * SECONDS_A_LOOK)

    def _look_whatever_happens(self) -> None:
        try:
            with self._within():
                self._look()
        except Busy:
            pass  # the next look tells what this one would have
        except NotFound as gone:
            self._refuse_all(gone)
        except Exception:
            log.exception("watching show %s failed and goes on", self._show_id)

    def _look(self) -> None:
        with self._lock:
            coming, self._coming = self._coming, []
            for viewer in coming:
                # Not all at once, though all may have come at once.
                self._viewers[viewer] = monotonic() + uniform(0.9, 1.1) * VIEWING_SECONDS  # noqa: S311 -- no secret
        try:
            self._tell(standing_of(self._show_id))
        except BaseException:
            with self._lock:
                self._coming[:0] = [viewer for viewer in coming if self._viewers.pop(viewer, None)]
            raise
        assert self._picture
        for viewer in coming:
            if viewer.part == PROGRAMS:
                self._hears_from_now_on(viewer, PROGRAMS)
                viewer.tell(no_news(self._picture.standing))
                continue
            channel = self._picture.channel(viewer.part)
            if channel is None and not self._picture.is_news_to(viewer.since):
                viewer.refuse(NotFound("There is no such part of the hall."))
                continue
            viewer.tell(self._picture.told_since(viewer.since, channel))
            if channel is not None:
                self._hears_from_now_on(viewer, channel)

    def _hears_from_now_on(self, viewer: Viewer[Any], channel: str) -> None:
        with self._lock:
            if viewer in self._viewers:
                self._channels.setdefault(channel, set()).add(viewer)

    def _tell(self, standing: Standing) -> None:
        """Tell all viewers but those just coming what is otherwise than before."""
        before = self._picture
        if before is None or standing.plan_version > before.chart.version:
            self._picture = Picture.of(chart_of(self._show_id, standing.plan_version), standing)
            self._redirect(self._picture)
        else:
            self._picture, told = before.followed_by(standing)
            for channel, telling in told.items():
                for viewer in self._listening(channel):
                    viewer.tell(telling)
        if before and (programs := self._listening(PROGRAMS)):
            told_programs = news(before.standing, standing, self._picture.chart)
            for viewer in programs if told_programs else ():
                viewer.tell(told_programs)
        if before and before.standing.times.published_at and not standing.times.published_at:
            self._let_go()  # whoever may still see it comes back

    def _let_go(self) -> None:
        with self._lock:
            for viewer in self._viewers:
                viewer.end()

    def _redirect(self, picture: Picture) -> None:
        """Tell everybody that the plan has changed, and from now on of what has taken the place of their part."""
        with self._lock:
            programs = self._channels.pop(PROGRAMS, set())
            listening = [viewer for viewers in self._channels.values() for viewer in viewers]
            channels: dict[str, set[Viewer[Any]]] = defaultdict(set)
            for viewer in listening:
                if (channel := picture.channel(viewer.part)) is not None:
                    channels[channel].add(viewer)
            self._channels = {**channels, PROGRAMS: programs}
        for viewer in listening:
            viewer.tell(picture.plan_changed())
        for channel, viewers in channels.items():
            everything = picture.told_since(None, channel)
            for viewer in viewers:
                viewer.tell(everything)

    def _listening(self, channel: str) -> list[Viewer[Any]]:
        with self._lock:
            return list(self._channels.get(channel, ()))

    def _pulse(self) -> None:
        if self._picture is None or monotonic() - self._last_pulse < PULSE_SECONDS:
            return
        self._last_pulse = monotonic()
        standing = self._picture.standing
        telling, to_programs = pulse(standing.cursor), no_news(standing)
        with self._lock:
            viewers = list(self._viewers.items())
        for viewer, until in viewers:
            viewer.tell(to_programs if viewer.part == PROGRAMS else telling)
            if monotonic() > until:
                viewer.end()

    def _refuse_all(self, refusal: NotFound) -> None:
        """Refuse those who come, and let those go who have heard something already."""
        with self._lock:
            coming, viewers = self._coming, self._viewers
            self._coming, self._viewers, self._channels = [], {}, {}
            self._last_seen = 0.0
        for viewer in coming:
            viewer.refuse(refusal)
        for viewer in viewers:
            viewer.end()
