"""Live maps by the thousand: `python -m bench.views.streams`.

Opens event streams on the real server with two workers, each as a page of one show holds one, and measures how long a
hold takes until it has arrived on all of them; then how many holds a second buyers get, with and without these streams
in turns. The baselines are the same with a single stream, and the holds without any. Where other programs take their
share of the machine, look at the best round and at the processor time the server spent for each hold.
"""

import re
import selectors
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count as count_up
from multiprocessing.connection import Connection
from statistics import median, quantiles
from time import monotonic, sleep
from urllib.parse import urlsplit

from bench.stage import show_in, staged
from bench.stage.buyers import PATIENCE, SECONDS, busy_seconds, holds_a_second, processes
from bench.stage.halls import hall_plan
from tests.browser.site import serving
from tests.conftest import KEY
from tests.scenes import Scene
from webapp.services import reservations, seating
from webapp.services.reservations import SeatChoice
from webapp.services.shows import Show

STREAMS = 2_000
SEATS = 2_000
CHANGES = 20
ROUNDS = 4
HELD = re.compile(rb'"held":\[([0-9,]*)\]')


def main(streams: int = STREAMS) -> None:
    """Measure and print."""
    with staged() as scene:
        show = show_in(scene, hall_plan(SEATS), seat_limit=SEATS)
        with serving(scene.database, KEY) as site:
            port = urlsplit(site.url).port or 0
            seconds = {count: _changes(scene, show, port, count) for count in (1, streams)}
            rates: dict[int, list[tuple[float, float]]] = {0: [], streams: []}
            for _ in range(ROUNDS):
                for count in rates:
                    with reading(port, show, count):
                        busy = busy_seconds()
                        rate = holds_a_second(scene, show, port)
                        rates[count].append((rate, (busy_seconds() - busy) / (rate * SECONDS)))
    _print(seconds, rates)


def _print(seconds: dict[int, Sequence[float]], rates: dict[int, list[tuple[float, float]]]) -> None:
    alone, *_ = (median(found) for found in seconds.values())
    print(f"{'from a hold to its event':30} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8} {'x one':>6}")
    for count, found in seconds.items():
        p50, p95 = median(found), quantiles(found, n=20, method="inclusive")[-1]
        print(
            f"{f'on {count:,} open streams':30} {p50 * 1000:8.0f} {p95 * 1000:8.0f} {max(found) * 1000:8.0f}"
            f" {p50 / alone:6.2f}"
        )
    print(f"\n{'holds a second':30} {'median':>8} {'most':>8} {'x none':>6} {'server ms each':>15} {'x none':>6}")
    for count, rounds in rates.items():
        rate, busy = zip(*rounds, strict=True)
        bare_rate, bare_busy = zip(*rates[0], strict=True)
        print(
            f"{f'with {count:,} open streams':30} {median(rate):8.0f} {max(rate):8.0f}"
            f" {max(rate) / max(bare_rate):6.2f} {min(busy) * 1000:15.2f} {min(busy) / min(bare_busy):6.2f}"
        )


def _changes(scene: Scene, show: Show, port: int, count: int) -> Sequence[float]:
    """The seconds from the beginning of each of some holds to its arrival on each of so many streams."""
    buyer, seconds = scene.user(), []
    with reading(port, show, count) as reader:
        for change, seat in enumerate(seating.seats_of(show.id, limit=CHANGES)):
            sleep(0.3 + 0.037 * change % 0.4)  # anywhere between two looks of the server
            begun = monotonic()
            [held] = reservations.hold(buyer, SeatChoice(seat_ids=(seat.id,)), minutes=5).reservations
            reader.send(seat.id)
            assert reader.poll(PATIENCE), "some streams never heard of it"
            seconds += [arrived - begun for arrived in reader.recv()]
            reservations.release(buyer, held.id)
    return seconds


@contextmanager
def reading(port: int, show: Show, count: int) -> Iterator[Connection]:
    """A process that holds so many streams of the show open, and the line to it."""
    ours, theirs = processes.Pipe()
    reader = processes.Process(target=_read, args=(port, f"/shows/{show.id}/live", count, theirs), daemon=True)
    reader.start()
    try:
        assert ours.poll(4 * PATIENCE), "the streams did not open"
        ours.recv()
        sleep(1)  # whatever their opening cost is over
        yield ours
    finally:
        ours.send(None)
        reader.join(PATIENCE)


class Reader:
    """Holds event streams open in a process of its own, and notes when each hears of a seat."""

    def __init__(self, port: int, path: str, count: int, line: Connection) -> None:
        self._port, self._path, self._line = port, path, line
        self._selector = selectors.DefaultSelector()
        self._asked = count_up()
        self._opening = {self._ask() for _ in range(count)}
        self._count = count
        self._heard: dict[socket.socket, tuple[float, list[bytes]]] = {}  # the last held of all

    def run(self) -> None:
        """Open the streams, then answer each seat's id with the times of its arrivals, until None."""
        while self._opening:
            self._read()
        self._line.send("open")
        self._selector.register(self._line, selectors.EVENT_READ)
        while (awaited := self._next_seat()) is not None:
            while sum(awaited in seats for _, seats in self._heard.values()) < self._count:
                self._read()
            self._line.send([at for at, _ in self._heard.values()])

    def _next_seat(self) -> bytes | None:
        while not self._read():
            pass
        seat_id: int | None = self._line.recv()
        return None if seat_id is None else str(seat_id).encode()

    def _read(self) -> bool:
        """Read what there is; whether somebody is on the line."""
        called = False
        for key, _ in self._selector.select(1):
            if not isinstance(key.fileobj, socket.socket):
                called = True
                continue
            chunk = key.fileobj.recv(65536)
            assert chunk, "a stream ended"
            if key.fileobj in self._opening:
                self._begin(key.fileobj, chunk)
            elif found := HELD.search(chunk):
                self._heard[key.fileobj] = (monotonic(), found[1].split(b","))
        return called

    def _ask(self) -> socket.socket:
        # Each from an address of its own (all of 127/8 is this machine, on Linux): one network has few streams.
        line, place = divmod(next(self._asked) % 62_500, 250)
        own = f"127.1.{line}.{place + 1}"
        stream = socket.create_connection(("127.0.0.1", self._port), timeout=PATIENCE, source_address=(own, 0))
        stream.sendall(f"GET {self._path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n".encode())
        self._selector.register(stream, selectors.EVENT_READ)
        return stream

    def _begin(self, stream: socket.socket, head: bytes) -> None:
        """The first words: a stream, or a refusal, after which a page would ask again."""
        self._opening.remove(stream)
        if not head.startswith(b"HTTP/1.1 200"):
            self._selector.unregister(stream)
            stream.close()
            self._opening.add(self._ask())


def _read(port: int, path: str, count: int, line: Connection) -> None:
    Reader(port, path, count, line).run()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
