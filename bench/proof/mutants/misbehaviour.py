"""What the product would do if it were written otherwise: the bugs that are more than other words in its place."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from time import sleep
from unittest.mock import patch

import psycopg
from sqlalchemy import Connection, text

from tests.scenes import Scene
from webapp.services.database.statements import autocommitted, transaction

INDEX = "unique_active_reservation_per_seat"
# For how many seconds a sweeper has its eyes closed.
BLIND = 0.06


def never_indexed(scene: Scene) -> None:
    """What a CREATE INDEX CONCURRENTLY that failed leaves behind."""
    with psycopg.connect(scene.database.superuser_url) as connection:
        connection.execute(
            f"UPDATE pg_index SET indisvalid = false, indisready = false WHERE indexrelid = '{INDEX}'::regclass"
        )


@contextmanager
def commits_in_vain(chance: Random, every: int) -> Iterator[Connection]:
    """A transaction that is told of as committed, and once in so many times is not."""
    with transaction() as connection:
        end = connection.rollback if chance.randrange(every) == 0 else connection.commit
        with patch.object(connection, "commit", end):
            yield connection
        end()


def sweep_blindly() -> int:
    """Choose which holds are to be expired, and do it a moment later, whatever became of them."""
    with autocommitted() as connection:
        ids = connection.execute(
            text("SELECT id FROM reservations WHERE status = 'HELD' AND hold_expiry <= clock_timestamp() + :soon"),
            {"soon": timedelta(seconds=BLIND)},
        )
        chosen = list(ids.scalars())
        sleep(BLIND)
        return connection.execute(
            text("UPDATE reservations SET status = 'EXPIRED' WHERE id = ANY(:ids)"), {"ids": chosen}
        ).rowcount
