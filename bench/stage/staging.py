"""The stage of the benchmarks: the real application on a throw-away database, with halls of any size."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta

from flask import Flask
from flask_migrate import upgrade

from tests.conftest import MIGRATIONS, app_on
from tests.connections import hang_up
from tests.postgres import Database, running_server
from tests.scenes import Scene
from webapp.extensions import db
from webapp.services import seating
from webapp.services.plans.plan import Plan
from webapp.services.shows import Show


@contextmanager
def staged() -> Iterator[Scene]:
    """A scene on an empty database of a server of its own."""
    with stages() as new_stage, new_stage() as scene:
        yield scene


@contextmanager
def staged_beside() -> Iterator[tuple[Scene, Database]]:
    """The same, and beside it on the same server an empty database for something else."""
    with running_server() as server:
        database = server.create_database()
        with _app_on(database) as app:
            upgrade(MIGRATIONS)
            yield Scene(app, database), server.create_database()


@contextmanager
def stages() -> Iterator[Callable[[], AbstractContextManager[Scene]]]:
    """A server of one's own, and a way to get scenes on it, each on an empty database of its own."""
    with running_server() as server:
        template = server.create_database()
        with _app_on(template):
            upgrade(MIGRATIONS)

        @contextmanager
        def new_stage() -> Iterator[Scene]:
            database = server.create_database(template=template)
            with _app_on(database) as app:
                yield Scene(app, database)
            hang_up(database.url)
            server.drop_database(database)

        yield new_stage


@contextmanager
def _app_on(database: Database) -> Iterator[Flask]:
    app = app_on(database)
    with app.app_context():
        yield app
        db.engine.dispose()


def show_in(scene: Scene, plan: Plan, *, seat_limit: int = 10) -> Show:
    """A show on sale in the hall of `plan`."""
    show, _ = seating.create_show(
        scene.user("Olga Organizer"),
        plan,
        title="The Tempest",
        venue=plan.name or "The hall",
        starts_at=datetime.now(UTC) + timedelta(days=30),
        timezone="Europe/Helsinki",
        currency="EUR",
        seat_limit=seat_limit,
    )
    return show


def sell_half(scene: Scene, show: Show) -> None:
    """Let every other seat of the show be sold, as history: the guards would ask each buyer for the seat limit."""
    buyer = scene.user("Half a house")
    with scene.history() as connection:
        connection.execute(
            """
            INSERT INTO reservations
                (user_id, seat_id, show_id, status, price, hold_expiry, created_at, confirmed_at, changed_by,
                 changed_through)
            SELECT %s, id, show_id, 'CONFIRMED', 0, now() + interval '10 minutes', now(), now(), %s, 'page'
            FROM seats
            WHERE show_id = %s AND id %% 2 = 0
            """,
            (buyer.id, buyer.id, show.id),
        )
