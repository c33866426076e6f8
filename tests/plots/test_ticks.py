"""Ticks stand at numbers and times that people count by."""

from datetime import UTC, datetime, timedelta

import pytest

from webapp.plots import Axis, number_axis, time_ticks

HELSINKI = "Europe/Helsinki"


def axis(highest: float, **more: bool) -> Axis:
    """An axis whose words are the numbers."""
    return number_axis(highest, lambda number: f"{number:g}", **more)


@pytest.mark.parametrize(
    ("highest", "words"),
    [
        (1, ["0", "1"]),
        (3, ["0", "1", "2", "3"]),
        (7, ["0", "2", "4", "6", "8"]),
        (38, ["0", "10", "20", "30", "40"]),
        (614, ["0", "200", "400", "600", "800"]),
        (50_000, ["0", "20000", "40000", "60000"]),
    ],
)
def test_numbers_go_up_in_steps_of_one_two_or_five(highest: float, words: list[str]) -> None:
    assert [tick.words for tick in axis(highest).ticks] == words


def test_the_axis_ends_at_its_last_tick_and_all_has_room() -> None:
    found = axis(614)
    assert found.end == 800
    assert [tick.at for tick in found.ticks] == [0, 25, 50, 75, 100]


def test_without_anything_there_is_still_an_axis() -> None:
    assert [tick.words for tick in axis(0).ticks] == ["0", "1"]


def test_seats_are_whole_and_shares_need_not_be() -> None:
    assert [tick.words for tick in axis(2).ticks] == ["0", "1", "2"]
    assert [tick.words for tick in axis(2, whole=False).ticks] == ["0", "0.5", "1", "1.5", "2"]


def times(begin: datetime, length: timedelta) -> list[str]:
    """The words of the ticks in Helsinki."""
    return [tick.words for tick in time_ticks(begin, begin + length, HELSINKI, most=6)]


def test_minutes_and_hours_are_round_on_the_clocks_of_the_venue() -> None:
    begin = datetime(2026, 11, 27, 18, 41, tzinfo=UTC)
    assert times(begin, timedelta(minutes=50)) == ["20:50", "21:00", "21:10", "21:20", "21:30"]
    assert times(begin, timedelta(hours=5)) == ["21:00", "22:00", "23:00", "28 Nov", "01:00"]


def test_days_begin_at_midnight_there_and_weeks_on_monday() -> None:
    begin = datetime(2026, 11, 27, 18, 41, tzinfo=UTC)
    assert times(begin, timedelta(days=4)) == ["28 Nov", "29 Nov", "30 Nov", "1 Dec"]
    assert times(begin, timedelta(days=30)) == ["30 Nov", "7 Dec", "14 Dec", "21 Dec"]
    assert times(begin, timedelta(days=300)) == ["Jan 2027", "Mar 2027", "May 2027", "Jul 2027", "Sep 2027"]


def test_midnights_stay_midnights_when_the_clocks_change() -> None:
    begin, end = datetime(2026, 10, 23, 21, tzinfo=UTC), datetime(2026, 10, 26, 22, tzinfo=UTC)
    found = time_ticks(begin, end, HELSINKI, most=6)
    assert [tick.words for tick in found] == ["24 Oct", "25 Oct", "26 Oct", "27 Oct"]
    span = (end - begin) / timedelta(hours=1)
    assert [round(tick.at * span / 100) for tick in found] == [0, 24, 49, 73]


def test_an_hour_that_the_clocks_leave_out_is_no_tick() -> None:
    begin = datetime(2027, 3, 27, 23, tzinfo=UTC)  # 01:00, and at 03:00 the clocks go to 04:00
    assert times(begin, timedelta(hours=5)) == ["01:00", "02:00", "04:00", "05:00", "06:00", "07:00"]


def test_every_other_tick_can_be_left_out_where_room_is_short() -> None:
    begin = datetime(2026, 11, 27, 18, 41, tzinfo=UTC)
    assert [tick.fine for tick in time_ticks(begin, begin + timedelta(days=4), HELSINKI)][:3] == [False, True, False]


def test_no_time_at_all_has_no_ticks() -> None:
    begin = datetime(2026, 11, 27, tzinfo=UTC)
    assert time_ticks(begin, begin, HELSINKI) == []
