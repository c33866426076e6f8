"""A server is ready only where the database answers, takes writes, and keeps exactly the rules the code relies on."""

from collections.abc import Iterator

import psycopg
import pytest
from flask_migrate import downgrade

from tests.conftest import MIGRATIONS, app_on
from tests.connections import hang_up
from tests.postgres import Database, Server
from tests.races import insert_hold, run
from tests.scenes import Scene
from webapp.extensions import db
from webapp.services.operations import readiness

INDEX = "unique_active_reservation_per_seat"
DROP = f"DROP INDEX IF EXISTS {INDEX}"
CREATE = f"CREATE UNIQUE INDEX {INDEX} ON reservations (seat_id) WHERE status IN ('HELD','CONFIRMED')"
DATABASE = "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I {}', current_database()); END $$"


@pytest.fixture(scope="module")
def broken_and_mended(server: Server, migrated: Database) -> Iterator[Scene]:
    """A database that this file's tests break and mend."""
    database = server.create_database(template=migrated)
    app = app_on(database)
    with app.app_context():
        yield Scene(app, database)
        db.engine.dispose()
    hang_up(database.url)
    server.drop_database(database)


def complaints() -> dict[str, str]:
    """What is wrong, by the name of the check."""
    return {check.name: check.complaint for check in readiness.look().checks if check.complaint}


def change(scene: Scene, *statements: str) -> None:
    """Change the database as a superuser, with new connections from then on."""
    writing = "-c default_transaction_read_only=off"
    with psycopg.connect(scene.database.superuser_url, autocommit=True, options=writing) as connection:
        for statement in statements:
            connection.execute(statement)
    db.engine.dispose()


def test_a_migrated_database_is_ready(broken_and_mended: Scene) -> None:
    assert broken_and_mended.app
    found = readiness.look()
    assert [check.name for check in found.checks] == ["database", "writes", "migrations", "index", "guards"]
    assert found.is_ready
    assert complaints() == {}


@pytest.mark.parametrize(
    ("breaking", "mending", "name", "complaint"),
    [
        (DROP, CREATE, "index", f"The index {INDEX} is missing."),
        (
            f"CREATE UNIQUE INDEX {INDEX} ON reservations (seat_id) WHERE status = 'CONFIRMED'",
            CREATE,
            "index",
            "WHERE (status = 'CONFIRMED'::text). Promised is: ",
        ),
        (CREATE.replace("UNIQUE ", ""), CREATE, "index", "The index reads: CREATE INDEX"),
        (CREATE.replace("(seat_id)", "(seat_id, user_id)"), CREATE, "index", "(seat_id, user_id)"),
        (CREATE.replace("ON reservations", "ON shows").partition("(")[0] + "(id)", CREATE, "index", "ON public.shows"),
        (
            "ALTER TABLE reservations DISABLE TRIGGER guard_update",
            "ALTER TABLE reservations ENABLE TRIGGER guard_update",
            "guards",
            "turned off or not as promised: guard_update on reservations.",
        ),
        (
            "ALTER TABLE reservations ENABLE REPLICA TRIGGER guard_insert",
            "ALTER TABLE reservations ENABLE ALWAYS TRIGGER guard_insert",
            "guards",
            "guard_insert on reservations.",
        ),
        (
            "ALTER TRIGGER guard_history ON reservation_changes RENAME TO guard_histories",
            "ALTER TRIGGER guard_histories ON reservation_changes RENAME TO guard_history",
            "guards",
            "guard_history on reservation_changes.",
        ),
        (
            DATABASE.format("SET session_replication_role = replica"),
            DATABASE.format("RESET session_replication_role"),
            "guards",
            "session_replication_role is replica.",
        ),
        (
            DATABASE.format("SET default_transaction_read_only = on"),
            DATABASE.format("RESET default_transaction_read_only"),
            "writes",
            "The database takes no writes.",
        ),
        (
            "CREATE TABLE was AS SELECT * FROM alembic_version; UPDATE alembic_version SET version_num = '0016'",
            "UPDATE alembic_version SET version_num = (SELECT version_num FROM was); DROP TABLE was",
            "migrations",
            "The database is at 0016; the code is made for 00",
        ),
        (
            "CREATE TABLE was AS SELECT * FROM alembic_version; DELETE FROM alembic_version",
            "INSERT INTO alembic_version SELECT * FROM was; DROP TABLE was",
            "migrations",
            "The database is at no migration; ",
        ),
    ],
)
def test_whatever_is_not_as_promised_is_told_until_it_is_mended(
    broken_and_mended: Scene, breaking: str, mending: str, name: str, complaint: str
) -> None:
    is_index = name == "index"
    change(broken_and_mended, *([DROP] if is_index else []), breaking)
    assert not readiness.look().is_ready
    assert complaints().keys() == {name}
    assert complaint in complaints()[name]
    change(broken_and_mended, *([DROP] if is_index else []), mending)
    assert readiness.look().is_ready


def test_an_index_that_could_not_be_built_keeps_nobody_out_and_is_told(own_scene: Scene) -> None:
    run(own_scene, DROP)
    show = own_scene.show()
    own_scene.hold(own_scene.user(), show, "A1")
    with own_scene.connected() as connection:
        assert insert_hold(connection, own_scene.user(), show, "A1") == 1
    with psycopg.connect(own_scene.database.url, autocommit=True) as connection:
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute(CREATE.replace("INDEX", "INDEX CONCURRENTLY"))
        own_scene.hold(own_scene.user(), show, "A2")
    assert own_scene.statuses(show) == {"A1": ["HELD", "HELD"], "A2": ["HELD"]}
    assert complaints() == {"index": f"The index {INDEX} is not valid: it keeps nobody out."}


def test_an_older_migration_is_not_ready(own_scene: Scene) -> None:
    assert own_scene.app
    downgrade(MIGRATIONS)
    assert complaints()["migrations"].startswith("The database is at 00")


def test_a_database_that_was_never_migrated_is_not_ready(server: Server) -> None:
    database = server.create_database()
    with app_on(database).app_context():
        assert complaints() == {"migrations": "The database was never migrated."}
        db.engine.dispose()
    server.drop_database(database)


def test_a_database_that_is_not_there_is_told_and_its_address_is_not() -> None:
    app = app_on(Database("seats", "postgresql://me:hunter2@127.0.0.1:1/seats", ""))
    with app.app_context():
        assert complaints() == {"database": "The database does not answer."}
