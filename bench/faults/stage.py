"""The stage of a drill: a PostgreSQL that keeps what it acknowledged, and can be hurt; and a scene on it."""

import shutil
import signal
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from flask_migrate import upgrade

from bench.faults.processes import children, send, wait_until
from tests.conftest import MIGRATIONS, app_on
from tests.connections import hang_up
from tests.postgres import Database
from tests.scenes import Scene
from webapp.embedded_postgres import APPLICATION, SUPERUSER, Cluster
from webapp.embedded_postgres.cluster import SETTINGS
from webapp.extensions import db

FOLDERS = "holdfast-faults-"


@dataclass(frozen=True)
class Postgres:
    """A PostgreSQL with durable settings, known by its processes."""

    data_dir: Path
    cluster: Cluster

    @property
    def superuser_url(self) -> str:
        """The address of the application's database for the superuser."""
        return self.cluster.url(SUPERUSER, APPLICATION)

    @property
    def pid(self) -> int:
        """The postmaster's process id."""
        return int((self.cluster.data / "postmaster.pid").read_text().splitlines()[0])

    def kill(self) -> None:
        """Kill the postmaster and all its children as they stand, as when the machine runs out of memory."""
        postmaster = self.pid
        send(signal.SIGSTOP, [postmaster])  # so that it starts no more
        send(signal.SIGKILL, [*children(postmaster), postmaster])

    def start(self) -> None:
        """Start it again, at the same address; returns when it has recovered and answers."""
        self.cluster.start()


@contextmanager
def own_postgres(
    settings: Mapping[str, str] | None = None, *, started_with: Mapping[str, str] = SETTINGS
) -> Iterator[Postgres]:
    """A PostgreSQL for as long as the block lasts, as `make run` has it in its DATA_DIR, with more `settings` by their
    names; those that it is `started_with` go before."""
    _remove_what_killed_drills_left()
    data_dir = Path(tempfile.mkdtemp(prefix=FOLDERS))
    postgres = Postgres(data_dir, Cluster(data_dir / "postgres", settings=started_with))
    try:
        postgres.start()
        if settings:
            with psycopg.connect(postgres.superuser_url, autocommit=True) as connection:
                for name, value in settings.items():
                    connection.execute(f"ALTER SYSTEM SET {name} = '{value}'")
            send(signal.SIGINT, [postgres.pid])
            wait_until(postgres.cluster.has_ended)
            postgres.start()
        yield postgres
    finally:
        postgres.cluster.leave(how=signal.SIGQUIT)
        shutil.rmtree(data_dir, ignore_errors=True)


def _remove_what_killed_drills_left() -> None:
    for data_dir in Path(tempfile.gettempdir()).glob(f"{FOLDERS}*"):
        if (data_dir / "postgres").is_dir() and Cluster(data_dir / "postgres").leave(how=signal.SIGQUIT):
            shutil.rmtree(data_dir, ignore_errors=True)


@contextmanager
def scene_on(postgres: Postgres) -> Iterator[Scene]:
    """A scene on the application's database in this PostgreSQL, migrated."""
    with scene_at(Database(APPLICATION, postgres.cluster.url(), postgres.superuser_url)) as scene:
        upgrade(MIGRATIONS)
        yield scene


@contextmanager
def scene_at(database: Database) -> Iterator[Scene]:
    """A scene on a database that is there already."""
    app = app_on(database)
    with app.app_context():
        yield Scene(app, database)
        db.engine.dispose()
    hang_up(database.url)
