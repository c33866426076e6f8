"""PostgreSQL for the tests: a throw-away server of this test process's own, or the one TEST_POSTGRES_URL names.

TEST_POSTGRES_URL: a superuser's address on any server, 15 to 18. TEST_POSTGRES_VERSION=16: the wheel's older server.
"""

import os
import secrets
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from webapp.embedded_postgres import SUPERUSER, Cluster

FOLDERS = "holdfast-tests-"


@dataclass(frozen=True)
class Database:
    """A database that the application's role owns. Both addresses suit SQLAlchemy and `psycopg.connect` alike."""

    name: str
    url: str
    superuser_url: str


class Server:
    """A running PostgreSQL, seen by its superuser; an application role of its own, powerless as the real one."""

    def __init__(self, superuser_url: str) -> None:
        self._url = make_url(superuser_url).set(drivername="postgresql")
        self._role = f"holdfast_test_{secrets.token_hex(4)}"
        self._password = secrets.token_urlsafe()
        self._made: list[Database] = []
        self._run("CREATE ROLE {} LOGIN PASSWORD {}", sql.Identifier(self._role), sql.Literal(self._password))

    def create_database(self, template: Database | None = None) -> Database:
        """A new database: empty, or a copy of `template`, to which nobody may be connected meanwhile."""
        name = f"holdfast_test_{secrets.token_hex(6)}"
        copied = sql.Identifier(template.name if template else "template0")
        self._run("CREATE DATABASE {} OWNER {} TEMPLATE {}", sql.Identifier(name), sql.Identifier(self._role), copied)
        mine = self._url.set(database=name)
        ours = mine.set(username=self._role, password=self._password)
        made = Database(name, *(url.render_as_string(hide_password=False) for url in (ours, mine)))
        self._made.append(made)
        return made

    def drop_database(self, database: Database) -> None:
        """Remove it, and end whatever is still connected to it."""
        self._made.remove(database)
        self._run("DROP DATABASE {} WITH (FORCE)", sql.Identifier(database.name))

    def drop_all(self) -> None:
        """Remove every database made here, and the role."""
        for database in list(self._made):
            self.drop_database(database)
        self._run("DROP ROLE {}", sql.Identifier(self._role))

    def _run(self, statement: str, *names: sql.Composable) -> None:
        with psycopg.connect(self._url.render_as_string(hide_password=False), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*names))


@contextmanager
def running_server() -> Iterator[Server]:
    """A server for as long as the block lasts. Each process has its own, so that what one leaves open holds back none
    of the others' change feeds, and nothing has to be agreed upon."""
    if url := os.environ.get("TEST_POSTGRES_URL"):
        server = Server(url)
        try:
            yield server
        finally:
            server.drop_all()
        return
    with throw_away_cluster() as cluster:
        yield Server(cluster.url(SUPERUSER, "postgres"))


@contextmanager
def throw_away_cluster() -> Iterator[Cluster]:
    """A server in a temporary folder, quick because it need not survive a power cut; stopped and removed afterwards."""
    _remove_what_killed_runs_left()
    folder = Path(tempfile.mkdtemp(prefix=FOLDERS))
    cluster = Cluster(folder, version=int(os.environ.get("TEST_POSTGRES_VERSION", "18")), durable=False)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.leave(how=signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)


def _remove_what_killed_runs_left() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDERS}*"):
        with suppress(OSError):  # another user's
            if (folder / "server.log").exists() and Cluster(folder).leave(how=signal.SIGQUIT):
                shutil.rmtree(folder, ignore_errors=True)
