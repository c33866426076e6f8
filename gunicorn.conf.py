"""How gunicorn serves the application; `make run` and a deployment use the same file.

Nothing here may import the application: this runs in the master, before gevent has patched, and psycopg picks its way
of waiting at import. Imported too early, each query would stop a whole worker (`post_worker_init` refuses that).
"""

import os
import runpy
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
settings = runpy.run_path(str(HERE / "webapp" / "config.py"))["Settings"].from_environment()
settings.refuse_to_serve_without_key()

if "GUNICORN_PID" in os.environ:  # started anew by SIGUSR2: the old master hands its sockets over itself
    os.environ.pop("HOLDFAST_LISTENER", None)
listener = os.environ.get("HOLDFAST_LISTENER")  # a socket that listens already, from webapp.launch
address = f"[{settings.host}]" if ":" in settings.host else settings.host
bind = f"fd://{listener}" if listener else f"{address}:{settings.port}"

proc_name = "holdfast"
worker_class = "gevent"
workers = settings.web_concurrency
worker_connections = 2000  # per worker; an open page with live seats is one
backlog = 1024
timeout = 30  # seconds without a sign of life before a worker is replaced
SUCCESSION = 60  # seconds that a reload waits at most for the new workers
graceful_timeout = 10  # seconds to finish requests and streams after SIGTERM
keepalive = 5

MOST_LET_IN = 8  # connections that a worker takes at a time; the rest may go to another one

limit_request_line = 4094
limit_request_fields = 64
limit_request_field_size = 8190
forwarded_allow_ips = ""  # the application trusts X-Forwarded headers itself, by TRUSTED_PROXIES

control_socket_disable = True  # by default gunicorn opens one in the home folder
loglevel = "warning"
accesslog = None


METRICS_FOLDERS = "holdfast-metrics-"


def metrics_folder() -> str:
    """The folder in which the workers of this master keep their figures: a new one, or that from before a reload."""
    mark = f"{METRICS_FOLDERS}{os.getpid()}-"
    for left in Path(tempfile.gettempdir()).glob(f"{METRICS_FOLDERS}*"):
        owner = left.name.removeprefix(METRICS_FOLDERS).partition("-")[0]
        if owner.isdecimal() and not is_alive(int(owner)):
            shutil.rmtree(left, ignore_errors=True)  # of a master that was killed
    kept = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
    return kept if Path(kept).name.startswith(mark) and Path(kept).is_dir() else tempfile.mkdtemp(prefix=mark)


def is_alive(pid: int) -> bool:
    """Whether there is such a process."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):  # another user's, or none
        return True
    return True


os.environ["PROMETHEUS_MULTIPROC_DIR"] = metrics_folder()


def when_ready(server: Any) -> None:
    """From here on the master knows what to do at Ctrl-C; until now webapp.launch had the signals wait."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})


def on_reload(server: Any) -> None:
    """At SIGHUP, let the workers of before serve until their successors do: gunicorn would end them once those were
    started, and whoever asks would wait until they have read all of the application."""
    last_age = server.worker_age

    def manage_workers() -> None:
        del server.manage_workers  # ours is for the one time after the successors were started
        give_up_at = time.monotonic() + SUCCESSION
        while time.monotonic() < give_up_at and server.SIG_QUEUE.empty():  # another signal need not wait
            server.reap_workers()
            if all(has_begun(worker) for worker in server.WORKERS.values() if worker.age > last_age):
                break
            time.sleep(0.1)
        server.manage_workers()

    server.manage_workers = manage_workers


def has_begun(worker: Any) -> bool:
    """Whether a worker has given its first sign of life, which it does when it serves: in time since the machine's
    start, and the file that has it was made in time since 1970."""
    return bool(worker.tmp.last_update() <= time.monotonic())


def post_fork(server: Any, worker: Any) -> None:
    """Make a process of its own out of the master's copy."""
    # Ctrl-C reaches all processes of a terminal: the master hears it, and tells the workers once.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    # Until the worker has handlers of its own, the master's would take a signal and do nothing.
    for ending in (signal.SIGTERM, signal.SIGQUIT):
        signal.signal(ending, lambda *_: os._exit(0))
    # Whoever tidies up temporary files may have taken it for one.
    Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]).mkdir(mode=0o700, exist_ok=True)
    let_go_of_database()  # the worker says for itself that it uses it


def post_worker_init(worker: Any) -> None:
    """Before a worker takes requests: its database driver lets others run while it waits, the sweeper sweeps, the
    embedded database is started again should it end, and event streams are to end when the worker is told to."""
    refuse_a_blocking_driver()
    if workers > 1:
        accept_several_at_a_time()
    from webapp.revival import keep_alive
    from webapp.services.seat_maps.watching import end_when
    from webapp.sweeper import start_sweeper
    from webapp.telemetry.measuring import start_measuring
    from webapp.telemetry.request_log import log_as_json

    log_as_json(worker.wsgi, settings.log_level)
    start_sweeper(worker.wsgi)
    start_measuring(worker.wsgi)
    if settings.database_url is None:
        keep_alive(settings.data_dir)
    end_when(lambda: not worker.alive)


def child_exit(server: Any, worker: Any) -> None:
    """Forget how busy a worker was that is gone; what it counted stays counted."""
    for gauges in Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]).glob(f"gauge_live*_{worker.pid}.db"):
        gauges.unlink(missing_ok=True)


def worker_int(worker: Any) -> None:
    """Stop at once, as Ctrl-C asks: a request under way is cut off, and PostgreSQL undoes what it had not finished."""
    # gunicorn would raise SystemExit in a greenlet of its own; met on its way out, the main one prints a traceback.
    os._exit(0)


def refuse_a_blocking_driver() -> None:
    """Have psycopg wait for a byte that only another greenlet can send; raises `RuntimeError` if it never runs."""
    from collections.abc import Generator

    import gevent
    from gevent import socket
    from psycopg import waiting

    def until_readable() -> Generator[waiting.Wait, waiting.Ready, bool]:
        return bool((yield waiting.Wait.R))

    here, there = socket.socketpair()
    with here, there:
        sending = gevent.spawn(there.send, b"!")
        cooperative = waiting.wait(until_readable(), here.fileno(), 0.2)
        sending.join()
    if not cooperative:
        raise RuntimeError("psycopg was imported before gevent patched: every query would stop the whole worker.")


def accept_several_at_a_time() -> None:
    """Have each worker let in several of those who knock whenever it looks.

    Where there are several workers, gunicorn has each let in one. While requests of before keep it busy it looks a
    dozen times a second, and the hundredth to come would wait for seconds before anybody hears what they want.
    """
    from gunicorn.workers import ggevent

    class Server(ggevent.StreamServer):
        max_accept = property(lambda _: MOST_LET_IN, lambda _server, _number: None)

    ggevent.StreamServer = Server


def on_exit(server: Any) -> None:
    """Have the embedded PostgreSQL stop, unless another process uses it."""
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
    if not let_go_of_database():
        return
    # Without the application around it: that would take a second to import.
    stop = [sys.executable, "-m", "embedded_postgres", "stop", str(settings.data_dir.absolute())]
    # A session of its own, so that a second Ctrl-C does not cut the stop short.
    subprocess.run(stop, cwd=HERE / "webapp", start_new_session=True, check=False)  # noqa: S603


def let_go_of_database() -> bool:
    """Close the lock that says we use the embedded PostgreSQL; says whether there was one."""
    lock = os.environ.get("HOLDFAST_DATABASE_LOCK")
    if lock is not None:
        os.close(int(lock))
    return lock is not None
