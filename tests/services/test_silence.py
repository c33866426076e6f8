"""A database that says nothing any more keeps nobody waiting for ever."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, text

from bench.faults.proxy import Way, way_to
from tests.postgres import Database
from webapp.config import driver_url
from webapp.services.database.refusing import refuse_through
from webapp.services.database.silence import bear_silence, wait_without_end
from webapp.services.refusals import Busy

PATIENCE = 0.2


@pytest.fixture
def way(database: Database) -> Iterator[Way]:
    """A way to the database that can stall."""
    with way_to(database.url) as way:
        yield way


@pytest.fixture
def engine(way: Way) -> Iterator[Engine]:
    """An engine as the application's, with less patience."""
    engine = create_engine(driver_url(way.url), isolation_level="AUTOCOMMIT")
    refuse_through(engine)
    bear_silence(engine, PATIENCE)
    yield engine
    engine.dispose()


def ask(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())


def test_whoever_asks_a_silent_database_is_told_so_and_the_next_is_served(engine: Engine, way: Way) -> None:
    session = ask(engine)
    with way.stalled(), pytest.raises(Busy):
        ask(engine)
    assert ask(engine) != session


def test_a_connection_that_broke_while_nobody_used_it_costs_one_request_not_one_of_each(
    engine: Engine, way: Way
) -> None:
    with engine.connect() as one, engine.connect() as other:
        assert one.execute(text("SELECT 1")).scalar_one() == other.execute(text("SELECT 1")).scalar_one()
    way.reset()
    with pytest.raises(Busy):
        ask(engine)
    assert ask(engine)


def test_what_may_take_its_time_is_waited_for(engine: Engine) -> None:
    slow = text(f"SELECT pg_sleep({2 * PATIENCE})")
    with engine.connect() as connection, pytest.raises(Busy):
        connection.execute(slow)
    with engine.connect() as connection:
        wait_without_end(connection)
        assert connection.execute(slow).rowcount == 1
