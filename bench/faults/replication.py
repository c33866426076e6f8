"""A standby of a drill's PostgreSQL: made by pg_basebackup, fed over a way that can be cut, and promoted."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from bench.faults.processes import wait_until
from bench.faults.proxy import Way, way_to
from bench.faults.stage import Postgres
from webapp.embedded_postgres.binaries import choose_account, find_binaries
from webapp.embedded_postgres.cluster import SETTINGS, SOCKET

# How a primary and its standby are both started.
REPLICATED = {**SETTINGS, "wal_level": "replica", "max_wal_senders": "4"}
NAME = "standby"
# Both places, of which whoever connects finds the one that takes writes.
EITHER = "postgresql://{user}:{password}@/{dbname}?host={hosts}&port=5432,5432&target_session_attrs=read-write"


@dataclass(frozen=True)
class Standby:
    """A standby in `data`, fed over `way`; `superuser_url` is its own address."""

    data: Path
    way: Way
    superuser_url: str

    def promote(self) -> None:
        """Have it be the primary from now on."""
        with psycopg.connect(self.superuser_url, autocommit=True) as connection:
            connection.execute("SELECT pg_promote(true, 60)")

    def or_primary(self, primary_url: str) -> str:
        """The address of the database that takes writes, whether the primary's or this one's."""
        place = conninfo_to_dict(primary_url)
        hosts = quote(f"{place['host']},{self.data}", safe=",/")
        return EITHER.format(hosts=hosts, **{name: place[name] for name in ("user", "password", "dbname")})


@contextmanager
def standby_of(primary: Postgres, *, synchronous: bool) -> Iterator[Standby]:
    """A standby that streams, for as long as the block lasts; a commit waits for it where it is `synchronous`."""
    folder, binaries = Path(tempfile.mkdtemp(prefix="holdfast-standby-")), find_binaries()
    account = choose_account(folder, binaries)
    data = folder / "18"
    place = conninfo_to_dict(primary.superuser_url)
    superuser_url = f"postgresql://{place['user']}:{place['password']}@/{place['dbname']}?host={quote(str(data))}"

    def run(*command: str, cwd: Path) -> None:
        done = account.run([str(binaries / command[0]), *command[1:]], cwd)
        log = folder / "server.log"
        assert done.returncode == 0, done.stdout + (log.read_text() if log.exists() else "")

    with way_to(primary.superuser_url) as way:
        fed_by = make_conninfo(way.url, application_name=NAME)
        run("pg_basebackup", "-D", "18", "-R", "-X", "stream", "-c", "fast", "-d", fed_by, cwd=folder)
        (data / f"{SOCKET}.lock").unlink()  # the primary's
        settings = {**REPLICATED, "listen_addresses": "", "unix_socket_directories": ".", "port": "5432"}
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        run("pg_ctl", "start", "-w", "-D", ".", "-l", "../server.log", "-o", options, cwd=data)
        try:
            _await(primary, "state = 'streaming'")
            if synchronous:
                with psycopg.connect(primary.superuser_url, autocommit=True) as connection:
                    connection.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{NAME}'")
                    connection.execute("SELECT pg_reload_conf()")
                _await(primary, "sync_state = 'sync'")
            yield Standby(data, way, superuser_url)
        finally:
            run("pg_ctl", "stop", "-m", "immediate", "-D", ".", cwd=data)
            shutil.rmtree(folder, ignore_errors=True)


def _await(primary: Postgres, condition: str) -> None:
    with psycopg.connect(primary.superuser_url, autocommit=True) as connection:
        wait_until(lambda: connection.execute(f"SELECT FROM pg_stat_replication WHERE {condition}").rowcount)
