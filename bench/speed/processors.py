"""The processor time that servers use, which can be compared also where others keep the machine busy (on Linux)."""

import os
import resource
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tests.postgres import Database


def seconds_of_sites() -> float:
    """What all sites that we serve have used so far: our children with a session of their own, and theirs."""
    return sum(one.seconds for one in _of_sites())


def workers_of_sites() -> list[int]:
    """The process ids of those that have no children of their own."""
    found = _of_sites()
    parents = {one.parent for one in found}
    return [one.pid for one in found if one.pid not in parents]


def seconds_of_postgres(database: Database) -> float:
    """What the server of this database has used so far, its sessions that are over included."""
    with psycopg.connect(database.url) as connection:
        (postmaster,) = connection.execute("SELECT pg_backend_pid()").fetchone() or (0,)
        found = {one.pid: one for one in _all()}
        server = found[found[postmaster].parent]
        return server.seconds_of_gone + sum(one.seconds for one in found.values() if one.parent == server.pid)


def seconds_of_ended_children() -> float:
    """What programs used that we ran to their end."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Process:
    def __init__(self, stat: str) -> None:
        pid, _, rest = stat.partition(" (")
        words = rest.rpartition(") ")[2].split()
        tick = os.sysconf("SC_CLK_TCK")
        self.pid, self.parent, self.session = int(pid), int(words[1]), int(words[3])
        self.seconds = (int(words[11]) + int(words[12])) / tick
        self.seconds_of_gone = (int(words[13]) + int(words[14])) / tick


def _of_sites() -> list[_Process]:
    found = list(_all())
    ours = {one.session for one in found if one.parent == os.getpid()} - {os.getsid(0)}
    return [one for one in found if one.session in ours]


def _all() -> Iterator[_Process]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            yield _Process(path.read_text())
        except (FileNotFoundError, ProcessLookupError):
            continue
