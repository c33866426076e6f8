"""More people than connections: the site's pools are all kept busy, then PostgreSQL's are all taken by others."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from threading import Event
from time import monotonic, sleep

import psycopg

from bench.faults.drills import Control, Drill, Finding
from bench.faults.knocking import LONGEST, knocking
from bench.faults.sale import selling
from bench.faults.site import site_on
from bench.faults.stage import own_postgres, scene_on
from bench.proof.buying.http_desks import ApiDesk
from bench.proof.buying.lines import Line
from bench.proof.buying.stage import build_houses, people_with_tabs, shows_of
from tests.scenes import Scene

POOL, POOL_TIMEOUT, LOCK_TIMEOUT = 3, 1, 1.5  # connections of each process, and seconds
# Who keep all connections busy, and for how long.
CROWDERS, BUSY = 48, 8.0
TAKEN = 3.0  # seconds
# For a connection (a request with a key takes its place, then its connection), then for the lock; and a busy machine.
LONGEST_WAIT = 2 * POOL_TIMEOUT + LOCK_TIMEOUT + 2.0
AT_ONCE = 2.0  # seconds


def run(pool_timeout: int = POOL_TIMEOUT) -> Finding:
    """Use up the connections while a crowd buys."""
    finding = Finding()
    with (
        own_postgres() as postgres,
        scene_on(postgres) as scene,
        site_on(
            DATABASE_URL=scene.database.url,
            DATABASE_POOL_SIZE=POOL,
            DATABASE_POOL_TIMEOUT=pool_timeout,
            LOCK_TIMEOUT=int(1000 * LOCK_TIMEOUT),
        ) as site,
    ):
        with selling(scene, site.url, patience=30) as sale, knocking(scene, site.url) as knocks:
            sale.go_on(5)
            with _crowded(scene, site.url):
                sleep(BUSY)
            served_after = knocks.served_after(monotonic())
            sale.go_on(5)
            taken_after = 0.0
            if pool_timeout == POOL_TIMEOUT:
                with _all_taken(scene) as taken:
                    sleep(TAKEN)
                taken_after = knocks.served_after(monotonic())
                finding.measure("connections that others took", taken, at_least=50)
                sale.go_on(5)
        sale.tell(finding)
        knocks.tell(finding, longest=LONGEST_WAIT)
        finding.measure("seconds until somebody is served, the pool free again", served_after, at_most=AT_ONCE)
        finding.measure("seconds until somebody is served, PostgreSQL free again", taken_after, at_most=AT_ONCE)
    return finding


@contextmanager
def _crowded(scene: Scene, url: str) -> Iterator[None]:
    """Many want seats that somebody keeps locked, so that each has a connection for as long as it may wait."""
    (house,) = build_houses(scene, 1, seats=CROWDERS, seat_limit=1)
    tokens = [scene.token(person) for person in people_with_tabs(scene, CROWDERS, tabs=1)]
    over = Event()

    def crowd(place: int) -> None:
        line = Line(url, patience=0)
        while not over.is_set():
            ApiDesk(line, tokens[place], shows_of([house]), keyed=False).hold([house.seats[place]])
        line.hang_up()

    with closing(psycopg.connect(scene.database.url)) as bar, ThreadPoolExecutor(CROWDERS) as pool:
        bar.execute("SELECT FROM seats WHERE show_id = %s FOR UPDATE", (house.show_id,))
        for place in range(CROWDERS):
            pool.submit(crowd, place)
        try:
            yield
        finally:
            over.set()
            bar.rollback()


@contextmanager
def _all_taken(scene: Scene) -> Iterator[int]:
    """Others take every connection that PostgreSQL has for those who are no superuser, the site's too; how many."""
    with ExitStack() as others, psycopg.connect(scene.database.superuser_url, autocommit=True) as operator:
        taken = 0
        while operator.execute(END_THE_SITES).fetchall() or not taken:
            try:
                while True:
                    others.enter_context(closing(psycopg.connect(scene.database.url)))
                    taken += 1
            except psycopg.OperationalError:
                pass  # there are no more
        yield taken


END_THE_SITES = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'holdfast'"

DRILL = Drill(
    "connections",
    "where connections run out people are told within seconds to come back (503, Retry-After) and nothing else breaks; "
    "it goes on at once when there is room",
    run,
    [Control("the pool's timeout (a minute in its place)", partial(run, 60), LONGEST)],
)
