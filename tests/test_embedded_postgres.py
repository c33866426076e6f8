"""The embedded PostgreSQL, with real servers and real kills."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
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
    """A folder with a short name (pytest's own are too long for a socket)."""
    with tempfile.TemporaryDirectory(prefix="holdfast-tests-") as place:
        yield Path(place)


@pytest.fixture
def cluster_in(folder: Path) -> Iterator[Callable[..., Cluster]]:
    """Makes clusters in `folder`, or in one below it, and stops them when the test is over."""
    made: list[Cluster] = []

    def make(name: str = ".", *, durable: bool = True) -> Cluster:
        made.append(Cluster(folder / name, durable=durable))
        return made[-1]

    yield make
    for cluster in made:
        cluster.leave(how=signal.SIGQUIT)


@pytest.fixture(scope="module")
def made_once() -> Iterator[Path]:
    """The folder of a server that ran and stopped: copying it is quicker than making it again for each test."""
    with tempfile.TemporaryDirectory(prefix="holdfast-tests-") as place:
        cluster = Cluster(Path(place, "made"), durable=False)
        cluster.start()
        assert cluster.leave()
        yield cluster.folder


@pytest.fixture
def cluster(folder: Path, made_once: Path, cluster_in: Callable[..., Cluster]) -> Cluster:
    """A running server, as durable as in production."""
    subprocess.run(["cp", "-a", f"{made_once}/.", str(folder)], check=True)
    running = cluster_in()
    running.start()
    return running


def process_id(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().splitlines()[0])


def note_something(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url()) as connection:
        connection.execute("CREATE TABLE notes AS SELECT 'kept' AS text")


def what_was_noted(cluster: Cluster) -> str:
    with psycopg.connect(cluster.url()) as connection:
        ((text,),) = connection.execute("SELECT text FROM notes").fetchall()
    return str(text)


def is_stopped(cluster: Cluster) -> bool:
    """Whether no process of the server is left: they all hold its lock."""
    with (cluster.folder / "server.lock").open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def another_process(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", USE_UNTIL_TOLD, str(folder)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def let_end(process: subprocess.Popen[str]) -> None:
    process.communicate("\n")
    assert process.returncode == 0


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_a_second_start_finds_the_running_server(cluster: Cluster, cluster_in: Callable[..., Cluster]) -> None:
    running = process_id(cluster)
    again = cluster_in()
    again.start()
    assert process_id(again) == running
    assert again.url() == cluster.url()


def test_the_data_is_kept_from_one_run_to_the_next(cluster: Cluster) -> None:
    note_something(cluster)
    assert cluster.leave()
    assert is_stopped(cluster)
    cluster.start()
    assert what_was_noted(cluster) == "kept"


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
    assert is_stopped(Cluster(folder))


def test_stopping_leaves_a_server_that_another_process_uses(cluster: Cluster) -> None:
    other = another_process(cluster.folder)
    url = first_line(other)
    assert not cluster.leave()
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    let_end(other)
    assert is_stopped(cluster)


def test_a_killed_process_does_not_count_as_a_user(cluster: Cluster) -> None:
    other = another_process(cluster.folder)
    first_line(other)
    other.kill()
    other.communicate()
    assert cluster.leave()
    assert is_stopped(cluster)


def test_a_killed_server_starts_again_with_what_was_committed(cluster: Cluster) -> None:
    note_something(cluster)
    os.kill(process_id(cluster), signal.SIGKILL)
    cluster.start()
    assert what_was_noted(cluster) == "kept"


def test_a_stale_process_id_that_now_belongs_to_a_stranger_is_not_believed(cluster: Cluster) -> None:
    note_something(cluster)
    stale = (cluster.data / "postmaster.pid").read_text().replace(str(process_id(cluster)), str(os.getpid()), 1)
    assert cluster.leave()
    (cluster.data / "postmaster.pid").write_text(stale)
    (cluster.data / ".s.PGSQL.5432.lock").write_text(stale)
    cluster.start()
    assert process_id(cluster) != os.getpid()
    assert what_was_noted(cluster) == "kept"


def test_a_start_killed_while_it_makes_the_data_is_made_good_by_the_next(
    folder: Path, cluster_in: Callable[..., Cluster]
) -> None:
    killed = another_process(folder)
    while not (draft := folder / "18.new").exists():
        assert killed.poll() is None
    killed.kill()
    killed.communicate()
    assert not (folder / "18").exists()
    cluster = cluster_in(durable=False)
    cluster.start()
    assert not draft.exists()
    note_something(cluster)
    assert what_was_noted(cluster) == "kept"


def test_the_application_has_no_power_over_the_server(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        powers = "rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls"
        assert connection.execute(f"SELECT {powers} FROM pg_roles WHERE rolname = current_user").fetchone() == (
            *[False] * 5,
        )
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


@pytest.mark.parametrize(
    "name", ['o\'clock and "spaces"', "a, comma", "so long that no socket's name fits " + "x" * 100]
)
def test_it_runs_in_any_folder(folder: Path, name: str, made_once: Path, cluster_in: Callable[..., Cluster]) -> None:
    subprocess.run(["cp", "-a", str(made_once), str(folder / name)], check=True)
    cluster = cluster_in(name)
    cluster.start()
    note_something(cluster)
    assert what_was_noted(cluster) == "kept"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can enter where nobody else may")
def test_root_runs_it_below_a_folder_that_only_root_may_enter(folder: Path, cluster_in: Callable[..., Cluster]) -> None:
    assert folder.stat().st_mode & 0o077 == 0
    assert folder.stat().st_uid == 0
    cluster = cluster_in("inner", durable=False)
    cluster.start()
    note_something(cluster)
    assert what_was_noted(cluster) == "kept"


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
    (cluster.data / "global" / "pg_control").write_bytes(b"")
    with pytest.raises(EmbeddedPostgresError, match=r"PostgreSQL does not start: .*(PANIC|FATAL).*pg_control"):
        cluster.start()
