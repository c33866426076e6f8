"""The embedded PostgreSQL, with real servers and real kills."""

import fcntl
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from webapp.embedded_postgres import SUPERUSER, Cluster, EmbeddedPostgresError, binaries

USE_UNTIL_TOLD = """
import sys
from pathlib import Path
from webapp.embedded_postgres import Cluster
cluster = Cluster(Path(sys.argv[1]))
cluster.start()
print(cluster.url(), flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder with a short name (pytest's own are too long for a socket)."""
    with tempfile.TemporaryDirectory(prefix="holdfast-embedded-") as place:
        yield Path(place)


@pytest.fixture(scope="module")
def the_cluster() -> Iterator[Cluster]:
    with tempfile.TemporaryDirectory(prefix="holdfast-embedded-") as place:
        cluster = Cluster(Path(place, "postgres"))
        yield cluster
        cluster.leave(how=signal.SIGQUIT)


@pytest.fixture
def cluster(the_cluster: Cluster) -> Cluster:
    """A running server with one note in its database, whatever the test before did to it."""
    the_cluster.start()
    with psycopg.connect(the_cluster.url()) as connection:
        connection.execute("DROP TABLE IF EXISTS notes")
        connection.execute("CREATE TABLE notes AS SELECT 'kept' AS text")
    return the_cluster


def noted(cluster: Cluster) -> str:
    with psycopg.connect(cluster.url()) as connection:
        ((text,),) = connection.execute("SELECT text FROM notes").fetchall()
    return str(text)


def works(cluster: Cluster) -> bool:
    with psycopg.connect(cluster.url()) as connection:
        return connection.execute("SELECT current_database()").fetchone() == ("holdfast",)


def process_id(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().splitlines()[0])


def is_stopped(folder: Path) -> bool:
    """Whether no process of the server is left: they all hold its lock."""
    with (folder / "server.lock").open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def another_process(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", USE_UNTIL_TOLD, str(folder)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def let_end(process: subprocess.Popen[str]) -> None:
    process.communicate("\n")
    assert process.returncode == 0


def test_a_second_start_finds_the_running_server(cluster: Cluster) -> None:
    running, url = process_id(cluster), cluster.url()
    again = Cluster(cluster.folder)
    again.start()
    assert process_id(cluster) == running
    assert again.url() == url
    assert not again.leave()


def test_the_data_is_kept_from_one_run_to_the_next(cluster: Cluster) -> None:
    assert cluster.leave()
    assert is_stopped(cluster.folder)
    cluster.start()
    assert noted(cluster) == "kept"


def test_what_is_committed_survives_a_power_cut(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url()) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            assert connection.execute(f"SHOW {setting}").fetchone() == ("on",), setting


def test_two_processes_that_start_it_at_once_share_one_server(folder: Path) -> None:
    processes = [another_process(folder) for _ in range(2)]
    first, second = (first_line(process) for process in processes)
    assert first == second
    assert first.startswith("postgresql://")
    for process in processes:
        let_end(process)
    assert is_stopped(folder)


def test_stopping_leaves_a_server_that_another_process_uses(cluster: Cluster) -> None:
    other = another_process(cluster.folder)
    assert first_line(other) == cluster.url()
    assert not cluster.leave()
    assert works(cluster)
    let_end(other)
    assert is_stopped(cluster.folder)


def test_a_killed_process_does_not_count_as_a_user(cluster: Cluster) -> None:
    other = another_process(cluster.folder)
    first_line(other)
    other.kill()
    other.communicate()
    assert cluster.leave()
    assert is_stopped(cluster.folder)


def test_a_killed_server_starts_again_with_what_was_committed(cluster: Cluster) -> None:
    os.kill(process_id(cluster), signal.SIGKILL)
    cluster.start()
    assert noted(cluster) == "kept"


def test_a_stale_process_id_that_now_belongs_to_a_stranger_is_not_believed(cluster: Cluster) -> None:
    stale = (cluster.data / "postmaster.pid").read_text().replace(str(process_id(cluster)), str(os.getpid()), 1)
    assert cluster.leave()
    for file in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        (cluster.data / file).write_text(stale)
    cluster.start()
    assert process_id(cluster) != os.getpid()
    assert noted(cluster) == "kept"


def test_a_start_killed_while_it_makes_the_data_is_made_good_by_the_next(folder: Path) -> None:
    killed = another_process(folder)
    whole, draft = folder / "18", folder / "18.new"
    while not draft.exists():
        assert not whole.exists()
        assert killed.poll() is None
    killed.kill()
    killed.communicate()
    assert not whole.exists()
    cluster = Cluster(folder, durable=False)
    cluster.start()
    assert not draft.exists()
    assert works(cluster)
    assert cluster.leave()


def test_the_application_has_no_power_over_the_server(cluster: Cluster) -> None:
    powers = "rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls"
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        row = connection.execute(f"SELECT {powers} FROM pg_roles WHERE rolname = current_user").fetchone()
        assert row == (False,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SET session_replication_role = replica")
    with psycopg.connect(cluster.url(SUPERUSER)) as connection:
        connection.execute("SET session_replication_role = replica")


def test_nobody_else_gets_in(cluster: Cluster) -> None:
    assert cluster.folder.stat().st_mode & 0o077 == 0
    for role in ("postgres", "holdfast"):
        assert (cluster.folder / f"{role}.password").stat().st_mode & 0o077 == 0
        with pytest.raises(psycopg.OperationalError, match="no password supplied"):
            psycopg.connect(host=str(cluster.data), user=role, dbname="postgres")


@pytest.mark.parametrize("name", ['o\'clock and "spaces"', "a, comma", "no socket has so long a name " + "x" * 100])
def test_its_folder_may_move_and_have_any_name(cluster: Cluster, name: str) -> None:
    assert cluster.leave()
    moved = Cluster(cluster.folder.rename(cluster.folder.with_name(name)))
    moved.start()
    assert noted(moved) == "kept"
    assert moved.leave()
    moved.folder.rename(cluster.folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can enter where nobody else may")
def test_root_runs_it_below_a_folder_that_only_root_may_enter(folder: Path) -> None:
    assert folder.stat().st_mode & 0o077 == 0
    assert folder.stat().st_uid == 0
    cluster = Cluster(folder / "inner", durable=False)
    cluster.start()
    assert works(cluster)
    assert cluster.leave()


def test_a_folder_that_cannot_be_written_is_said(folder: Path) -> None:
    (folder / "a file").touch()
    with pytest.raises(EmbeddedPostgresError) as refused:
        Cluster(folder / "a file" / "below").start()
    assert "a file/below cannot be used: Not a directory. Choose another with DATA_DIR" in str(refused.value)


def test_a_machine_without_binaries_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(binaries.FOLDERS, 18, "nowhere")
    with pytest.raises(EmbeddedPostgresError, match=r"There is no embedded PostgreSQL 18 .* Set DATABASE_URL"):
        binaries.find_binaries()


def test_data_that_does_not_start_is_said_with_the_reason(cluster: Cluster) -> None:
    assert cluster.leave()
    control = cluster.data / "global" / "pg_control"
    whole = control.read_bytes()
    control.write_bytes(b"")
    try:
        with pytest.raises(EmbeddedPostgresError, match=r"PostgreSQL does not start: could not read .*pg_control"):
            cluster.start()
    finally:
        control.write_bytes(whole)
