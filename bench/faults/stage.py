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

from bench.faults.processes import children, send
from tests.conftest import MIGRATIONS, app_on
from tests.connections import hang_up
from tests.postgres import FOLDERS, Server
from tests.scenes import Scene
from webapp.embedded_postgres import SUPERUSER, Cluster
from webapp.extensions import db


@dataclass(frozen=True)
class Postgres:
    """A PostgreSQL with durable settings, known by its processes."""

    cluster: Cluster

    @property
    def superuser_url(self) -> str:
        """Its address for the superuser."""
        return self.cluster.url(SUPERUSER, "postgres")

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
def own_postgres(settings: Mapping[str, str] | None = None) -> Iterator[Postgres]:
    """A PostgreSQL for as long as the block lasts, with more `settings` by their names (not those that the embedded one
    sets itself)."""
    folder = Path(tempfile.mkdtemp(prefix=FOLDERS))
    postgres = Postgres(Cluster(folder, durable=True))
    try:
        postgres.start()
        if settings:
            with psycopg.connect(postgres.superuser_url, autocommit=True) as connection:
                for name, value in settings.items():
                    connection.execute(f"ALTER SYSTEM SET {name} = '{value}'")
            send(signal.SIGINT, [postgres.pid])
            postgres.start()
        yield postgres
    finally:
        postgres.cluster.leave(how=signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def scene_on(postgres: Postgres) -> Iterator[Scene]:
    """A scene on a migrated database of this PostgreSQL."""
    database = Server(postgres.superuser_url).create_database()
    app = app_on(database)
    with app.app_context():
        upgrade(MIGRATIONS)
        db.engine.dispose()
        yield Scene(app, database)
        db.engine.dispose()
    hang_up(database.url)
