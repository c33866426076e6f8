"""`python -m webapp.launch`, which is what `make run` runs: real processes, real signals."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields
from pathlib import Path
from time import monotonic
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.postgres import Database
from webapp import launch
from webapp.config import Settings

ROOT = Path(__file__).parent.parent
LAUNCH = (sys.executable, "-m", "webapp.launch")
READY = "Holdfast is at "
SETTINGS = {setting.name.upper() for setting in fields(Settings)}
STARTS_AND_WAITS = """
import os, subprocess, sys
subprocess.run([*sys.argv[1:], str(os.getpid())])
"""
IMPORTS_THE_DRIVER_TOO_EARLY = """
import runpy
import psycopg
from gevent import monkey
monkey.patch_all()
runpy.run_path("gunicorn.conf.py")["refuse_a_blocking_driver"]()
"""


class Site:
    """A started site: its processes, what they printed so far, and where they listen."""

    def __init__(self, command: tuple[str, ...] = LAUNCH, **settings: object) -> None:
        self.port = settings.setdefault("PORT", free_port())
        environ = {name: value for name, value in os.environ.items() if name not in SETTINGS}
        chosen = {"WEB_CONCURRENCY": 1, **settings}
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**environ, **{name: str(value) for name, value in chosen.items()}},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.printed = ""

    def until(self, words: str) -> None:
        """Read what it prints up to the line with these words."""
        assert self.process.stdout is not None
        while words not in self.printed:
            line = self.process.stdout.readline()
            assert line, f"ended without {words!r}: {self.printed}"
            self.printed += line

    def health(self) -> int:
        """What it answers once it serves; until then it listens already, and the request waits."""
        self.until(READY)
        with urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=60) as answer:
            return int(answer.status)

    def press_ctrl_c(self) -> int:
        os.killpg(self.process.pid, signal.SIGINT)
        return self.until_end()

    def until_end(self) -> int:
        """Wait until every process of the site is gone: each holds the other end of what we read."""
        rest, _ = self.process.communicate(timeout=60)
        self.printed += rest
        return self.process.returncode


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def site(command: tuple[str, ...] = LAUNCH, **settings: object) -> Iterator[Site]:
    """A site that is gone when the block ends, however it ends."""
    started = Site(command, **settings)
    try:
        yield started
    finally:
        if started.process.poll() is None:
            started.press_ctrl_c()


@pytest.fixture(scope="module")
def first_start() -> Iterator[tuple[Path, Site]]:
    """The folder of a site that was started from nothing and stopped, and that site."""
    with tempfile.TemporaryDirectory(prefix="holdfast-embedded-") as place:
        with site(DATA_DIR=place) as first:
            assert first.health() == 200
        yield Path(place), first


@pytest.fixture
def data_dir(first_start: tuple[Path, Site]) -> Path:
    """A folder in which a site has been started before."""
    return first_start[0]


def database_is_stopped(data_dir: Path) -> bool:
    return not (data_dir / "postgres" / "18" / "postmaster.pid").exists()


def postmaster(data_dir: Path) -> int:
    """The process id of the database's server; 0 where there is none."""
    try:
        return int((data_dir / "postgres" / "18" / "postmaster.pid").read_text().splitlines()[0])
    except FileNotFoundError:
        return 0


def test_a_start_from_nothing_says_where_it_is_and_who_can_sign_in(first_start: tuple[Path, Site]) -> None:
    _, first = first_start
    assert "Demo organizer: " in first.printed
    assert "Demo buyer: " in first.printed
    assert f"{READY}http://127.0.0.1:{first.port} " in first.printed


def test_ctrl_c_leaves_nothing_running(data_dir: Path) -> None:
    with site(DATA_DIR=data_dir) as started:
        assert started.health() == 200
        assert started.press_ctrl_c() == 0
        assert database_is_stopped(data_dir)
        assert "Traceback" not in started.printed


def test_a_taken_port_is_said_and_on_another_port_two_share_the_database(data_dir: Path) -> None:
    with site(DATA_DIR=data_dir) as first:
        first.until(READY)
        with site(DATA_DIR=data_dir, PORT=first.port) as refused:
            assert refused.until_end() == 1
            assert f"127.0.0.1, port {first.port}, cannot be had: another program" in refused.printed
            assert f"make run PORT={int(str(first.port)) + 1}" in refused.printed
        with site(DATA_DIR=data_dir) as second:
            assert second.health() == 200
        assert first.health() == 200
    assert database_is_stopped(data_dir)


@pytest.mark.parametrize("last_words", ["Starting PostgreSQL", READY])
def test_after_a_kill_the_next_start_serves(data_dir: Path, last_words: str) -> None:
    with site(DATA_DIR=data_dir) as killed:
        killed.until(last_words)
        killed.process.kill()
        assert killed.until_end() == -signal.SIGKILL
    with site(DATA_DIR=data_dir) as started:
        assert started.health() == 200


def test_a_database_that_is_killed_is_started_again(data_dir: Path) -> None:
    with site(DATA_DIR=data_dir) as started:
        assert started.health() == 200
        killed = postmaster(data_dir)
        os.kill(killed, signal.SIGKILL)
        give_up_at = monotonic() + 60
        while True:
            with suppress(HTTPError), urlopen(f"http://127.0.0.1:{started.port}/readyz", timeout=60) as ready:
                if ready.status == 200 and postmaster(data_dir) != killed:
                    break
            assert monotonic() < give_up_at, "nobody started it again"
    assert database_is_stopped(data_dir)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process hears that its parent was killed")
def test_it_ends_when_the_process_that_started_it_is_killed(data_dir: Path) -> None:
    with site((sys.executable, "-c", STARTS_AND_WAITS, *LAUNCH), DATA_DIR=data_dir) as started:
        assert started.health() == 200
        started.process.kill()
        started.until_end()
    assert database_is_stopped(data_dir)


def test_with_a_database_of_ones_own_the_embedded_one_is_never_touched(own_database: Database, tmp_path: Path) -> None:
    with site(DATABASE_URL=own_database.url, SECRET_KEY="k" * 40, DATA_DIR=tmp_path / "unused") as started:
        assert started.health() == 200
        assert "Demo" not in started.printed
    assert not (tmp_path / "unused").exists()


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"DATABASE_URL": "postgresql://x@127.0.0.1/x"}, "SECRET_KEY must be set when DATABASE_URL is"),
        ({"DATABASE_URL": "postgresql://x@127.0.0.1:1/x", "SECRET_KEY": "k" * 40}, "the database does not answer"),
        ({"PORT": "80 80"}, "PORT must be a number from 1 to 65535; '80 80' is not."),
        ({"HOST": "192.0.2.1"}, "192.0.2.1, port "),
        ({"DATA_DIR": "/dev/null/data"}, "The folder /dev/null/data/postgres cannot be used: Not a directory."),
    ],
)
def test_what_prevents_a_start_is_said_in_a_sentence(
    settings: dict[str, str], sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    for name, value in {"PORT": str(free_port()), **settings}.items():
        monkeypatch.setenv(name, value)
    assert launch.main([]) == 1
    assert f"Holdfast cannot start: {sentence}" in capsys.readouterr().err


def test_a_worker_refuses_to_start_with_a_driver_that_would_block_it() -> None:
    command = [sys.executable, "-c", IMPORTS_THE_DRIVER_TOO_EARLY]
    early = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "RuntimeError: psycopg was imported before gevent patched" in early.stderr
