"""What the database says no with becomes a refusal; what is a bug of ours stays an error."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from tests.conftest import KEY
from tests.scenes import Scene
from webapp import create_app
from webapp.config import Settings
from webapp.extensions import db
from webapp.services import shows
from webapp.services.database import clock
from webapp.services.database.refusing import BUSY_STATES, refusal_of
from webapp.services.database.statements import autocommitted, transaction
from webapp.services.refusals import Busy


@pytest.fixture
def impatient(scene: Scene) -> Iterator[Scene]:
    """The same database through an application that waits for nothing."""
    settings = {
        "DATABASE_URL": scene.database.url,
        "SECRET_KEY": KEY,
        "LOCK_TIMEOUT": "20",
        "STATEMENT_TIMEOUT": "200",
        "DATABASE_POOL_SIZE": "1",
        "DATABASE_POOL_TIMEOUT": "1",
    }
    app = create_app(Settings.from_environment(settings))
    with app.app_context():
        yield Scene(app, scene.database)
        db.engine.dispose()


def test_a_lock_that_is_not_to_be_had_in_time_is_busy_and_nothing_was_changed(impatient: Scene) -> None:
    organizer = impatient.user()
    show = impatient.show(organizer)
    with impatient.connected() as other:
        other.execute("SELECT pg_advisory_xact_lock_shared(7301, %s)", (show.id,))
        with pytest.raises(Busy) as refusal:
            shows.cancel(organizer, show.id)
    assert state_behind(refusal.value) == "55P03"
    assert shows.one(show.id).cancelled_at is None
    assert refusal.value.facts["retry_after"] > 0


def test_a_statement_that_takes_too_long_is_busy(impatient: Scene) -> None:
    with pytest.raises(Busy) as refusal, autocommitted() as connection:
        connection.execute(text("SELECT pg_sleep(20)"))
    assert state_behind(refusal.value) == "57014"


def test_a_connection_that_is_cut_is_busy_and_the_next_one_works(scene: Scene) -> None:
    with transaction() as connection:
        pid = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with psycopg.connect(scene.database.superuser_url, autocommit=True) as superuser:
            superuser.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))
        with pytest.raises(Busy):
            connection.execute(text("SELECT 1"))
    assert clock.now()


def test_a_server_that_is_not_there_is_busy(scene: Scene) -> None:
    nowhere = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing", "SECRET_KEY": KEY}
    with create_app(Settings.from_environment(nowhere)).app_context(), pytest.raises(Busy):
        clock.now()


def test_a_pool_without_a_free_connection_is_busy(impatient: Scene) -> None:
    show = impatient.show()
    with transaction(), impatient.app.test_client() as client:
        response = client.get(f"/v1/shows/{show.id}")
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0


def test_an_error_of_ours_passes_through_as_it_is(scene: Scene) -> None:
    with pytest.raises(ProgrammingError), autocommitted() as connection:
        connection.execute(text("SELECT no_such_column FROM shows"))
    assert refusal_of(ValueError()) is None
    assert refusal_of(None) is None


def test_only_states_in_which_trying_again_can_help_are_busy() -> None:
    classes = {state: psycopg.errors.lookup(state) for state in ("55P03", "40P01", "57014", "40001", "53300", "53100")}
    assert {state: type(refusal_of(error())) for state, error in classes.items()} == dict.fromkeys(classes, Busy)
    for bug in ("22001", "22P02", "23502", "42601", "42703", "XX000"):
        assert refusal_of(psycopg.errors.lookup(bug)()) is None
    assert "" not in BUSY_STATES


def state_behind(refusal: Busy) -> str | None:
    """The SQLSTATE that the refusal stands for."""
    assert isinstance(refusal.__cause__, psycopg.Error)
    return refusal.__cause__.sqlstate
