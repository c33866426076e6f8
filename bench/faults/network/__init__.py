"""Drills in which what lies between breaks: between the site and PostgreSQL, between the site and its clients."""

from bench.faults.drills import Drill
from bench.faults.network import cut_replies, gone_client, unreachable_database

DRILLS: tuple[Drill, ...] = (unreachable_database.DRILL, cut_replies.DRILL, gone_client.DRILL)
