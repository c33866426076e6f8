"""Starts the embedded PostgreSQL again where it was killed; of a database of one's own, whoever runs it takes care."""

import logging
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from time import sleep

from webapp import embedded_postgres

PAUSE_SECONDS = 0.5
# Where it cannot be started, as with a full disk, it is tried again and again, but not at once.
PAUSE_AFTER_FAILURE = 5

log = logging.getLogger(__name__)


def keep_alive(data_dir: Path) -> None:
    """Look twice a second, beside the requests of this process, whether the server in `data_dir` has ended, and start
    it again; of several processes that do so, one starts it."""
    threading.Thread(target=_keep_alive, args=(data_dir.absolute(),), name="revival", daemon=True).start()


def _keep_alive(data_dir: Path) -> None:
    while True:
        sleep(PAUSE_SECONDS)
        with suppress(OSError):  # the folder is gone, or too many files are open
            if embedded_postgres.has_ended(data_dir) and not _start(data_dir):
                sleep(PAUSE_AFTER_FAILURE)


def _start(data_dir: Path) -> bool:
    """Start it; says whether it runs. A process of its own does it: to wait here for a file's lock would stop all
    requests of this one."""
    command = [sys.executable, "-m", "embedded_postgres", "start", str(data_dir)]
    here = Path(__file__).parent
    done = subprocess.run(command, cwd=here, capture_output=True, text=True, start_new_session=True, check=False)  # noqa: S603
    if done.returncode == 0:
        log.warning("PostgreSQL had ended, and was started again")
    else:
        log.error("PostgreSQL has ended, and cannot be started again: %s", done.stderr.strip().rpartition("\n")[2])
    return done.returncode == 0
