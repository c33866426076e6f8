"""A full disk: first PostgreSQL's tables cannot grow, then its log (WAL) cannot either, at which it crashes; at last
somebody makes room and starts it.

Its data is on a small file system in memory, which only root can mount.
"""

import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from unittest.mock import patch

import psycopg

from bench.faults.drills import Control, Drill, Finding
from bench.faults.knocking import knocking
from bench.faults.sale import selling
from bench.faults.site import site_on
from bench.faults.stage import Postgres, own_postgres, scene_on
from bench.proof.judging.rules import LOST

SIZE = "256m"
FULL, NO_LOG = 5.0, 4.0  # seconds without room, and without any for the log either
LONGEST_WAIT = 8.0
BEGIN_NEW_LOG_FILE = "SELECT pg_switch_wal()"
# If it has not tried yet. It crashes at that.
WRITE_LOG = "CHECKPOINT"
MEGABYTE = bytes(1024 * 1024)


def run(settings: Mapping[str, str] | None = None) -> Finding:
    """Fill the disk while a crowd buys, and make room again."""
    finding = Finding()
    with (
        _small_disk() as disk,
        _postgres_on(disk, settings) as postgres,
        scene_on(postgres) as scene,
        site_on(DATABASE_URL=scene.database.url) as site,
    ):
        with selling(scene, site.url, patience=60) as sale, knocking(scene, site.url) as knocks:
            operator_url = postgres.superuser_url
            sale.go_on(10)
            with _full(disk):
                sleep(FULL)
            without_tables = knocks.statuses[503] + sale.statuses[503]
            tables_after = knocks.served_after(monotonic())
            # What is done from here on, who does not wait for the log has nowhere but in memory.
            _have(operator_url, BEGIN_NEW_LOG_FILE)
            sale.go_on(60)
            with _full(disk):
                _have(operator_url, BEGIN_NEW_LOG_FILE)
                sleep(NO_LOG)
                _have(operator_url, WRITE_LOG)
            postgres.start()
            log_after = knocks.served_after(monotonic())
            sale.go_on(10)
        sale.tell(finding)
        knocks.tell(finding, longest=LONGEST_WAIT)
        finding.measure("answers of 503 while only tables could not grow", without_tables, at_least=1)
        finding.measure("seconds until somebody is served, with room for tables again", tables_after, at_most=5)
        finding.measure("seconds until somebody is served, PostgreSQL started again", log_after, at_most=5)
    return finding


@contextmanager
def _small_disk() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=1777", "tmpfs", folder], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", folder], check=True)


@contextmanager
def _postgres_on(disk: Path, settings: Mapping[str, str] | None) -> Iterator[Postgres]:
    with patch.object(tempfile, "tempdir", str(disk)):
        own = own_postgres(settings)
        postgres = own.__enter__()
    try:
        yield postgres
    finally:
        own.__exit__(None, None, None)


@contextmanager
def _full(disk: Path) -> Iterator[None]:
    """Somebody else's file takes all the room that is left."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(MEGABYTE):
            pass
    with filler.open("ab", buffering=0) as file, suppress(OSError):
        while file.write(b"!" * 1024):
            pass
    try:
        yield
    finally:
        filler.unlink()


def _have(operator_url: str, statement: str) -> None:
    """Have PostgreSQL do this, if it runs."""
    with suppress(psycopg.OperationalError), psycopg.connect(operator_url, autocommit=True) as operator:
        operator.execute(statement)


NO_WAITING = {"synchronous_commit": "off", "wal_writer_delay": "10s"}

DRILL = Drill(
    "full_disk",
    "on a full disk people are told to come back (503), nothing that was acknowledged is lost, and it sells again when "
    "there is room",
    run,
    [Control("sales that wait for the log to be written (synchronous_commit=off)", partial(run, NO_WAITING), LOST)],
)
