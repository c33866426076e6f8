"""History is parted at round times of the venue."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from webapp.services.dashboards.periods import MOST_PERIODS, boundaries

BEGIN = datetime(2026, 10, 20, 12, 34, 56, tzinfo=UTC)
HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.mark.parametrize(
    ("span", "length"),
    [
        (timedelta(0), timedelta(minutes=1)),
        (timedelta(minutes=90), timedelta(minutes=1)),
        (timedelta(hours=3), timedelta(minutes=2)),
        (timedelta(hours=40), timedelta(minutes=30)),
        (timedelta(days=3), timedelta(hours=1)),
    ],
)
def test_periods_are_as_short_as_there_is_room_for(span: timedelta, length: timedelta) -> None:
    times = boundaries(BEGIN, BEGIN + span, "Europe/Helsinki")
    assert times[1] - times[0] == length
    assert times[0] <= BEGIN < times[1]
    assert times[-2] <= BEGIN + span < times[-1]
    assert len(times) <= MOST_PERIODS + 3


@pytest.mark.parametrize("days", [10, 55, 120, 400, 2000])
def test_periods_of_days_begin_at_midnight_there_whatever_the_clocks_do(days: int) -> None:
    times = boundaries(BEGIN, BEGIN + timedelta(days=days), "Europe/Helsinki")
    local = [moment.astimezone(HELSINKI) for moment in times]
    if times[1] - times[0] >= timedelta(hours=24):
        assert {(moment.hour, moment.minute) for moment in local} == {(0, 0)}
    assert len(times) <= MOST_PERIODS + 3
    assert times[-1] > BEGIN + timedelta(days=days)


def test_weeks_begin_on_monday() -> None:
    times = boundaries(BEGIN, BEGIN + timedelta(days=400), "Europe/Helsinki")
    assert {moment.astimezone(HELSINKI).weekday() for moment in times} == {0}
    assert len(times) == 59


def test_times_are_of_the_zone_they_were_asked_in() -> None:
    assert {moment.tzinfo for moment in boundaries(BEGIN, BEGIN + timedelta(days=90), "Asia/Kathmandu")} == {UTC}
