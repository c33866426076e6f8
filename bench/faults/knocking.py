"""Somebody who knocks again and again while something is broken, and notes each answer: what it was, and how long it
took. Nobody knocks twice for the same: whoever gets no answer is heard of all the same."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from threading import Event, Thread
from time import monotonic
from urllib.parse import urlsplit

from bench.faults.drills import Finding
from bench.faults.processes import wait_until
from bench.proof.buying.stage import build_houses, people_with_tabs
from tests.scenes import Scene

EVERY = 0.1  # seconds between two
PEOPLE = 10  # who take turns, each for a seat of their own
GIVE_UP = 30.0  # seconds for one answer


@dataclass(slots=True)
class Knock:
    """One request and its answer; `ended` is None while there is none, `status` 0 where the connection broke."""

    begun: float
    ended: float | None = None
    status: int = 0
    retry_after: str | None = None


@dataclass
class Knocks:
    """All of them, in the order in which they were begun; moments are `monotonic()`."""

    all: list[Knock] = field(default_factory=list)

    @property
    def statuses(self) -> Counter[int]:
        """How many were answered with which status."""
        return Counter(one.status for one in list(self.all) if one.ended is not None)

    @property
    def longest(self) -> float:
        """Seconds for which somebody waited, or has been waiting."""
        now = monotonic()
        return max(((one.ended or now) - one.begun for one in list(self.all)), default=0.0)

    def served_after(self, moment: float) -> float:
        """Seconds from this moment to the first who knocked after it and was served."""

        def served() -> list[float]:
            return [
                one.ended for one in list(self.all) if one.begun >= moment and one.status in {200, 201} and one.ended
            ]

        wait_until(served, seconds=GIVE_UP)
        return min(served()) - moment

    def tell(self, finding: Finding, *, longest: float) -> None:
        """Add what is promised of every answer, however bad the times: nobody waits longer, and a no is a clear one."""
        others = {status: number for status, number in self.statuses.items() if status not in {200, 201, 503}}
        silent = sum(one.status == 503 and one.retry_after is None for one in self.all)
        finding.measure("people who knocked", len(self.all))
        finding.measure("of them told to come back (503)", self.statuses[503])
        finding.measure("of them told so without Retry-After", silent, at_most=0)
        finding.measure("answered otherwise, or not at all", sum(others.values()), at_most=0)
        finding.measure(LONGEST, self.longest, at_most=longest)


LONGEST = "seconds for which somebody waited for an answer, at most"


@contextmanager
def knocking(scene: Scene, url: str) -> Iterator[Knocks]:
    """Knock at the site at `url` for as long as the block lasts."""
    (house,) = build_houses(scene, 1, seats=PEOPLE, seat_limit=1)
    tokens = [scene.token(person) for person in people_with_tabs(scene, PEOPLE, tabs=1)]
    knocks, over, site = Knocks(), Event(), urlsplit(url)

    def knock(turn: int) -> None:
        one = Knock(monotonic())
        knocks.all.append(one)
        connection = HTTPConnection(site.hostname or "", site.port, timeout=GIVE_UP)
        headers = {"Authorization": f"Bearer {tokens[turn]}", "Content-Type": "application/json"}
        body = json.dumps({"seat_ids": [house.seats[turn]], "hold_minutes": 10})
        try:
            connection.request("POST", f"/v1/shows/{house.show_id}/holds", body, headers)
            answer = connection.getresponse()
            answer.read()
            one.status, one.retry_after = answer.status, answer.headers["Retry-After"]
        except (OSError, HTTPException):
            pass
        finally:
            one.ended = monotonic()
            connection.close()

    def begin() -> None:
        for turn in count():
            if over.wait(EVERY):
                return
            Thread(target=knock, args=(turn % PEOPLE,), daemon=True).start()

    knocker = Thread(target=begin, daemon=True)
    knocker.start()
    try:
        yield knocks
    finally:
        over.set()
        knocker.join()
