"""Clients that ask a site as fast as it answers: one process, requests made beforehand, sockets kept open.

They share the processors with what they measure, so they do as little as can be: a request is sent as bytes that lie
ready, of the answer the status is read and where it ends, and each wait is for all sockets at once.
"""

import re
import resource
import selectors
import socket
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from time import perf_counter

PATIENCE = 60
# In the place of a status.
HUNG_UP = 0
HEAD_ENDS = b"\r\n\r\n"
LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
# Of its own start, so that no socket of ours is in it; forked processes would share them.
processes = get_context("spawn")


@dataclass
class Heard:
    """What the clients were answered: how often which status, in how many `seconds`, and how long each took.

    `own_seconds` is the processor time that the clients themselves took.
    """

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    own_seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds


def request(method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> bytes:
    """A request as it is sent."""
    named = {"Host": "localhost", **(headers or {})} | ({"Content-Length": str(len(body))} if body else {})
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in named.items())]
    return "\r\n".join(lines).encode() + HEAD_ENDS + body


def ask(port: int, queues: Sequence[Sequence[bytes]], seconds: float) -> Heard:
    """Have a client for each of the queues send its requests one after another, for so long or until one is through."""
    ours, theirs = processes.Pipe()
    asking = processes.Process(target=_ask, args=(port, queues, seconds, theirs), daemon=True)
    asking.start()
    theirs.close()  # so that their end is heard, too
    assert ours.poll(seconds + PATIENCE), "the clients came to no end"
    heard: Heard = ours.recv()
    asking.join(PATIENCE)
    return heard


class _Client:
    """One connection, and the answer that it is reading."""

    def __init__(self, port: int, left: Iterator[bytes]) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.left = left
        self._read = b""
        self.asked_at = 0.0

    def ask(self) -> bool:
        """Send the next request; False where there is none."""
        following = next(self.left, None)
        if following is None:
            return False
        self.asked_at = perf_counter()
        self.socket.sendall(following)
        return True

    def answer(self) -> int | None:
        """The status, once all of the answer is read; `HUNG_UP` where the site did instead."""
        try:
            chunk = self.socket.recv(262_144)
        except ConnectionResetError:
            chunk = b""
        if not chunk:
            return HUNG_UP
        read = self._read = self._read + chunk if self._read else chunk
        head_ends = read.find(HEAD_ENDS)
        if head_ends < 0:
            return None
        status = int(read[9:12])
        length = LENGTH.search(read, 0, head_ends)
        assert length or status == 304, f"an answer without its length: {read[:head_ends]!r}"
        if len(read) < head_ends + 4 + (int(length[1]) if length else 0):
            return None
        self._read = b""
        return status


def _ask(port: int, queues: Sequence[Sequence[bytes]], seconds: float, line: Connection) -> None:
    selector, heard = selectors.DefaultSelector(), Heard()
    begun, own_begun = perf_counter(), _own_seconds()
    for queue in queues:
        client = _Client(port, iter(queue))
        client.ask()  # at once: a site hangs up on whoever says nothing for some seconds
        selector.register(client.socket, selectors.EVENT_READ, client)
    until, waiting = begun + seconds, len(queues)
    while waiting:
        for key, _ in selector.select(PATIENCE):
            client = key.data
            status = client.answer()
            if status is None:
                continue
            now = perf_counter()
            heard.statuses[status] += 1
            heard.latencies.append(now - client.asked_at)
            if status == HUNG_UP:
                selector.unregister(client.socket)
                client.socket.close()
                client = _Client(port, client.left)
                selector.register(client.socket, selectors.EVENT_READ, client)
            if now < until and client.ask():
                continue
            until = min(until, now)  # fewer clients would be another load
            waiting -= 1
            selector.unregister(client.socket)
            client.socket.close()
    heard.seconds, heard.own_seconds = perf_counter() - begun, _own_seconds() - own_begun
    line.send(heard)


def _own_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
