"""A site whose sweeper never sweeps: it opens its connection, and that is all."""

from collections.abc import Callable

from flask import Flask

import webapp
from webapp import sweeper
from webapp.services.database import clock


def _only_open(app: Flask) -> Callable[[], None]:
    with app.app_context():
        clock.now()
    return lambda: None


sweeper.start_sweeper = _only_open
app = webapp.create_app()
