"""The stage of the browser tests: one real site and one browser a test process, a fresh window for each person."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.browser.site import Site, serving
from tests.browser.windows import Window, running_browser
from tests.conftest import KEY, app_on
from tests.postgres import Database, Server
from tests.scenes import Scene
from webapp.extensions import db
from webapp.services.asker import Asker

OpenWindow = Callable[..., Window]
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of this test process."""
    with running_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def _shared(server: Server, migrated: Database) -> Iterator[tuple[Database, Flask]]:
    """What `scene` plays on here: a database that no other test uses, since the site's sweeper is at work in it."""
    database = server.create_database(template=migrated)
    app = app_on(database)
    yield database, app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def site(browser: Browser, _shared: tuple[Database, Flask]) -> Iterator[Site]:
    """The site, serving from the database of `scene`; not started where there is no browser to look at it."""
    with serving(_shared[0], KEY) as site:
        yield site


@pytest.fixture
def open_window(site: Site, browser: Browser, scene: Scene) -> Iterator[OpenWindow]:
    """Opens a window, for a user who is signed in there or for nobody; keywords are those of a browser context."""
    opened: list[Window] = []

    def open_one(user: Asker | None = None, **how: Any) -> Window:
        window = Window(site, browser.new_context(base_url=site.url, **how))
        opened.append(window)
        if user:
            window.context.add_cookies([{"name": "holdfast", "value": _session(scene, user), "url": site.url}])
        return window

    yield open_one
    for window in opened:
        window.context.close()
    assert [window.unexpected() for window in opened] == [[] for _ in opened], "went wrong in the windows"


def _session(scene: Scene, user: Asker) -> str:
    cookie = scene.browser(user).flask.get_cookie("holdfast")
    assert cookie
    return cookie.value
