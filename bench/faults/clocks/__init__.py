"""Drills in which time is not what it seems: clocks that jump, and a sweeper that does not come."""

from bench.faults.clocks import application_clock, database_clock, stopped_sweeper
from bench.faults.drills import Drill

DRILLS: tuple[Drill, ...] = (application_clock.DRILL, database_clock.DRILL, stopped_sweeper.DRILL)
