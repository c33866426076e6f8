"""kill -9 of PostgreSQL mid-sale: of one of its backends, and of all of it; `make run` starts it again by itself."""

import signal
from collections.abc import Mapping
from functools import partial
from time import time

from bench.faults.drills import Control, Drill, Finding
from bench.faults.processes import children, send
from bench.faults.recovery import probing
from bench.faults.sale import selling
from bench.faults.site import site_on
from bench.faults.stage import own_postgres, scene_on
from bench.proof.judging.rules import LOST

ANSWERS = 80  # before each kill and after the last
# Everything acknowledged within ten seconds is then only in the memory of PostgreSQL's processes.
NOT_ON_DISK = {"synchronous_commit": "off", "wal_writer_delay": "10s"}


def run(settings: Mapping[str, str] | None = None) -> Finding:
    """Kill PostgreSQL while a crowd buys."""
    finding = Finding()
    with own_postgres(settings) as postgres, scene_on(postgres) as scene, site_on(DATA_DIR=postgres.data_dir) as site:
        # The probes begin first, so that the sale's checkpoint keeps the people who probe, too.
        with probing(scene, site.url) as probe, selling(scene, site.url, patience=20) as sale:
            sale.go_on(ANSWERS)
            killed = time()
            send(signal.SIGKILL, children(postgres.pid)[-1:])
            one_killed = probe.served_after(killed)
            sale.go_on(ANSWERS)
            killed = time()
            postgres.kill()
            all_killed = probe.served_after(killed)
            sale.go_on(ANSWERS)
        sale.tell(finding)
        finding.measure("seconds until somebody is served, one backend killed", one_killed, at_most=10)
        finding.measure("seconds until somebody is served, all of it killed", all_killed, at_most=10)
    return finding


DRILL = Drill(
    "killed_postgres",
    "kill -9 of PostgreSQL loses no acknowledged sale; it is started again, and people are served within 10 s",
    run,
    [Control("synchronous_commit=off", partial(run, NOT_ON_DISK), LOST)],
)
