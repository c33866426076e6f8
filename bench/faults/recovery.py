"""How long it takes until people are served again, and until a seat can be had that nobody who lives holds."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from threading import Event, Thread
from time import time

import psycopg

from bench.faults.processes import wait_until
from bench.faults.sale import MINUTE
from bench.faults.site import Site
from bench.proof.buying.desks import Desk
from bench.proof.buying.http_desks import ApiDesk
from bench.proof.buying.lines import Line
from bench.proof.buying.stage import build_houses, have_minutes_last, people_with_tabs, shows_of
from tests.scenes import Scene

EVERY = 0.2  # seconds between two probes
PROBES = 40  # seats and people that take turns
GIVE_UP = 30.0  # seconds


@dataclass
class Probe:
    """Somebody new asks for a seat of their own again and again, each once and on a connection of its own."""

    asked: list[tuple[float, float]] = field(default_factory=list)  # when each hold that was given was asked for, given
    slowest: float = 0.0  # seconds until one was answered, at most

    def add(self, begin: float, *, given: bool) -> None:
        """Write down that a hold asked for then has just been answered."""
        end = time()
        self.slowest = max(self.slowest, end - begin)
        if given:
            self.asked.append((begin, end))

    def served_after(self, moment: float) -> float:
        """Seconds from this moment (since 1970) to the first hold that was asked for and given after it, or `GIVE_UP`
        where there was none."""
        with suppress(TimeoutError):
            wait_until(lambda: any(begin >= moment for begin, _ in list(self.asked)), seconds=GIVE_UP)
        return min([end - moment for begin, end in list(self.asked) if begin >= moment], default=GIVE_UP)


@contextmanager
def probing(scene: Scene, url: str) -> Iterator[Probe]:
    """Probe the site at `url` for as long as the block lasts."""
    have_minutes_last(scene, MINUTE)
    (house,) = build_houses(scene, 1, seats=PROBES, seat_limit=PROBES)
    tokens = [scene.token(person) for person in people_with_tabs(scene, PROBES, tabs=1)]
    probe, over = Probe(), Event()

    def ask(turn: int) -> None:
        line, begin = Line(url, patience=0, timeout=GIVE_UP), time()
        told = ApiDesk(line, tokens[turn], shows_of([house])).hold([house.seats[turn]])
        probe.add(begin, given=told.outcome == "ok")
        line.hang_up()

    def begin_probes() -> None:
        for turn in count():
            if over.wait(EVERY):
                return
            Thread(target=ask, args=(turn % PROBES,), daemon=True).start()

    prober = Thread(target=begin_probes, daemon=True)
    prober.start()
    try:
        yield probe
    finally:
        over.set()
        prober.join()


@dataclass
class Stuck:
    """A request by `who` that stopped in the middle of its transaction: it has the seat `wanted`, and waits for another
    that the drill keeps locked by the connection `bar`; the `worker` that answers it is known by its process."""

    who: int
    worker: int
    wanted: int
    rival: Desk
    bar: psycopg.Connection
    slowest: float = 0.0  # seconds until somebody else who wants the seat is answered, at most

    def seconds_until_free(self, since: float) -> float:
        """How long after `since` (seconds since 1970) somebody else had the seat it stopped with."""
        outcome = None
        while outcome != "ok" and time() < since + GIVE_UP:
            begin = time()
            outcome = self.rival.hold([self.wanted]).outcome
            self.slowest = max(self.slowest, time() - begin)
        return time() - since


STUCK = """
    SELECT count(*)
    FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'holdfast' AND wait_event = 'transactionid'
"""


@contextmanager
def stuck_request(scene: Scene, site: Site) -> Iterator[Stuck]:
    """A request that stops in its transaction and stays there for as long as the block lasts, or locks may be waited
    for, or its worker lives; nobody else may wait for a seat when it begins."""
    (house,) = build_houses(scene, 1, seats=2, seat_limit=2)
    victim, rival = people_with_tabs(scene, 2, tabs=1)
    shows, (wanted, barred) = shows_of([house]), sorted(house.seats)
    with closing(psycopg.connect(scene.database.url)) as bar:
        bar.execute("SELECT FROM seats WHERE id = %s FOR UPDATE", (barred,))
        asking = ApiDesk(Line(site.url, patience=0), scene.token(victim), shows)
        with site.answered_by(site.workers()[0]) as worker:
            Thread(target=asking.hold, args=([wanted, barred],), daemon=True).start()
            wait_until(lambda: scene.rows(STUCK)[0]["count"])
        yield Stuck(victim.id, worker, wanted, ApiDesk(Line(site.url, patience=0), scene.token(rival), shows), bar)
