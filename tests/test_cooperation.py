"""In a worker of the server, whoever waits or computes lets the others go on."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.conftest import KEY
from tests.postgres import Database
from tests.races import PATIENCE, outcome, racing
from tests.scenes import Scene

HOUSE = Path(__file__).parents[1]
# What a worker does, in small: patch, import the application, and serve two at once. It prints who came when.
WORKER = """
import sys
if "driver-first" in sys.argv:
    import psycopg
from gevent import monkey
monkey.patch_all()
import gevent
from sqlalchemy import text
from webapp import create_app
from webapp.services.accounts import passwords
from webapp.services.database import clock
from webapp.services.database.statements import autocommitted

def query():
    with autocommitted() as connection:
        connection.execute(text("SELECT pg_sleep(0.3)"))

def one(act):
    with app.app_context():
        print("one begins")
        act()
        print("one ends")

def other():
    print("the other passes")

app = create_app()
with app.app_context():
    clock.now()
acts = {
    "query": query,
    "hash": lambda: passwords.hash_password("a password"),
    "hash-here": lambda: passwords._hasher.hash("a password"),
}
gevent.joinall([gevent.spawn(one, acts[sys.argv[1]]), gevent.spawn(other)], raise_error=True)
"""
# The same, when a dozen halls are to be drawn at once; it prints who is done, and how many were drawn at a time.
DRAWING = """
from gevent import monkey
monkey.patch_all()
import gevent
from time import thread_time
from webapp.services.accounts import passwords
from webapp.services.aside import aside

drawing, most = set(), 0

def draw(hall):
    global most
    drawing.add(hall)
    most = max(most, len(drawing))
    begun = thread_time()
    while thread_time() - begun < 0.1:
        pass
    drawing.discard(hall)

def one(hall):
    aside(lambda: draw(hall))
    print("drawn")

def log_in():
    passwords.hash_password("a password")
    print("logged in")

gevent.joinall([*(gevent.spawn(one, hall) for hall in range(12)), gevent.spawn(log_in)], raise_error=True)
print(most)
"""
TOGETHER = ["one begins", "the other passes", "one ends"]
ONE_BY_ONE = ["one begins", "one ends", "the other passes"]


def order_of(database: Database, *words: str, script: str = WORKER) -> list[str]:
    """Who came when, in a worker that is told so."""
    command = [sys.executable, "-c", script, *words]
    run = subprocess.run(
        command, cwd=HOUSE, env=environment(database), capture_output=True, text=True, check=True, timeout=60
    )
    return run.stdout.splitlines()


def environment(database: Database, **settings: str) -> dict[str, str]:
    """What the product is told: this database, and nothing of the developer's own."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "HOME", "TMPDIR")}
    return {**kept, "DATABASE_URL": database.url, "SECRET_KEY": KEY, **settings}


@pytest.mark.parametrize("act", ["query", "hash"])
def test_whoever_waits_for_the_database_or_a_password_lets_others_pass(database: Database, act: str) -> None:
    assert order_of(database, act) == TOGETHER


def test_with_the_driver_imported_before_the_patch_a_query_would_stop_everybody(database: Database) -> None:
    assert order_of(database, "query", "driver-first") == ONE_BY_ONE


def test_hashed_in_the_greenlet_itself_a_password_would_stop_everybody(database: Database) -> None:
    assert order_of(database, "hash-here") == ONE_BY_ONE


def test_halls_are_drawn_one_at_a_time_and_nobody_waits_behind_them_to_log_in(database: Database) -> None:
    *order, most = order_of(database, script=DRAWING)
    assert most == "1"
    assert order.index("logged in") < 6


@contextmanager
def gunicorn(database: Database) -> Iterator[str]:
    """The real server with one worker; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        env = environment(
            database,
            WEB_CONCURRENCY="1",
            LOCK_TIMEOUT="20000",
            HOLDFAST_LISTENER=str(listener.fileno()),
            PORT=str(port),
        )
        command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "wsgi:app"]
        server = subprocess.Popen(command, cwd=HOUSE, env=env, pass_fds=[listener.fileno()])
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(PATIENCE)


def status(url: str) -> int:
    """The status of an answer to GET."""
    with urlopen(url, timeout=PATIENCE) as answer:
        return int(answer.status)


def test_while_one_request_waits_for_a_lock_the_only_worker_answers_others(scene: Scene) -> None:
    show = scene.show()
    with gunicorn(scene.database) as site, racing(scene) as race:
        assert status(f"{site}/healthz") == 200
        with scene.connected() as maintenance:
            maintenance.execute("LOCK TABLE shows IN ACCESS EXCLUSIVE MODE")
            waiting = race.start(lambda: status(f"{site}/v1/shows/{show.id}"))
            assert race.settle(waiting) == 1
            assert status(f"{site}/healthz") == 200
            assert not waiting.done()
        assert outcome(waiting) == 200


# Forty who knock while nobody has opened; it prints how often a worker had to look until all were in.
KNOCKING = """
from gevent import monkey
monkey.patch_all()
import os
import runpy
import shutil
import socket
import sys
import gevent
from gunicorn.workers import ggevent

served = runpy.run_path("gunicorn.conf.py")
shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"])
if "several" in sys.argv:
    served["accept_several_at_a_time"]()
listener = socket.create_server(("127.0.0.1", 0))
knocking = [socket.create_connection(listener.getsockname()) for _ in range(40)]
met, looks = [], []

class Server(ggevent.StreamServer):
    def _do_read(self):
        looks.append(True)
        super()._do_read()

server = Server(listener, handle=lambda *_: met.append(True))
server.max_accept = 1  # as gunicorn has it where there are several workers
server.start()
while len(met) < len(knocking):
    gevent.sleep(0.01)
print(len(looks))
"""


@pytest.mark.parametrize(("how", "fewest", "most"), [("several", 5, 6), ("one", 40, 41)])
def test_a_worker_lets_in_several_of_those_who_knock(how: str, fewest: int, most: int) -> None:
    environ = {**os.environ, "SECRET_KEY": KEY}
    done = subprocess.run(
        [sys.executable, "-c", KNOCKING, how], cwd=HOUSE, env=environ, capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr
    assert fewest <= int(done.stdout) <= most
