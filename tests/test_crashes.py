"""A server that is killed at any moment: what was asked of it with a key is done once, when it is asked again."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from time import monotonic
from typing import Any
from urllib.request import urlopen

import pytest

from tests.conftest import KEY
from tests.scenes import Scene
from tests.test_launch import ROOT, SETTINGS
from webapp.services.asker import Asker
from webapp.services.shows import Show

SERVER = (sys.executable, "-m", "gunicorn", "wsgi:app")
# What servers have the database do just now.
UNDER_WAY = """
SELECT count(*) AS number
FROM pg_stat_activity
WHERE datname = current_database() AND application_name = 'holdfast' AND state <> 'idle'
"""
PATIENCE = 60  # seconds


class House:
    """A box office with one server process, which can be killed and started anew at the same address.

    The address listens all the while, so that whoever asks of a server that is not there yet is answered by the next.
    """

    def __init__(self, scene: Scene, listener: socket.socket) -> None:
        self.scene = scene
        self._listener = listener
        self._server: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        """Start a server, and wait until it answers."""
        fd = self._listener.fileno()
        ours = {
            "DATABASE_URL": self.scene.database.url,
            "SECRET_KEY": KEY,
            "WEB_CONCURRENCY": "1",
            "HOLDFAST_LISTENER": str(fd),
        }
        environ = {name: value for name, value in os.environ.items() if name not in SETTINGS}
        self._server = subprocess.Popen(
            SERVER, cwd=ROOT, env={**environ, **ours}, pass_fds=[fd], start_new_session=True
        )
        with urlopen(f"http://127.0.0.1:{self._listener.getsockname()[1]}/healthz", timeout=PATIENCE) as answer:
            assert answer.status == 200

    def kill(self) -> None:
        """Kill its processes as they stand, and wait until the database has noticed."""
        if self._server is not None:
            os.killpg(self._server.pid, signal.SIGKILL)
            self._server.wait()
            self._server = None

    def ask(self, buyer: Asker, show: Show) -> socket.socket:
        """Ask to hold a seat, and listen to nothing."""
        body = json.dumps({"seat_numbers": ["A1"]}).encode()
        head = (
            f"POST /v1/shows/{show.id}/holds HTTP/1.1\r\nHost: 127.0.0.1\r\nIdempotency-Key: once\r\n"
            f"Authorization: Bearer {self.scene.token(buyer)}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        connection = socket.create_connection(self._listener.getsockname(), timeout=PATIENCE)
        connection.sendall(head.encode() + body)
        return connection

    def answer(self, buyer: Asker, show: Show) -> tuple[int, str | None, Any]:
        """Ask the same and hear the answer: its status, whether it is one that was given before, and what it says."""
        with self.ask(buyer, show) as connection, HTTPResponse(connection, method="POST") as answer:
            answer.begin()
            return answer.status, answer.getheader("Idempotency-Replayed"), json.load(answer)

    def until(self, number: int, query: str) -> None:
        """Return when the database counts so many."""
        give_up_at = monotonic() + PATIENCE
        while self.scene.rows(query) != [{"number": number}]:
            assert monotonic() < give_up_at, query


@pytest.fixture
def house(own_scene: Scene) -> Iterator[House]:
    with socket.create_server(("127.0.0.1", 0), backlog=16) as listener:
        made = House(own_scene, listener)
        made.open()
        yield made
        made.kill()


@contextmanager
def show_that_waits(scene: Scene, show: Show) -> Iterator[None]:
    """Nobody gets a seat of the show meanwhile: whoever wants one waits for the lock on it."""
    with scene.connected() as connection:
        connection.execute("SELECT pg_advisory_xact_lock(7301, %s)", (show.id,))
        yield


def test_whoever_asks_again_after_the_server_was_killed_has_the_seat_once(house: House) -> None:
    scene = house.scene
    buyer, first, second = scene.user(), scene.show(seats="A1"), scene.show(seats="A1")

    # After the commit, before anybody heard of it.
    with house.ask(buyer, first):
        house.until(1, "SELECT count(*) AS number FROM kept_answers")
        house.kill()
    house.open()
    status, replayed, held = house.answer(buyer, first)
    assert (status, replayed) == (201, "true")
    assert scene.rows("SELECT id, status FROM reservations") == [{"id": held[0]["id"], "status": "HELD"}]

    # Before the commit.
    scene.rows("DELETE FROM kept_answers RETURNING key")
    with show_that_waits(scene, second), house.ask(buyer, second):
        house.until(1, f"{UNDER_WAY} AND wait_event_type = 'Lock'")
        house.kill()
    house.until(0, UNDER_WAY)
    assert scene.statuses(second) == {}
    house.open()
    status, replayed, held = house.answer(buyer, second)
    assert (status, replayed) == (201, None)
    assert scene.statuses(second) == {"A1": ["HELD"]}
    assert len(scene.rows("SELECT id FROM reservations")) == 2
