"""Ways to do the same in turns, so that what else the machine does falls on all; what each took."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from bench.speed import clients, processors
from bench.speed.sale import Sale
from tests.postgres import Database

HTTP, SQL, PLAIN = "Holdfast", "pgbench", "the baseline"
ROUNDS, SECONDS, PATIENCE = 3, 4.0, 60.0
# Requests of each client before it counts: until every session has prepared and planned what it asks.
WARM = 60


@dataclass(frozen=True)
class Turn:
    """One turn: how many a second, milliseconds of processor time of PostgreSQL and of who asks it for each, and how
    long half of them, and 99 of 100, waited at most."""

    rate: float
    postgres: float
    site: float
    half: float = 0.0
    slow: float = 0.0


Way = Callable[[float], Turn]


def take_turns(ways: Mapping[str, Way], prepare: Callable[[], None], seconds: float) -> Mapping[str, Sequence[Turn]]:
    """The turns of each way, so many seconds each; all is prepared anew before one."""
    turns: dict[str, list[Turn]] = {name: [] for name in ways}
    for number in range(ROUNDS):
        for name, go in ways.items():
            prepare()
            turns[name].append(go(seconds))
            print(f"  round {number + 1}, {name}: {turns[name][-1].rate:,.0f} a second", file=sys.stderr, flush=True)
    return turns


def middle(turns: Sequence[Turn], of: str = "rate") -> float:
    """The median of the turns."""
    return median(getattr(turn, of) for turn in turns)


def run(sale: Sale, bare: Callable[[float], tuple[float, float]], seconds: float) -> Turn:
    """A turn of pgbench."""
    before = processors.seconds_of_postgres(sale.scene.database)
    rate, own = bare(seconds)
    postgres = processors.seconds_of_postgres(sale.scene.database) - before
    return Turn(rate, 1000 * postgres / rate / seconds, 1000 * own)


def ask(
    database: Database,
    port: int,
    warm: Sequence[Sequence[bytes]],
    requests: Sequence[Sequence[bytes]],
    status: int,
    seconds: float,
) -> Turn:
    """A turn of clients at a site, all of whose answers have this status."""
    clients.ask(port, warm, PATIENCE)
    before = processors.seconds_of_sites(), processors.seconds_of_postgres(database)
    heard = clients.ask(port, requests, seconds)
    site, postgres = processors.seconds_of_sites() - before[0], processors.seconds_of_postgres(database) - before[1]
    assert set(heard.statuses) == {status}, heard.statuses
    answers = len(heard.latencies)
    slow = quantiles(heard.latencies, n=100)[-1]
    return Turn(
        heard.rate, *(1000 * each for each in (postgres / answers, site / answers, median(heard.latencies), slow))
    )
