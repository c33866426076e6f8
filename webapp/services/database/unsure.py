"""Commits that a standby may not have: who asked for one is not told that it is done.

With synchronous replication a commit waits for its standby, and no time limit for statements ends that. Where somebody
does (`pg_cancel_backend`), PostgreSQL reports success, with a warning: what was done is there, and may be lost with
this server.
"""

from typing import Any

from psycopg import Connection, OperationalError
from psycopg.abc import RV, PQGen
from psycopg.errors import Diagnostic

# Where in PostgreSQL (15 to 18) a commit waits. The warning has no SQLSTATE of its own: others that only ask for the
# operator, such as that of a database that wants vacuuming, have the same.
WAITING = "SyncRepWaitForLSN"


class CommitUnsure(OperationalError):
    """PostgreSQL committed, and has warned that it may be lost."""


class AttentiveConnection(Connection[Any]):
    """A connection on which a statement fails with `CommitUnsure` when its commit did not wait for the standby."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._is_warned = False
        self.add_notice_handler(self._heed)

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """What the server answers, if it gave no warning with it."""
        self._is_warned = False
        answer = super().wait(gen, interval, timeout)
        if self._is_warned:
            raise CommitUnsure("committed, and perhaps not on the standby")
        return answer

    def _heed(self, notice: Diagnostic) -> None:
        """Remember a warning until its statement has ended: what a notice handler raises is lost."""
        self._is_warned |= notice.source_function == WAITING
