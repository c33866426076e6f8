"""Rows that stay locked beyond the end of their hold, so that whoever confirms meanwhile has waited when it is over."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import sleep, time

import psycopg

from bench.proof.judging.history import Operation, Recorder

PAUSE = 0.01
# Seconds before and after its end that a row is kept.
BEFORE, AFTER = 0.03, 0.004

ABOUT_TO_LAPSE = """
    SELECT id, seat_id, CAST(extract(epoch FROM hold_expiry) AS float8)
    FROM reservations
    WHERE status = 'HELD'
      AND hold_expiry BETWEEN clock_timestamp() AND clock_timestamp() + make_interval(secs => %s)
    ORDER BY hold_expiry
    LIMIT 4
    FOR NO KEY UPDATE SKIP LOCKED
"""


@contextmanager
def locking(url: str, recorder: Recorder) -> Iterator[None]:
    """Lock some reservations from shortly before their ends until shortly after, and change nothing; then others."""
    over = Event()

    def lock() -> None:
        with psycopg.connect(url) as connection:
            while not over.wait(PAUSE):
                rows = connection.execute(ABOUT_TO_LAPSE, (BEFORE,)).fetchall()
                locked = time()
                if rows:
                    sleep(max(0.0, max(expiry for _, _, expiry in rows) + AFTER - time()))
                    recorder.write(
                        Operation(
                            0,
                            "lock",
                            tuple(seat for _, seat, _ in rows),
                            locked,
                            time(),
                            "ok",
                            tuple(reservation for reservation, _, _ in rows),
                        )
                    )
                connection.rollback()

    locker = Thread(target=lock, daemon=True)
    locker.start()
    try:
        yield
    finally:
        over.set()
        locker.join()
