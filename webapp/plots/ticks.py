"""Ticks: round numbers, and round times on the clocks and calendars of a place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, floor, log10
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis with its words; `at` in percent of the axis. A `fine` one is left out where room is short."""

    at: float
    words: str
    fine: bool = False


def round_step(span: float, most: int) -> float:
    """The smallest step of 1, 2 or 5 times a power of ten that parts `span` into at most so many."""
    least = span / most
    power = 10.0 ** floor(log10(least))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= least * (1 - 1e-9))


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis from 0 to `end`, where its last tick is."""

    end: float
    ticks: Sequence[Tick]


def number_axis(highest: float, write: Callable[[float], str], *, most: int = 4, whole: bool = True) -> Axis:
    """The axis of round numbers on which `highest` has room; `whole` numbers have no steps below 1."""
    step = round_step(max(highest, 1e-9), most)
    if whole:
        step = max(step, 1.0)
    count = max(1, ceil(highest / step - 1e-9))
    return Axis(step * count, [Tick(100 * index / count, write(index * step)) for index in range(count + 1)])


MINUTES = (1, 2, 5, 10, 15, 30)
HOURS = (1, 2, 3, 6, 12)
DAYS = (1, 2, 7, 14)
MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)
Advance = Callable[[datetime], datetime]


def time_ticks(begin: datetime, end: datetime, timezone: str, *, most: int = 8) -> list[Tick]:
    """Ticks at round times between the two, as the clocks and calendars of `timezone` have them.

    A time of day is written `18:30`, a day `4 May`, a month `May 2027`. Every other one is fine.
    """
    span = end - begin
    if span <= timedelta(0):
        return []
    zone = ZoneInfo(timezone)
    moments = _round_times(begin, end, zone, most)
    return [
        Tick(100 * ((moment - begin) / span), words, fine=bool(index % 2))
        for index, (moment, words) in enumerate(moments)
    ]


def _round_times(begin: datetime, end: datetime, zone: ZoneInfo, most: int) -> Sequence[tuple[datetime, str]]:
    span = end - begin
    for minutes in (*MINUTES, *(60 * hours for hours in HOURS)):
        if span / timedelta(minutes=minutes) <= most:
            return [(at, _clock_words(at, zone)) for at in _clock_times(begin, end, zone, minutes)]
    for days in DAYS:
        if span / timedelta(days=days) <= most:
            return [(at, _day_words(at, zone)) for at in _days(begin, end, zone, days)]
    months = next((several for several in MONTHS if span / timedelta(days=30 * several) <= most), MONTHS[-1])
    return [(at, at.astimezone(zone).strftime("%b %Y")) for at in _months(begin, end, zone, months)]


def _clock_times(begin: datetime, end: datetime, zone: ZoneInfo, minutes: int) -> list[datetime]:
    """Round times of day: counted from midnight on the clocks there, so that a change of clocks moves none of them."""
    found: list[datetime] = []
    day = begin.astimezone(zone).date()
    while True:
        for minute in range(0, 24 * 60, minutes):
            at = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone)
            if at > end:
                return found
            # An hour that the clocks leave out is none.
            if at >= begin and at.astimezone(ZoneInfo("UTC")).astimezone(zone).hour == at.hour:
                found.append(at)
        day += timedelta(days=1)


def _days(begin: datetime, end: datetime, zone: ZoneInfo, days: int) -> list[datetime]:
    """Midnights, `days` apart; weeks begin on Mondays."""
    day = begin.astimezone(zone).date()
    if days % 7 == 0:
        day -= timedelta(days=day.weekday())
    found = []
    while (at := datetime(day.year, day.month, day.day, tzinfo=zone)) <= end:
        if at >= begin:
            found.append(at)
        day += timedelta(days=days)
    return found


def _months(begin: datetime, end: datetime, zone: ZoneInfo, months: int) -> list[datetime]:
    """First days of months, `months` apart, counted from January."""
    first = begin.astimezone(zone)
    count = (first.year * 12 + first.month - 1) // months * months
    found = []
    while (at := datetime(count // 12, count % 12 + 1, 1, tzinfo=zone)) <= end:
        if at >= begin:
            found.append(at)
        count += months
    return found


def _clock_words(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return _day_words(at, zone) if (local.hour, local.minute) == (0, 0) else local.strftime("%H:%M")


def _day_words(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{local.day} {local.strftime('%b')}"
