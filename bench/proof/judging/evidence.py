"""What the database says at the end of a run, and what it was seen to say meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Literal

import psycopg

PAUSE = 0.02  # seconds between two looks


@dataclass(frozen=True, slots=True)
class Row:
    """A reservation as the database has it; moments in seconds since 1970."""

    id: int
    user_id: int | None
    seat_id: int
    status: Literal["HELD", "CONFIRMED", "CANCELLED", "EXPIRED"]
    created_at: float
    hold_expiry: float
    updated_at: float
    confirmed_at: float | None


@dataclass(slots=True)
class Evidence:
    """The rows at the end, when each was certainly there (`births`, by its id, in seconds since 1970), how many `looks`
    found which seats with more than one active row (`doubled`), and how many deadlocks there were meanwhile."""

    rows: list[Row] = field(default_factory=list)
    births: dict[int, float] = field(default_factory=dict)
    looks: int = 0
    doubled: set[int] = field(default_factory=set)
    deadlocks: int = 0


def witness_births(url: str) -> None:
    """From now on the database says of each reservation when it was certainly there: once the index had let it in.

    A row itself tells only when its hold was decided, which is a moment before, and an answer comes a moment after: so
    late, on a busy machine, that a short hold is over. The product knows nothing of it.
    """
    with psycopg.connect(url) as connection:
        connection.execute(WITNESS)


@contextmanager
def looking(url: str) -> Iterator[Evidence]:
    """Look again and again for seats with two active rows; at the end of the block, read all rows and their births.

    The births must have been witnessed (`witness_births`) from the first of them on.
    Sessions tell of their deadlocks when they end, or within a second of their next statement.
    """
    evidence, over = Evidence(), Event()
    with psycopg.connect(url, autocommit=True) as connection:
        before = _deadlocks(connection)

    def look() -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            while not over.wait(PAUSE):
                evidence.doubled.update(seat for (seat,) in connection.execute(DOUBLED))
                evidence.looks += 1

    looker = Thread(target=look, daemon=True)
    looker.start()
    try:
        yield evidence
    finally:
        over.set()
        looker.join()
    with psycopg.connect(url, autocommit=True) as connection:
        evidence.rows = [Row(*row) for row in connection.execute(ROWS)]
        evidence.births = dict(connection.execute(BIRTHS).fetchall())
        evidence.deadlocks = _deadlocks(connection) - before


def _deadlocks(connection: psycopg.Connection) -> int:
    [number] = connection.execute(DEADLOCKS).fetchone() or [0]
    return int(number)


DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"

WITNESS = """
    CREATE TABLE IF NOT EXISTS births (reservation_id bigint PRIMARY KEY, witnessed_at timestamptz NOT NULL);
    CREATE OR REPLACE FUNCTION witness_birth() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO births VALUES (NEW.id, clock_timestamp());
        RETURN NULL;
    END
    $$;
    CREATE OR REPLACE TRIGGER witness_birth AFTER INSERT ON reservations
    FOR EACH ROW EXECUTE FUNCTION witness_birth()
"""

BIRTHS = "SELECT reservation_id, CAST(extract(epoch FROM witnessed_at) AS float8) FROM births"

DOUBLED = """
    SELECT seat_id
    FROM reservations
    WHERE status IN ('HELD', 'CONFIRMED')
    GROUP BY seat_id
    HAVING count(*) > 1
"""

ROWS = """
    SELECT id, user_id, seat_id, status,
           CAST(extract(epoch FROM created_at) AS float8),
           CAST(extract(epoch FROM hold_expiry) AS float8),
           CAST(extract(epoch FROM updated_at) AS float8),
           CAST(extract(epoch FROM confirmed_at) AS float8)
    FROM reservations
"""
