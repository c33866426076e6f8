"""The site under test: `python -m webapp.launch` on a database of its own, with gunicorn and its gevent workers."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.conftest import NO_LIMITS
from tests.postgres import Database
from tests.test_launch import READY, free_port
from webapp.config import Settings

ROOT = Path(__file__).parents[2]
# So that of two people who compete each is, as often as not, answered by another process.
WORKERS = 2


@dataclass(frozen=True)
class Site:
    """A site that serves, for browsers and for programs."""

    url: str

    def ask(self, method: str, path: str, token: str, body: Any = None) -> tuple[int, Any]:
        """What curl would do: the status and the JSON that a program is answered with."""
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        try:
            with urlopen(Request(self.url + path, data, headers, method=method), timeout=30) as answer:
                return answer.status, json.load(answer)
        except HTTPError as refused:
            with refused:
                return refused.code, json.load(refused)


@contextmanager
def serving(database: Database, key: str, **more: Any) -> Iterator[Site]:
    """A site for as long as the block lasts, without limits where `more` settings name none; at the end it must have
    had nothing to complain of."""
    port = free_port()
    chosen = {"PORT": port, "DATABASE_URL": database.url, "SECRET_KEY": key, "WEB_CONCURRENCY": WORKERS}
    chosen |= {**NO_LIMITS, **more}
    # The launcher is told our id, so that the site ends with us even if we are killed.
    command = [sys.executable, "-m", "webapp.launch", str(os.getpid())]
    with tempfile.TemporaryFile("w+") as log:
        with subprocess.Popen(
            command, cwd=ROOT, env=_environment(chosen), stdout=subprocess.PIPE, stderr=log, start_new_session=True
        ) as process:
            try:
                if _says_it_is_ready(process):
                    yield _answering(Site(f"http://127.0.0.1:{port}"))
            finally:
                process.send_signal(signal.SIGINT)  # as Ctrl-C: at once
                process.communicate(timeout=30)
                log.seek(0)
                said = log.read()
        assert said == "", f"the site complained:\n{said}"


def _says_it_is_ready(process: subprocess.Popen[bytes]) -> bool:
    assert process.stdout is not None
    return any(READY.encode() in line for line in iter(process.stdout.readline, b""))


def _answering(site: Site) -> Site:
    """The site once it answers: it listens already, so the first request waits in its queue and is enough."""
    with urlopen(f"{site.url}/healthz", timeout=60) as answer:
        assert answer.status == 200
    return site


def _environment(chosen: dict[str, Any]) -> dict[str, str]:
    ours = {setting.upper() for setting in Settings.__dataclass_fields__}
    environ = {name: value for name, value in os.environ.items() if name not in ours}
    return {**environ, **{name: str(value) for name, value in chosen.items()}}
