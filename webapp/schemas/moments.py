"""Moments as they are asked for: with their offset, or as a clock at a venue shows them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, StringConstraints

# A time as RFC 3339 has it; seconds may be left out.
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
NO_SUCH_TIME = "must be a time that exists at the venue: its clocks are put forward over this one"
TWO_SUCH_TIMES = "happens twice that night, as the clocks at the venue are put back: say which one is meant"


@dataclass(frozen=True)
class Unfit:
    """A clock's reading that names no moment, and why."""

    why: str


# Told once: each time it looks through all the files there are, for 30 milliseconds.
_known_timezones = cache(available_timezones)


def known_timezone(name: str) -> str:
    """The name of a time zone as it is; raises `ValueError` for any other text."""
    if name not in _known_timezones():
        raise ValueError("must be a time zone of the IANA database, such as Europe/Helsinki")
    return name


def _moment(text: object) -> object:
    if isinstance(text, Unfit):
        raise ValueError(text.why)
    if not isinstance(text, str):
        return text
    if not _MOMENT.fullmatch(text):
        raise ValueError("must be a time with its offset from UTC, such as 2027-03-01T19:30:00+02:00")
    return datetime.fromisoformat(text.upper())


def _within_the_calendar(moment: datetime) -> datetime:
    # Years that fit every time zone's arithmetic; a show in the year 9999 is a typing error.
    if not 2000 <= moment.year <= 2200:
        raise ValueError("must be a time between the years 2000 and 2200")
    return moment


Timezone = Annotated[str, StringConstraints(max_length=64), AfterValidator(known_timezone)]
Moment = Annotated[AwareDatetime, BeforeValidator(_moment), AfterValidator(_within_the_calendar)]


def at_venue(fields: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The fields with the clock readings among `names` as moments, by the venue's `timezone`.

    Which of two moments a reading means is told by `<name>_fold` ("0" the first, "1" the second), which goes. What
    cannot be read is left to the rules of the field.
    """
    names = list(names)
    read = {name: value for name, value in fields.items() if name.removesuffix("_fold") not in names or name in names}
    zone = _zone(fields.get("timezone", "UTC"))
    for name in names:
        reading = _reading(fields.get(name))
        if zone and reading:
            read[name] = moment_of(reading, zone, fields.get(f"{name}_fold"))
    return read


def moment_of(reading: datetime, zone: ZoneInfo, fold: str | None) -> datetime | Unfit:
    """The moment at which clocks in `zone` show `reading`; `fold` tells which, where they do so twice."""
    if is_skipped(reading, zone):
        return Unfit(NO_SUCH_TIME)
    if is_shown_twice(reading, zone) and fold not in {"0", "1"}:
        return Unfit(TWO_SUCH_TIMES)
    return reading.replace(tzinfo=zone, fold=int(fold == "1"))


def is_skipped(reading: datetime, zone: ZoneInfo) -> bool:
    """Whether no clock ever shows this time: the offset before the gap is the smaller one (PEP 495)."""
    return _turn(reading, zone) < 0


def is_shown_twice(reading: datetime, zone: ZoneInfo) -> bool:
    """Whether clocks show this time, are put back, and show it again."""
    return _turn(reading, zone) > 0


def _turn(reading: datetime, zone: ZoneInfo) -> float:
    before, after = (reading.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    assert before is not None
    assert after is not None
    return (before - after).total_seconds()


def _zone(name: object) -> ZoneInfo | None:
    try:
        return ZoneInfo(known_timezone(str(name)))
    except ValueError:
        return None


def _reading(typed: object) -> datetime | None:
    """What a field for date and time sends; None for anything else, also for a time with an offset of its own."""
    try:
        reading = datetime.fromisoformat(str(typed))
    except ValueError:
        return None
    return None if reading.tzinfo or not 1 < reading.year < 9999 else reading
