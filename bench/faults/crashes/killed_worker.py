"""kill -9 of a worker mid-request, again and again under load, and once while it is in the middle of a transaction."""

import signal
from functools import partial
from time import time

from bench.faults.drills import Control, Drill, Finding
from bench.faults.processes import send
from bench.faults.recovery import probing, stuck_request
from bench.faults.sale import selling
from bench.faults.site import site_on
from bench.faults.stage import own_postgres, scene_on
from bench.proof.judging.rules import LOST

KILLS = 3
ANSWERS = 40  # with all workers, before each kill


def run(application: str = "wsgi:app") -> Finding:
    """Kill workers while a crowd buys."""
    finding = Finding()
    with (
        own_postgres() as postgres,
        scene_on(postgres) as scene,
        site_on(DATABASE_URL=scene.database.url, application=application) as site,
    ):
        with selling(scene, site.url) as sale, probing(scene, site.url) as probe:
            served = []
            for _ in range(KILLS):
                site.until_all_serve()
                sale.go_on(ANSWERS)
                killed = time()
                send(signal.SIGKILL, site.workers()[:1])
                served.append(probe.served_after(killed))
        site.until_all_serve()
        with stuck_request(scene, site) as stuck:
            killed = time()
            send(signal.SIGKILL, [stuck.worker])
            free_after = stuck.seconds_until_free(killed)
        sale.tell(finding)
        finding.measure("workers killed", KILLS)
        finding.measure("answers lost with a worker", sale.statuses[0], at_least=1)
        finding.measure("seconds until somebody is served, one worker killed", max(served), at_most=2)
        finding.measure("seconds until its seat is free, killed amid a transaction", free_after, at_most=6)
    return finding


DRILL = Drill(
    "killed_worker",
    "kill -9 of workers loses no acknowledged sale; others are served within 2 s, its seats are free within 6 s",
    run,
    [Control("a site that tells of a sale before it commits it", partial(run, "bench.faults.crashes.hasty:app"), LOST)],
)
