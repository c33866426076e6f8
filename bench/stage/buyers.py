"""Buyers who hold seats of their own and give them back, in turns, through v1 of a running site: how many a second."""

import json
import os
from collections.abc import Sequence
from http.client import HTTPConnection
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any

from tests.scenes import Scene
from webapp.services import seating
from webapp.services.shows import Show

BUYERS = 16
SECONDS = 6
PATIENCE = 30

# Of its own start, so that no socket of ours is in it; forked processes would share them.
processes = get_context("spawn")


def holds_a_second(scene: Scene, show: Show, port: int) -> float:
    """How many holds buyers get in a second, each of whom holds seats of their own and gives them back, in turns."""
    ids = [seat.id for seat in seating.seats_of(show.id)]
    buyers = [(buyer.id, scene.token(buyer)) for buyer in (scene.user() for _ in range(BUYERS))]
    ours, theirs = processes.Pipe()
    buying = processes.Process(target=_buy, args=(port, buyers, ids, theirs), daemon=True)
    buying.start()
    assert ours.poll(SECONDS + 4 * PATIENCE), "the buyers came to no end"
    rate: float = ours.recv()
    buying.join(PATIENCE)
    return rate


def busy_seconds() -> float:
    """The processor time that the site's processes have used so far (on Linux), whatever else the machine is doing."""
    stats = [path.read_text().rpartition(")")[2].split() for path in Path("/proc").glob("[0-9]*/stat") if path.exists()]
    ours = {stat[3] for stat in stats if int(stat[1]) == os.getpid()} - {str(os.getsid(0))}  # the site's own session
    ticks = sum(int(stat[11]) + int(stat[12]) for stat in stats if stat[3] in ours)
    return ticks / os.sysconf("SC_CLK_TCK")


def _buy(port: int, buyers: Sequence[tuple[int, str]], ids: Sequence[int], line: Connection) -> None:
    counts = [0] * len(buyers)
    begun = monotonic()

    def buy(turn: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        own = ids[turn :: len(buyers)]

        def post(path: str, body: object = None) -> dict[str, Any]:
            headers = {"Authorization": f"Bearer {buyers[turn][1]}", "Content-Type": "application/json"}
            connection.request("POST", path, None if body is None else json.dumps(body), headers)
            with connection.getresponse() as response:
                answer: dict[str, Any] = json.load(response)
                assert response.status in {200, 201}, answer
            return answer

        while monotonic() - begun < SECONDS:
            held = post(f"/v1/reservations/{buyers[turn][0]}/hold", {"seat_id": own[counts[turn] % len(own)]})
            post(f"/v1/reservations/{held['id']}/release")
            counts[turn] += 1

    threads = [Thread(target=buy, args=(turn,)) for turn in range(len(buyers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    line.send(sum(counts) / (monotonic() - begun))
