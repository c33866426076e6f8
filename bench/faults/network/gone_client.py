"""A worker that is killed while its statement waits for a lock: nobody is there any more to be told of the hold."""

import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from threading import Thread
from time import monotonic

import psycopg

from bench.faults.drills import Control, Drill, Finding
from bench.faults.processes import send, wait_until
from bench.faults.sale import selling
from bench.faults.site import Site, site_on
from bench.faults.stage import own_postgres, scene_on
from bench.proof.buying.http_desks import ApiDesk
from bench.proof.buying.lines import Line
from bench.proof.buying.stage import build_houses, people_with_tabs, shows_of
from tests.scenes import Scene

# The statement would wait longer than the database takes to look whether anybody still waits for it.
SETTINGS = {"LOCK_TIMEOUT": 15_000, "STATEMENT_TIMEOUT": 20_000}
PATIENCE = 5.0  # seconds in which the database must have looked
WAITING = "SELECT pid FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))"
FOR_NOBODY = "holds made for nobody"


def run(application: str = "wsgi:app") -> Finding:
    """Kill a worker whose statement waits, while a crowd buys."""
    finding = Finding()
    with (
        own_postgres() as postgres,
        scene_on(postgres) as scene,
        site_on(application=application, DATABASE_URL=scene.database.url, **SETTINGS) as site,
    ):
        with selling(scene, site.url) as sale, _waiting(scene, site) as waiting:
            sale.go_on(5)
            send(signal.SIGKILL, [waiting.worker])
            killed = monotonic()
            try:
                wait_until(lambda: not waiting.is_there(), seconds=PATIENCE)
            except TimeoutError:
                finding.measure("statements that wait on for nobody", 1, at_most=0)
            else:
                finding.measure("seconds until its statement ended", monotonic() - killed, at_most=PATIENCE)
            waiting.bar.rollback()
            wait_until(lambda: not waiting.is_there())
            sale.go_on(5)
        sale.tell(finding)
        [row] = scene.rows("SELECT count(*) FROM reservations WHERE seat_id = %s", waiting.seat)
        finding.measure(FOR_NOBODY, row["count"], at_most=0)
    return finding


@dataclass(frozen=True)
class Waiting:
    """A hold that waits for the `seat`, which the connection `bar` keeps locked, in the database session `session`."""

    scene: Scene
    worker: int
    seat: int
    session: int
    bar: psycopg.Connection

    def is_there(self) -> bool:
        """Whether the database still has the session that waits."""
        return bool(self.scene.rows("SELECT FROM pg_stat_activity WHERE pid = %s", self.session))


@contextmanager
def _waiting(scene: Scene, site: Site) -> Iterator[Waiting]:
    (house,) = build_houses(scene, 1, seats=1, seat_limit=1)
    (person,), (seat,) = people_with_tabs(scene, 1, tabs=1), house.seats
    # A hold without a key is a single statement, and counts as soon as it is done.
    asking = ApiDesk(Line(site.url, patience=0), scene.token(person), shows_of([house]), keyed=False)
    with closing(psycopg.connect(scene.database.url)) as bar:
        bar.execute("SELECT FROM seats WHERE id = %s FOR UPDATE", (seat,))
        with site.answered_by(site.workers()[0]) as worker:
            Thread(target=asking.hold, args=([seat],), daemon=True).start()
            wait_until(lambda: scene.rows(WAITING, bar.info.backend_pid))
        [row] = scene.rows(WAITING, bar.info.backend_pid)
        yield Waiting(scene, worker, seat, row["pid"], bar)


DRILL = Drill(
    "gone_client",
    "of a worker that is killed while its statement waits nothing is done later, for nobody",
    run,
    [Control("client_connection_check_interval", partial(run, "bench.faults.network.heedless:app"), FOR_NOBODY)],
)
