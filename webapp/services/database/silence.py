"""A database that says nothing any more: whoever asked it is told so, in place of waiting for ever.

PostgreSQL ends a statement that takes too long, and the kernel a connection whose other side is known to be gone. A
network that swallows packets, or a server that stands still, does neither.
"""

from typing import Any, cast

from psycopg import OperationalError
from psycopg.abc import RV, PQGen
from psycopg.errors import _WaitTimeout
from sqlalchemy import Connection, Engine, event

from webapp.services.database.unsure import AttentiveConnection

# Seconds more than a statement may take: by then the server would have ended it, and said so.
GRACE = 2


class ImpatientConnection(AttentiveConnection):
    """A connection that is given up when nothing is heard of what was asked for `patience` seconds; None: never."""

    patience: float | None = None

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """What the server answers; raises `OperationalError` and closes the connection where it does not."""
        if timeout is not None or self.patience is None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.patience)
        except _WaitTimeout as silence:
            self.pgconn.finish()  # the answer may yet come, and would be taken for that to another question
            raise OperationalError(f"the server has said nothing for {self.patience:g} seconds") from silence


def bear_silence(engine: Engine, seconds: float) -> None:
    """Let no connection of `engine` wait longer than so many seconds for an answer."""

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _record: object, arguments: Any, named: Any) -> ImpatientConnection:
        connection = ImpatientConnection.connect(*arguments, **named)
        connection.patience = seconds
        return connection


def wait_without_end(connection: Connection) -> None:
    """Let this connection wait for as long as it takes, from now on."""
    cast(ImpatientConnection, connection.connection.driver_connection).patience = None
