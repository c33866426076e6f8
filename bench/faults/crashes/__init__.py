"""Drills in which processes and machines fail: workers, PostgreSQL, its primary; and deploys, which must not."""

from bench.faults.crashes import killed_postgres, killed_worker, lost_primary, reload, stopped_worker
from bench.faults.drills import Drill

DRILLS: tuple[Drill, ...] = (
    killed_worker.DRILL,
    killed_postgres.DRILL,
    stopped_worker.DRILL,
    lost_primary.DRILL,
    reload.DRILL,
)
