"""The way between the site and PostgreSQL, which can fail: it stands still, swallows, cuts, or is slow.

A stalled way loses nothing: it stops in the middle of what is being said, and goes on later. A black hole swallows all
that is said on it for ever, the end of a connection too, as when a machine between the two is gone: connections that
it has swallowed stay silent even when new ones work again. A reset cuts all connections by RST.
"""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread
from time import sleep

from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import make_url

CHUNK = 65536
# Closing then sends RST in place of FIN: <sys/socket.h>, struct linger {on, seconds}.
AT_ONCE = struct.pack("ii", 1, 0)


@dataclass(eq=False)
class Link:
    """One connection of the site, and the one to the server that stands for it; `lost` in a black hole, or not."""

    site: socket.socket
    server: socket.socket
    lost: bool = False
    ways: int = 2  # that are open

    def cut(self) -> None:
        """End it by RST, on both sides."""
        for side in (self.site, self.server):
            with suppress(OSError):
                side.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
            # One of our threads waits for it; only this wakes it up.
            with suppress(OSError):
                side.shutdown(socket.SHUT_RD)
            side.close()


@dataclass
class Way:
    """How the way is just now; `url` is the database's address at its near end."""

    url: str
    delay: float = 0.0  # seconds for each piece
    swallows: bool = False
    refuses: bool = False  # who connects is cut at once
    links: set[Link] = field(default_factory=set)
    _flows: Event = field(default_factory=Event)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._flows.set()

    @contextmanager
    def stalled(self) -> Iterator[None]:
        """Nothing passes meanwhile, and nothing is lost."""
        self._flows.clear()
        try:
            yield
        finally:
            self._flows.set()

    @contextmanager
    def black_hole(self) -> Iterator[None]:
        """All is swallowed meanwhile; the connections of that time, and of before, stay silent afterwards."""
        self.swallows = True
        with self._lock:
            for link in self.links:
                link.lost = True
        try:
            yield
        finally:
            self.swallows = False

    @contextmanager
    def slow(self, seconds: float) -> Iterator[None]:
        """Each piece takes so many seconds longer."""
        self.delay = seconds
        try:
            yield
        finally:
            self.delay = 0.0

    @contextmanager
    def down(self) -> Iterator[None]:
        """All connections are cut, and who connects meanwhile is cut, too."""
        self.refuses = True
        self.reset()
        try:
            yield
        finally:
            self.refuses = False

    def reset(self) -> None:
        """Cut all connections."""
        with self._lock:
            links, self.links = self.links, set()
        for link in links:
            link.cut()

    def carry(self, site: socket.socket, server: socket.socket) -> None:
        """Carry a new connection of the site from now on."""
        link = Link(site, server, lost=self.swallows)
        with self._lock:
            self.links.add(link)
        for source, sink in ((site, server), (server, site)):
            Thread(target=self._pump, args=(link, source, sink), daemon=True).start()

    def _pump(self, link: Link, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while chunk := source.recv(CHUNK):
                sleep(self.delay)
                if not self._flows.is_set():  # in the middle of a message, as likely as not
                    half = len(chunk) // 2
                    sink.sendall(chunk[:half])
                    chunk = chunk[half:]
                    self._flows.wait()
                if not link.lost:
                    sink.sendall(chunk)
            self._flows.wait()
            if not link.lost:
                sink.shutdown(socket.SHUT_WR)
        with self._lock:
            link.ways -= 1
            if not link.ways:
                self.links.discard(link)
                link.site.close()
                link.server.close()


@contextmanager
def way_to(database_url: str) -> Iterator[Way]:
    """A way to the database at `database_url`, over TCP, for as long as the block lasts."""
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as listener:
        near = make_url(database_url).set(
            host="127.0.0.1", port=listener.getsockname()[1], query={"sslmode": "disable"}
        )
        way = Way(near.render_as_string(hide_password=False))

        def accept() -> None:
            with suppress(OSError):  # the listener was closed
                while True:
                    _begin(way, listener.accept()[0], database_url)

        Thread(target=accept, daemon=True).start()
        try:
            yield way
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            way.reset()


def _begin(way: Way, site: socket.socket, database_url: str) -> None:
    try:
        if way.refuses:
            raise ConnectionRefusedError
        way.carry(site, _connected(database_url))
    except OSError:  # there is no server at the other end either
        site.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        site.close()


def _connected(database_url: str) -> socket.socket:
    place = conninfo_to_dict(database_url)
    host, port = str(place["host"]), int(place["port"] or 5432)
    if not host.startswith("/"):
        return socket.create_connection((host, port))
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    server.connect(str(Path(host) / f".s.PGSQL.{port}"))
    return server
