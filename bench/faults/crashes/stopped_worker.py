"""SIGSTOP of a worker inside its transaction: it keeps its locks, and neither ends nor goes on.

PostgreSQL ends its session after some seconds; when it goes on, it finds that out. gunicorn replaces one that stands
still for good (after 30 s, here sooner).
"""

import signal
from functools import partial
from time import time

from bench.faults.drills import Control, Drill, Finding
from bench.faults.processes import send, wait_until
from bench.faults.recovery import probing, stuck_request
from bench.faults.sale import selling
from bench.faults.site import site_on
from bench.faults.stage import own_postgres, scene_on

ANSWERS = 40  # before the second stop
GUNICORN_TIMEOUT = 15  # seconds without a sign of life
FREE = "seconds until the seats of its transaction are free"
# Of the two seats that the stopped request wanted: who has them in the end, if anybody.
ITS_SEATS = """
    SELECT count(*)
    FROM reservations
    WHERE user_id = %s AND status IN ('HELD', 'CONFIRMED')
"""


def run(application: str = "wsgi:app") -> Finding:
    """Stop a worker amid a transaction, have it go on; then stop one for good, while a crowd buys."""
    finding = Finding()
    with (
        own_postgres() as postgres,
        scene_on(postgres) as scene,
        site_on(
            DATABASE_URL=scene.database.url,
            application=application,
            GUNICORN_CMD_ARGS=f"--timeout {GUNICORN_TIMEOUT}",
        ) as site,
    ):
        with probing(scene, site.url) as probe, stuck_request(scene, site) as stuck:
            send(signal.SIGSTOP, [stuck.worker])
            stuck.bar.rollback()  # what it waits for: its statement is done, and nobody goes on
            stopped = time()
            served = probe.served_after(stopped)
            free = stuck.seconds_until_free(stopped)
            send(signal.SIGCONT, [stuck.worker])
        with selling(scene, site.url, patience=20) as sale:
            site.until_all_serve()
            sale.go_on(ANSWERS)
            gone = site.workers()[0]
            stopped = time()
            send(signal.SIGSTOP, [gone])
            wait_until(lambda: gone not in site.workers())
            replaced = time() - stopped
        sale.tell(finding)
        finding.measure("seconds until others are served", served, at_most=2)
        finding.measure("seconds until who wants its seat hears something, at most", stuck.slowest, at_most=4)
        finding.measure(FREE, free, at_most=6)
        finding.measure("seats it has when it goes on", scene.rows(ITS_SEATS, stuck.who)[0]["count"], at_most=0)
        finding.measure("seconds until one that stands still is replaced", replaced, at_most=GUNICORN_TIMEOUT + 5)
    return finding


DRILL = Drill(
    "stopped_worker",
    "a worker that stands still amid a transaction keeps its seats from others for at most 6 s, and nobody waits "
    "longer than the time limit for locks",
    run,
    [Control("no idle_in_transaction_session_timeout", partial(run, "bench.faults.crashes.patient:app"), FREE)],
)
