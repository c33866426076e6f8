"""A primary that is lost with a link to its standby that was cut before: the standby is promoted, and sells on.

Whatever was acknowledged while the link was cut can only be on the standby if nothing was acknowledged without it.
Meanwhile an operator ends the waiting of commits, which PostgreSQL then calls successful, with a warning.
"""

import json
from functools import partial
from time import sleep, time
from urllib.error import HTTPError
from urllib.request import urlopen

import psycopg

from bench.faults.drills import Control, Drill, Finding
from bench.faults.recovery import probing
from bench.faults.replication import REPLICATED, standby_of
from bench.faults.sale import selling
from bench.faults.site import site_on
from bench.faults.stage import own_postgres, scene_at, scene_on
from bench.proof.judging.rules import LOST
from tests.postgres import Database
from webapp.embedded_postgres import APPLICATION

ANSWERS = 80  # before the link is cut, and after the standby took over
PAUSE = 2.0  # seconds from the cut to the end of waits, and from there to the kill
END_WAITING = "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"


def run(*, synchronous: bool = True) -> Finding:
    """Cut the link, kill the primary, promote the standby, all while a crowd buys."""
    finding = Finding()
    with own_postgres(started_with=REPLICATED) as primary:
        with scene_on(primary):
            pass  # migrated
        with standby_of(primary, synchronous=synchronous) as standby:
            url, admins = standby.or_primary(primary.cluster.url()), standby.or_primary(primary.superuser_url)
            with (
                scene_at(Database(APPLICATION, url, admins)) as scene,
                site_on(DATABASE_URL=url) as site,
                selling(scene, site.url, patience=30) as sale,
                probing(scene, site.url) as probe,
            ):
                changes = f"{site.url}/v1/shows/{sale.house.show_id}/changes"
                sale.go_on(ANSWERS)
                cursor = _ask(changes)[1]["cursor"]
                with standby.way.down(), psycopg.connect(primary.superuser_url, autocommit=True) as admin:
                    sleep(PAUSE)
                    [ended] = admin.execute(END_WAITING).fetchone() or [0]
                    sleep(PAUSE)
                    primary.kill()
                    killed = time()
                    standby.promote()
                    served = probe.served_after(killed)
                    status, _ = _ask(f"{changes}?since={cursor}")
                    sale.go_on(ANSWERS)
        sale.tell(finding)
        finding.measure("commits whose waiting somebody ended", ended)
        finding.measure("seconds until somebody is served by the standby", served, at_most=15)
        finding.measure("what a cursor of before is answered with", status, at_least=410, at_most=410)
    return finding


def _ask(url: str) -> tuple[int, dict[str, str]]:
    try:
        with urlopen(url, timeout=30) as answer:
            return answer.status, json.load(answer)
    except HTTPError as refused:
        with refused:
            return refused.code, {}


DRILL = Drill(
    "lost_primary",
    "with a synchronous standby a primary that is lost takes no acknowledged sale along, even if the link was cut "
    "before; the standby sells within 15 s of the loss",
    run,
    [Control("an asynchronous standby", partial(run, synchronous=False), LOST)],
)
