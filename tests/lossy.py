"""A network that loses replies: a proxy that hands every request on, and some answers to nobody."""

import random
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Lock, Thread
from urllib.parse import urlsplit

_CHUNK = 65536


@dataclass
class Network:
    """The way to a site; `lost` counts the answers that were cut off on it."""

    url: str
    lost: int = 0


@contextmanager
def losing_replies(url: str, *, share: float, seed: int) -> Iterator[Network]:
    """A way to the site at `url` on which this share of the answers is lost, after the site has given them."""
    site = urlsplit(url)
    chance, lock = random.Random(seed), Lock()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        network = Network(f"http://127.0.0.1:{listener.getsockname()[1]}")

        def carry(caller: socket.socket) -> None:
            with caller, suppress(OSError), socket.create_connection((site.hostname, site.port)) as server:
                while request := _message(caller):
                    server.sendall(request)
                    answer = _message(server)
                    with lock:
                        is_lost = chance.random() < share
                        network.lost += is_lost
                    if is_lost or not answer:
                        return
                    caller.sendall(answer)

        def accept() -> None:
            with suppress(OSError):  # the listener was closed
                while True:
                    Thread(target=carry, args=(listener.accept()[0],), daemon=True).start()

        Thread(target=accept, daemon=True).start()
        yield network
        listener.shutdown(socket.SHUT_RDWR)


def _message(connection: socket.socket) -> bytes:
    """One HTTP/1.1 message with a Content-Length or without a body; nothing at the end of the connection."""
    data = b""
    while b"\r\n\r\n" not in data:
        if not (chunk := connection.recv(_CHUNK)):
            return b""
        data += chunk
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next((int(line.partition(b":")[2]) for line in lines if line.startswith(b"content-length:")), 0)
    while len(body) < length:
        if not (chunk := connection.recv(_CHUNK)):
            return b""
        data += chunk
        body += chunk
    return data
