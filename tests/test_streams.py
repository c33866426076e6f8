"""Event streams of the real server: its workers end them at once when they are to stop, and new ones take them up."""

import http.client
import signal
from collections.abc import Iterator
from time import monotonic

import pytest

from tests.conftest import KEY
from tests.races import PATIENCE
from tests.scenes import Scene
from tests.test_launch import Site, site
from webapp.services.shows import Show

# Seconds after which the server cuts off whatever is left.
GRACE = 10


class Reader:
    """Somebody who holds an event stream open."""

    def __init__(self, port: object, show: Show) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", int(str(port)), timeout=PATIENCE)
        self._connection.request("GET", f"/shows/{show.id}/live", headers={"Accept": "text/event-stream"})
        self._answer = self._connection.getresponse()
        self.status = self._answer.status

    def until(self, words: bytes) -> None:
        """Read on to the line with these words."""
        while words not in (line := self._answer.readline()):
            assert line, f"ended without {words!r}"

    def to_the_end(self) -> None:
        """Read the rest; raises unless the stream ends in good order."""
        self._answer.read()
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._answer.close()
        self._connection.close()


@pytest.fixture
def started(scene: Scene) -> Iterator[Site]:
    """A site that serves the scene's shows, with one worker."""
    with site(DATABASE_URL=scene.database.url, SECRET_KEY=KEY) as started:
        assert started.health() == 200
        yield started


def test_streams_hear_of_a_hold_and_end_at_once_when_the_server_stops(scene: Scene, started: Site) -> None:
    show = scene.show()
    readers = [Reader(started.port, show) for _ in range(5)]
    [held] = scene.hold(scene.user(), show, "A1")
    for reader in readers:
        reader.until(f'"held":[{held.seat_id}]'.encode())
    begun = monotonic()
    started.process.send_signal(signal.SIGTERM)
    for reader in readers:
        reader.to_the_end()
    started.until_end()
    assert monotonic() - begun < GRACE / 2
    assert "Traceback" not in started.printed


def test_streams_end_at_a_reload_and_the_next_worker_takes_them_up(scene: Scene, started: Site) -> None:
    show = scene.show()
    reader = Reader(started.port, show)
    started.process.send_signal(signal.SIGHUP)
    reader.to_the_end()
    # As long as the old worker listens, it may say: in a moment.
    while (again := Reader(started.port, show)).status == 503:
        again.to_the_end()
    [held] = scene.hold(scene.user(), show, "A1")
    again.until(f'"held":[{held.seat_id}]'.encode())
    again.close()
