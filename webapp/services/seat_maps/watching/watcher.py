"""One watcher per process and show: it looks several times a second, and tells everybody what has changed."""

import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import cache, partial
from time import monotonic
from typing import Any

from webapp.services.refusals import Busy, NotFound
from webapp.services.seat_maps.changes import news, no_news
from webapp.services.seat_maps.charting import chart_of
from webapp.services.seat_maps.standing import Standing, standing_of
from webapp.services.seat_maps.watching.audience import Audience
from webapp.services.seat_maps.watching.picture import Picture
from webapp.services.seat_maps.watching.telling import Telling, pulse
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
        self._audience = Audience()
        self._picture: Picture | None = None
        self._called = threading.Event()  # somebody is coming
        self._look_at = 0.0  # the time for the next look
        self._look_at_if_called = 0.0
        self._last_pulse = monotonic()

    def start(self) -> None:
        """Watch, in a thread of its own."""
        threading.Thread(target=self._watch, name=f"watcher of show {self._show_id}", daemon=True).start()

    def welcome(self, viewer: Viewer[Any]) -> None:
        """Tell the viewer what it missed, as soon as the show has been looked at once more, and then what changes."""
        self._audience.welcome(viewer)
        self._called.set()

    def farewell(self, viewer: Viewer[Any]) -> None:
        """Tell the viewer nothing more."""
        self._audience.farewell(viewer)

    def is_idle(self) -> bool:
        """Whether nobody has watched for a while."""
        return self._audience.is_gone()

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
        self._audience.end()

    def _seconds_to_look(self) -> float:
        return (self._look_at_if_called if self._audience.is_expected() else self._look_at) - monotonic()

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
            self._audience.refuse(gone)
        except Exception:
            log.exception("watching show %s failed and goes on", self._show_id)

    def _look(self) -> None:
        coming = self._audience.admit()
        try:
            picture = self._tell(standing_of(self._show_id))
        except BaseException:
            self._audience.put_back(coming)
            raise
        for viewer in coming:
            if viewer.part == PROGRAMS:
                self._audience.listen(viewer, PROGRAMS)
                viewer.tell(no_news(picture.standing))
                continue
            channel = picture.channel(viewer.part)
            if channel is None and not picture.is_news_to(viewer.since):
                viewer.refuse(NotFound("There is no such part of the hall."))
                continue
            viewer.tell(picture.told_since(viewer.since, channel))
            if channel is not None:
                self._audience.listen(viewer, channel)

    def _tell(self, standing: Standing) -> Picture:
        """Tell all viewers but those just coming what is otherwise than before; how it is now."""
        before = self._picture
        if before is None or standing.plan_version > before.chart.version:
            picture = Picture.of(chart_of(self._show_id, standing.plan_version), standing)
            told: Mapping[str, Telling] = {}
        else:
            picture, told = before.followed_by(standing)
        to_programs = before and news(before.standing, standing, picture.chart)
        self._picture = picture
        if before is None or picture.chart is not before.chart:
            self._redirect(picture)
        for channel, telling in told.items():
            for viewer in self._audience.listening(channel):
                viewer.tell(telling)
        for viewer in self._audience.listening(PROGRAMS) if to_programs else ():
            viewer.tell(to_programs)
        if before and before.standing.times.published_at and not standing.times.published_at:
            self._audience.dismiss()  # whoever may still see it comes back
        return picture

    def _redirect(self, picture: Picture) -> None:
        """Tell everybody that the plan has changed, and from now on of what has taken the place of their part."""
        plan_changed = picture.plan_changed()
        everything = cache(partial(picture.told_since, None))  # written once for all who hear the same
        for viewer in self._audience.redirect(picture.channel):
            viewer.tell(plan_changed)
            if (channel := picture.channel(viewer.part)) is not None:
                viewer.tell(everything(channel))

    def _pulse(self) -> None:
        if self._picture is None or monotonic() - self._last_pulse < PULSE_SECONDS:
            return
        self._last_pulse = monotonic()
        standing = self._picture.standing
        telling, to_programs = pulse(standing.cursor), no_news(standing)
        for viewer, until in self._audience.there():
            viewer.tell(to_programs if viewer.part == PROGRAMS else telling)
            if monotonic() > until:
                viewer.end()
