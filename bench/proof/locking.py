"""Rows that stay locked beyond the end of their hold, so that whoever confirms meanwhile has waited when it is over."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import sleep, time

import psycopg

from bench.proof.history import Operation, Recorder

PAUSE = 0.01
# Seconds before and after its end that a row is kept.
BEFORE, AFTER = 0.03, 0.004

ABOUT_TO_LAPSE = """
    SELECT id, seat_id, CAST(extract(epoch FROM hold_expiry) AS float8)
    FROM reservations
    WHERE status = 'HELD'
      AND hold_expiry BETWEEN clock_timestamp() AND clock_timestamp() + make_interval(secs => %s)
    ORDER BY hold_expiry
    LIMIT 1
    FOR NO KEY UPDATE SKIP LOCKED
"""


@contextmanager
def locking(url: str, recorder: Recorder) -> Iterator[None]:
    """Lock one reservation after the other from shortly before its end until shortly after, and change nothing."""
    over = Event()

    def lock() -> None:
        with psycopg.connect(url) as connection:
            while not over.wait(PAUSE):
                row = connection.execute(ABOUT_TO_LAPSE, (BEFORE,)).fetchone()
                locked = time()
                if row is not None:
                    reservation, seat, expiry = row
                    sleep(max(0.0, expiry + AFTER - time()))
                    recorder.write(Operation(0, "lock", (seat,), locked, time(), "ok", (reservation,)))
                connection.rollback()

    locker = Thread(target=lock, daemon=True)
    locker.start()
    try:
        yield
    finally:
        over.set()
        locker.join()
