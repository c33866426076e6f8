"""The stage for all tests: a real PostgreSQL, the real application on it, and a cast of people (tests/scenes.py)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from hypothesis import settings

from tests.connections import apps, hang_up
from tests.keeping import empty
from tests.postgres import Database, Server, running_server
from tests.scenes import Scene, Visitor
from webapp import create_app
from webapp.config import Settings
from webapp.extensions import db

KEY = "a key for tests, long enough to sign with HS256"
# Most tests ask more than one caller may, and are not about it (tests/v1/test_limits.py).
NO_LIMITS = {f"{lane}_LIMIT": "0" for lane in ("READING", "HOLDING", "SIGNING_IN", "ADMINISTERING")}
# And a few people hold the same seats again and again (tests/services/fairness).
NO_LIMITS["OTHERS_FIRST"] = "0"
# For `pytest --hypothesis-profile=long`, where somebody has the time.
settings.register_profile("long", max_examples=2_000)
MIGRATIONS = str(Path(__file__).parents[1] / "migrations")


def app_on(database: Database, **chosen: str) -> Flask:
    """The application on this database, as the application's role, with no limits but those that are `chosen`."""
    settings = {"DATABASE_URL": database.url, "SECRET_KEY": KEY, **NO_LIMITS, **chosen}
    app = create_app(Settings.from_environment(settings))
    app.test_client_class = Visitor
    apps.add(app)
    return app


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL of this test process's own."""
    with running_server() as running:
        yield running


@pytest.fixture(scope="session")
def migrated(server: Server) -> Database:
    """A migrated database that nobody is connected to: the template of the others."""
    database = server.create_database()
    app = app_on(database)
    with app.app_context():
        upgrade(MIGRATIONS)
        db.engine.dispose()
    return database


@pytest.fixture(scope="session")
def _shared(server: Server, migrated: Database) -> Iterator[tuple[Database, Flask]]:
    database = server.create_database(template=migrated)
    app = app_on(database)
    yield database, app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def database(_shared: tuple[Database, Flask]) -> Iterator[Database]:
    """The database most tests share, emptied after each."""
    yield _shared[0]
    empty(_shared[0])


@pytest.fixture
def app(database: Database, _shared: tuple[Database, Flask]) -> Iterator[Flask]:
    """The application on `database`, within its context."""
    with _shared[1].app_context():
        yield _shared[1]


@pytest.fixture
def scene(app: Flask, database: Database) -> Scene:
    """Buyers, organizers, shows and seats, made as a test needs them."""
    return Scene(app, database)


@pytest.fixture
def own_database(server: Server, migrated: Database) -> Iterator[Database]:
    """A database of the test's own, for those that take its guards away."""
    database = server.create_database(template=migrated)
    yield database
    hang_up(database.url)
    server.drop_database(database)


@pytest.fixture
def own_scene(own_database: Database) -> Iterator[Scene]:
    """A scene on a database of the test's own."""
    app = app_on(own_database)
    with app.app_context():
        yield Scene(app, own_database)
        db.engine.dispose()
