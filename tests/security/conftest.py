"""The site behind a proxy."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.conftest import KEY
from tests.scenes import Scene, Visitor
from webapp import create_app
from webapp.config import Settings
from webapp.extensions import db


@pytest.fixture
def behind_a_proxy(scene: Scene) -> Iterator[Flask]:
    """The application behind one proxy that it trusts."""
    settings = {"DATABASE_URL": scene.database.url, "SECRET_KEY": KEY, "TRUSTED_PROXIES": "1"}
    app = create_app(Settings.from_environment(settings))
    app.test_client_class = Visitor
    yield app
    with app.app_context():
        db.engine.dispose()
