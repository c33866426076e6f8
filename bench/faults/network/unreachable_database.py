"""A way to PostgreSQL that stalls in the middle of a message, is slow, cuts all connections, and swallows all."""

from functools import partial
from time import monotonic, sleep

from bench.faults.drills import Control, Drill, Finding
from bench.faults.knocking import LONGEST, knocking
from bench.faults.proxy import Way, way_to
from bench.faults.sale import Sale, selling
from bench.faults.site import site_on
from bench.faults.stage import own_postgres, scene_on
from webapp.services.database.silence import GRACE

# So that the drill is short. A pool of as many connections as there are buyers, so that all are caught.
SETTINGS = {"STATEMENT_TIMEOUT": 3000, "DATABASE_POOL_TIMEOUT": 1, "DATABASE_POOL_SIZE": 8}
STALL, DOWN, SWALLOWING = 2.0, 1.0, 7.0  # seconds
# Two waits for a connection (a request with a key takes its place, then its connection), and the silence.
LONGEST_WAIT = 2 * 1 + 3 + GRACE + 1


def run(application: str = "wsgi:app", *, only_swallowing: bool = False) -> Finding:
    """Hurt the way to the database while a crowd buys."""
    finding = Finding()
    with (
        own_postgres() as postgres,
        scene_on(postgres) as scene,
        way_to(scene.database.url) as way,
        site_on(DATABASE_URL=way.url, application=application, **SETTINGS) as site,
    ):
        with selling(scene, site.url, patience=30) as sale, knocking(scene, site.url) as knocks:
            sale.go_on(10)
            if not only_swallowing:
                _hurt(way, sale)
            _fill_the_pools(way, sale)
            with way.black_hole():
                sleep(SWALLOWING)
            if not only_swallowing:
                served_after = knocks.served_after(monotonic())
                finding.measure("seconds until somebody is served, the hole over", served_after, at_most=LONGEST_WAIT)
                sale.go_on(5)
        sale.tell(finding)
        knocks.tell(finding, longest=LONGEST_WAIT)
    return finding


def _fill_the_pools(way: Way, sale: Sale) -> None:
    """Let so many wait at once that each connection there may be is open: then a black hole catches who knocks, too."""
    with way.stalled():
        sleep(STALL)
    sale.go_on(5)


def _hurt(way: Way, sale: Sale) -> None:
    with way.stalled():
        sleep(STALL)
    sale.go_on(5)
    with way.slow(0.02):
        sale.go_on(5)
    way.reset()
    sale.go_on(5)
    with way.down():
        sleep(DOWN)
    sale.go_on(5)


DRILL = Drill(
    "unreachable_database",
    "a way to the database that stalls, cuts, is slow or swallows all loses no acknowledged sale; nobody waits for "
    "ever; the site heals by itself",
    run,
    [
        Control(
            "a site that waits for the database as long as it takes",
            partial(run, "bench.faults.network.trusting:app", only_swallowing=True),
            LONGEST,
        )
    ],
)
