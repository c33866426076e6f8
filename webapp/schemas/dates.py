"""Dates as an organizer types them: by a pattern of weekdays, or one a line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import Field, StringConstraints, ValidationError, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from webapp.schemas.base import Question
from webapp.schemas.moments import Unfit, moment_of
from webapp.schemas.show_details import MOST_STARTS

LONGEST_RANGE = timedelta(days=731)
_LINE = re.compile(
    r"(?:(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})|(?P<day2>\d{1,2})\.(?P<month2>\d{1,2})\.(?P<year2>\d{4}))"
    r"(?:[T ]+(?P<hour>\d{1,2})[:.](?P<minute>\d{2}))?(?: +(?P<which>first|second))?"
)
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})")


@dataclass(frozen=True)
class _Reading:
    """A date and time on the venue's clocks, and which of two it is where they show it twice."""

    clock: datetime
    fold: str | None = None


class DatesInForm(Question):
    """Dates by a pattern, or one a line, or both; read with the context `timezone` and `usual_time`."""

    weekdays: list[Annotated[int, Field(ge=0, le=6)]] = Field(default=[])
    first_day: date | None = None
    last_day: date | None = None
    times: Annotated[str, StringConstraints(max_length=200)] = ""
    dates: Annotated[str, StringConstraints(max_length=10_000)] = ""

    @model_validator(mode="after")
    def _tell_what_cannot_be_read(self, info: ValidationInfo) -> "DatesInForm":
        self.starts(**_context(info))
        return self

    def starts(self, *, timezone: str, usual_time: time) -> list[datetime]:
        """The moments these dates mean at a venue in `timezone`; raises `ValidationError` for what means none."""
        zone = ZoneInfo(timezone)
        readings = {"dates": list(self._lines(usual_time)), "weekdays": list(self._pattern(usual_time))}
        if not any(readings.values()):
            raise _wrong("dates", "Choose days of the week with a first and a last day, or write dates.")
        if sum(map(len, readings.values())) > MOST_STARTS:
            raise _wrong(
                "dates", f"These are {sum(map(len, readings.values()))} dates; take at most {MOST_STARTS} at once."
            )
        return [_moment(field, reading, zone) for field, those in readings.items() for reading in those]

    def _pattern(self, usual_time: time) -> Iterator[_Reading]:
        if not (self.weekdays or self.first_day or self.last_day):
            return
        if not self.weekdays:
            raise _wrong("weekdays", "Choose at least one day of the week.")
        if not self.first_day or not self.last_day:
            raise _wrong("last_day" if self.first_day else "first_day", "Say from which day to which.")
        if not timedelta(0) <= self.last_day - self.first_day <= LONGEST_RANGE:
            raise _wrong("last_day", "The last day must be the first or after it, within two years.")
        times = self._times(usual_time)
        for days in range((self.last_day - self.first_day).days + 1):
            day = self.first_day + timedelta(days)
            if day.weekday() in self.weekdays:
                yield from (_Reading(datetime.combine(day, at)) for at in times)

    def _times(self, usual_time: time) -> list[time]:
        words = [word for word in re.split(r"[,;\s]+", self.times) if word]
        return sorted({_time(word) for word in words}) or [usual_time]

    def _lines(self, usual_time: time) -> Iterator[_Reading]:
        for number, line in enumerate(self.dates.splitlines(), start=1):
            if line.strip():
                yield _line(number, line.strip(), usual_time)


def _context(info: ValidationInfo) -> dict[str, Any]:
    assert info.context, "dates are read with the venue's time zone and the usual time as context"
    return dict(info.context)


def _time(word: str) -> time:
    found = _TIME.fullmatch(word)
    try:
        return time(int(found[1]), int(found[2])) if found else time.fromisoformat("")
    except ValueError:
        raise _wrong("times", f"“{word[:20]}” is no time of day. Write for example 19:30, or 15:00, 19:30.") from None


def _line(number: int, line: str, usual_time: time) -> _Reading:
    found = _LINE.fullmatch(line)
    try:
        if not found:
            raise ValueError
        day = date(*(int(found[name] or found[f"{name}2"]) for name in ("year", "month", "day")))
        at = time(int(found["hour"]), int(found["minute"])) if found["hour"] else usual_time
    except ValueError:
        raise _wrong(
            "dates", f"Line {number}, “{line[:40]}”, is no date. Write for example 2027-05-01 19:30."
        ) from None
    return _Reading(datetime.combine(day, at), {"first": "0", "second": "1"}.get(found["which"]))


def _moment(field: str, reading: _Reading, zone: ZoneInfo) -> datetime:
    moment = moment_of(reading.clock, zone, reading.fold)
    if isinstance(moment, datetime) and 2000 <= moment.year <= 2200:
        return moment
    shown = f"{reading.clock:%Y-%m-%d %H:%M}"
    if not isinstance(moment, Unfit):
        raise _wrong(field, f"{shown} is no date to plan for.")
    twice = f" Write it among the dates as “{shown} first” or “{shown} second”." if "twice" in moment.why else ""
    raise _wrong(field, f"{shown} {moment.why}.{twice}")


def _wrong(field: str, sentence: str) -> ValidationError:
    problem = PydanticCustomError("no_such_date", "{sentence}", {"sentence": sentence.removesuffix(".")})
    return ValidationError.from_exception_data("DatesInForm", [{"type": problem, "loc": (field,), "input": None}])
