"""The scene of these tests."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.conftest import app_on
from tests.postgres import Database
from tests.scenes import Scene
from tests.services.fairness.waits import STEP
from webapp.extensions import db


@pytest.fixture(scope="session")
def _fair(_shared: tuple[Database, Flask]) -> Iterator[Flask]:
    app = app_on(_shared[0], OTHERS_FIRST=str(STEP * 1000))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def scene(database: Database, _fair: Flask) -> Iterator[Scene]:
    """A scene whose application has the rule of others first."""
    with _fair.app_context():
        yield Scene(_fair, database)
