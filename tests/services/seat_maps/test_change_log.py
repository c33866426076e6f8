"""What somebody who was away has missed, as the log of a record knows it."""

from datetime import UTC, datetime, timedelta

import pytest

from webapp.services.seat_maps.standing.change_log import ChangeLog, Entry
from webapp.services.seat_maps.standing.cursor import Cursor

NOON = datetime(2027, 5, 1, 12, tzinfo=UTC)


def at(seconds: int) -> datetime:
    return NOON + timedelta(seconds=seconds)


def cursor(horizon: int, seconds: int, cluster: str = "here") -> Cursor:
    return Cursor(cluster, horizon, at(seconds), plan_version=1)


@pytest.fixture
def log() -> ChangeLog:
    """A log that begins at transaction 10: seat 1 changed in the reading of horizon 10, seats 2 and 3 in later ones."""
    log = ChangeLog()
    log.begin(cursor(10, 0))
    log.add([1], Entry(2, 10, at(1)))
    log.add([2], Entry(3, 12, at(2)))
    log.add([3], Entry(4, 15, at(3)))
    return log


def test_a_reading_below_the_cursors_horizon_was_earlier_and_so_seen(log: ChangeLog) -> None:
    assert log.since(cursor(16, 4)) == []
    assert log.since(cursor(13, 2)) == [3]


def test_a_reading_of_the_same_horizon_may_have_seen_more_than_the_cursor(log: ChangeLog) -> None:
    assert log.since(cursor(12, 9)) == [3, 2]


def test_what_came_by_time_alone_is_missed_by_who_left_before(log: ChangeLog) -> None:
    assert log.since(cursor(16, 1)) == [3, 2]


@pytest.mark.parametrize("unknown", [cursor(9, 0), cursor(12, 2, cluster="there")])
def test_of_a_time_before_the_log_or_another_database_nothing_is_claimed(log: ChangeLog, unknown: Cursor) -> None:
    assert log.since(unknown) is None


def test_before_it_begins_a_log_claims_nothing() -> None:
    assert ChangeLog().since(cursor(99, 99)) is None


def test_a_log_never_outgrows_the_hall(log: ChangeLog) -> None:
    log.add([1], Entry(5, 20, at(4)))
    assert log.since_position(0) == [1, 3, 2]
    assert log.since_position(4) == [1]


@pytest.mark.parametrize(
    "written", ["", "a.b.c.d", "x.1.2", "x.1.2.3.4", "x.1.2.-3", "x.1.9" + "9" * 40 + ".1", "x" * 200]
)
def test_what_is_no_cursor_is_read_as_none(written: str) -> None:
    assert Cursor.read(written) is None


def test_a_cursor_is_read_as_it_was_written() -> None:
    assert Cursor.read(str(cursor(12, 5))) == cursor(12, 5)
