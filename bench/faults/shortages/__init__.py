"""Drills in which something runs out: connections, and room on the disk."""

from bench.faults.drills import Drill
from bench.faults.shortages import connections, full_disk

DRILLS: tuple[Drill, ...] = (connections.DRILL, full_disk.DRILL)
