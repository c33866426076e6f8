"""A site of one's own that can be hurt: gunicorn with its workers, known by their ids, always at one address."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from bench.faults.processes import children, end_with_us, sockets, stopped, wait_until
from tests.conftest import KEY, NO_LIMITS
from tests.test_launch import ROOT, SETTINGS

WORKERS = 2
SAID = 3000  # characters of the log that are shown where a drill cannot go on


class Site:
    """The site at `url`. The address listens all the while: who asks while nobody serves waits in its queue; unless it
    `binds` the address anew at each start."""

    def __init__(
        self, listener: socket.socket, application: str, settings: dict[str, str], *, binds: bool = False
    ) -> None:
        self.listener = listener
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self.log = tempfile.TemporaryFile("w+")  # noqa: SIM115 -- closed with the site
        self._application = application
        self._binds = binds
        self._environ = {name: value for name, value in os.environ.items() if name not in SETTINGS} | settings
        self.master: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start its processes, and wait until it answers."""
        listener = self.listener.fileno()
        place = {"PORT": self.url.rpartition(":")[2]} if self._binds else {"HOLDFAST_LISTENER": str(listener)}
        self.master = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", self._application],
            cwd=ROOT,
            env={**self._environ, **place},
            pass_fds=() if self._binds else [listener],
            stdout=self.log,
            stderr=self.log,
            preexec_fn=end_with_us,
            start_new_session=True,
        )
        wait_until(self._answers)
        self.until_all_serve()

    def _answers(self) -> bool:
        with suppress(URLError), urlopen(f"{self.url}/healthz", timeout=60) as answer:
            return bool(answer.status == 200)
        return False

    def until_all_serve(self, but: Collection[int] = ()) -> None:
        """Wait until it has all its workers, `but` those, and each has begun to serve: beside the address it has a
        connection, by which it sweeps if nothing else."""
        number = int(self._environ["WEB_CONCURRENCY"])
        wait_until(lambda: sum(sockets(worker) > 1 for worker in self.workers() if worker not in but) >= number)

    def workers(self) -> list[int]:
        """The ids of its workers, oldest first."""
        assert self.master is not None
        return children(self.master.pid)

    def tell(self, how: signal.Signals) -> None:
        """Signal its master."""
        assert self.master is not None
        self.master.send_signal(how)

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Have it end, and wait until it has."""
        if self.master is not None:
            self.tell(how)
            self.master.wait(timeout=60)
            self.master = None

    @contextmanager
    def answered_by(self, worker: int) -> Iterator[int]:
        """Whoever asks meanwhile on a new connection is answered by this worker: the others stand still."""
        with stopped(other for other in self.workers() if other != worker):
            yield worker

    def said(self) -> str:
        """What its processes wrote into the log."""
        self.log.seek(0)
        return self.log.read()


@contextmanager
def site_on(*, application: str = "wsgi:app", binds: bool = False, **settings: Any) -> Iterator[Site]:
    """A site with two workers and no limits for as long as the block lasts; `settings` by their names in capitals,
    DATABASE_URL or DATA_DIR among them."""
    chosen = {"SECRET_KEY": KEY, "WEB_CONCURRENCY": WORKERS, **NO_LIMITS, **settings}
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as listener:
        site = Site(listener, application, {name: str(value) for name, value in chosen.items()}, binds=binds)
        if binds:
            listener.close()
        try:
            site.start()
            yield site
        except BaseException:
            print(site.said()[-SAID:], file=sys.stderr)
            raise
        finally:
            site.end(signal.SIGINT)
            site.log.close()
