"""A show as its viewers have been told that it is: its chart, how the seats stand, and what is free."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Literal

from webapp.services.refusals import CLOSED
from webapp.services.seat_maps.chart import Chart
from webapp.services.seat_maps.standing import Cursor, Standing, Taken
from webapp.services.seat_maps.watching.telling import Event, Telling, pulse

Word = Literal["available", "held", "sold"]
Free = Mapping[int, int]  # free seats by category
# A cancellation is seen some time after it says it was: when it is committed.
SEEN_WITHIN = timedelta(minutes=1)
# Seats can be had from now on.
OPENED = Event("opened", {})


def word(taken: Taken | None) -> Word:
    """How everybody sees a seat."""
    return "available" if taken is None else "held" if taken.status == "HELD" else "sold"


def _seen(taken: Taken | None) -> tuple[Word, int | None]:
    """How everybody sees a seat, and a mark by which the one whose it was sees that it is no longer."""
    return word(taken), taken.reservation_id if taken else None


@dataclass(frozen=True)
class Picture:
    """A show at one moment; `free` counts by part and category."""

    chart: Chart
    standing: Standing
    free: Mapping[str, Free]

    @classmethod
    def of(cls, chart: Chart, standing: Standing) -> "Picture":
        """The picture, counted from the start."""
        free: dict[str, Counter[int]] = {slug: Counter() for slug in chart.parts}
        for seat in chart.seats.values():
            free[chart.part_of_seat[seat.id]][seat.category.id] += seat.id not in standing.taken
        return cls(chart, standing, free)

    def followed_by(self, standing: Standing) -> "tuple[Picture, Mapping[str, Telling]]":
        """The next picture of the same chart, and what is told by part of the hall ("" is the overview)."""
        differing = self._differing(standing)
        closes = standing.closed is not None and self.standing.closed is None
        opens = standing.closed is None and self.standing.closed is not None
        if not differing and not closes and not opens:
            return Picture(self.chart, standing, self.free), {}
        free = {**self.free, **{slug: Counter(self.free[slug]) for slug in differing}}
        for slug, seat_ids in differing.items():
            for seat_id in seat_ids:
                was, now = (seat_id in one.taken for one in (self.standing, standing))
                free[slug][self.chart.seats[seat_id].category.id] += was - now  # type: ignore[index]
        after = Picture(self.chart, standing, free)
        events = {slug: [after._seats(slug, seat_ids, self.standing)] for slug, seat_ids in differing.items()}
        if self.chart.is_divided and differing:
            events[""] = [after._parts(differing)]
        if closes or opens:
            told = after._closed() if closes else OPENED
            events = {channel: [*events.get(channel, ()), told] for channel in ("", *self.chart.parts)}
        return after, {channel: after._telling(*told) for channel, told in events.items()}

    def channel(self, part: str | None) -> str | None:
        """Under which name it is told what happens in this part, or in all the hall; None if there is no such part."""
        if part is None and not self.chart.is_divided:
            return next(iter(self.chart.parts), "")
        return part or "" if part is None or part in self.chart.parts else None

    def is_news_to(self, cursor: Cursor | None) -> bool:
        """Whether the plan has changed since."""
        return cursor is not None and cursor.plan_version != self.chart.version

    def told_since(self, cursor: Cursor | None, channel: str | None) -> Telling:
        """What somebody has missed who saw the show as it was at `cursor`."""
        events = []
        if self.is_news_to(cursor):
            events.append(Event("plan", {"version": self.chart.version}))
        missed = self._missed_since(cursor)
        if channel is None:
            pass
        elif missed is None:
            events.append(self._everything[channel])
        elif channel:
            of_part = [seat_id for seat_id in missed if self.chart.part_of_seat.get(seat_id) == channel]
            events.extend([self._seats(channel, of_part)] if of_part else [])
        else:
            parts = {self.chart.part_of_seat[seat_id] for seat_id in missed if seat_id in self.chart.part_of_seat}
            events.extend([self._parts(parts)] if parts else [])
        if self.standing.closed and (missed is None or self._may_have_closed_since(cursor)):
            events.append(self._closed())
        if not self.standing.closed and self._has_opened_since(cursor):
            events.append(OPENED)
        return self._telling(*events) if events else pulse(self.standing.cursor)

    def plan_changed(self) -> Telling:
        """That there is a new chart."""
        return self._telling(Event("plan", {"version": self.chart.version}))

    def _may_have_closed_since(self, cursor: Cursor | None) -> bool:
        assert self.standing.closed
        closed_at = self.standing.times.closed_at(self.standing.closed)
        return cursor is None or (closed_at is not None and cursor.now < closed_at + SEEN_WITHIN)

    def _has_opened_since(self, cursor: Cursor | None) -> bool:
        opened_at = self.standing.times.opened_at()
        return cursor is not None and opened_at is not None and cursor.now < opened_at

    def _missed_since(self, cursor: Cursor | None) -> Sequence[int] | None:
        """The seats that may differ since; None where only everything will do, as for a cursor that is not ours."""
        now = self.standing.read_to
        if cursor is None or cursor.horizon > now.horizon or cursor.now > now.now:
            return None
        return self.standing.log.since(cursor)

    @cached_property
    def _everything(self) -> Mapping[str, Event]:
        """For each channel, all that is not available; made once for all who must start over."""
        seats: dict[str, list[int]] = {slug: [] for slug in self.chart.parts}
        for seat_id in self.standing.taken:
            if slug := self.chart.part_of_seat.get(seat_id):
                seats[slug].append(seat_id)
        told = {slug: self._seats(slug, seat_ids) for slug, seat_ids in seats.items()}
        everything = {slug: Event("seats", {"all": True, **event.data}) for slug, event in told.items()}
        return {**everything, "": self._parts(self.chart.parts)}

    def _differing(self, standing: Standing) -> Mapping[str, list[int]]:
        """The seats that somebody sees otherwise than before, by part: one may have been theirs, and be another's."""
        before = self.standing
        candidates: Iterable[int] = (
            standing.log.since_position(before.position)
            if standing.log is before.log
            else before.taken.keys() | standing.taken.keys()  # the record was begun anew
        )
        differing: dict[str, list[int]] = defaultdict(list)
        for seat_id in candidates:
            slug = self.chart.part_of_seat.get(seat_id)
            if slug and _seen(before.taken.get(seat_id)) != _seen(standing.taken.get(seat_id)):
                differing[slug].append(seat_id)
        return differing

    def _telling(self, *events: Event) -> Telling:
        return Telling(self.standing.cursor, events)

    def _seats(self, slug: str, seat_ids: Iterable[int], before: Standing | None = None) -> Event:
        by_word: dict[str, list[int]] = {"available": [], "held": [], "sold": []}
        again = []
        for seat_id in seat_ids:
            said = word(self.standing.taken.get(seat_id))
            by_word[said].append(seat_id)
            if before and word(before.taken.get(seat_id)) == said:
                again.append(seat_id)
        data: dict[str, object] = {"free": self.free[slug], **by_word}
        if self.chart.is_divided:
            data["parts"] = {slug: sum(self.free[slug].values())}
        if again:
            data["again"] = again
        return Event("seats", data)

    def _closed(self) -> Event:
        assert self.standing.closed
        return Event("closed", {"because": CLOSED[self.standing.closed]})

    def _parts(self, slugs: Iterable[str]) -> Event:
        of_categories: Counter[int] = Counter()
        for free in self.free.values():
            of_categories.update(free)
        return Event("parts", {"parts": {slug: sum(self.free[slug].values()) for slug in slugs}, "free": of_categories})
