"""The stretch of time that a show's history fills, parted at round times of the venue into periods."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

MOST_PERIODS = 100
# Minutes: these part a day evenly, so that midnight is always a boundary.
LENGTHS = (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720)
WHOLE_DAYS = (1, 2, 7, 14, 28, 91, 364)


def boundaries(begin: datetime, end: datetime, timezone: str) -> Sequence[datetime]:
    """Where the periods between the two begin, and at last where the last one ends; the first begins before `begin`.

    They are as short as `MOST_PERIODS` of them allow. Those of some days begin at midnight at the venue, also where its
    clocks change in between; those of weeks on Mondays.
    """
    zone = ZoneInfo(timezone)
    span = max(end - begin, timedelta(minutes=1))
    for minutes in LENGTHS:
        if span / timedelta(minutes=minutes) <= MOST_PERIODS:
            return _by_the_clock(begin, end, zone, timedelta(minutes=minutes))
    days = next((days for days in WHOLE_DAYS if span / timedelta(days=days) <= MOST_PERIODS), WHOLE_DAYS[-1])
    return _by_the_calendar(begin, end, zone, days)


def _by_the_clock(begin: datetime, end: datetime, zone: ZoneInfo, length: timedelta) -> Sequence[datetime]:
    """Periods of even length in true time, from the midnight before."""
    local = begin.astimezone(zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(begin.tzinfo)
    found = [midnight + (begin - midnight) // length * length]
    while found[-1] <= end:
        found.append(found[-1] + length)
    return found


def _by_the_calendar(begin: datetime, end: datetime, zone: ZoneInfo, days: int) -> Sequence[datetime]:
    day = begin.astimezone(zone).date()
    if days % 7 == 0:
        day -= timedelta(days=day.weekday())
    found = [_midnight(day.toordinal(), zone, begin)]
    while found[-1] <= end:
        day += timedelta(days=days)
        found.append(_midnight(day.toordinal(), zone, begin))
    return found


def _midnight(ordinal: int, zone: ZoneInfo, like: datetime) -> datetime:
    return datetime.fromordinal(ordinal).replace(tzinfo=zone).astimezone(like.tzinfo)
