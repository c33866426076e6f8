"""Connections of the tests' own, kept for the next who asks: most tests ask a dozen times, and each opening costs more
than what is asked."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakSet

import psycopg
from flask import Flask
from psycopg import Connection
from psycopg.rows import DictRow, dict_row

from webapp.extensions import db

# Every application of this process; several may be on one database.
apps: WeakSet[Flask] = WeakSet()
_idle: defaultdict[str, list[Connection[DictRow]]] = defaultdict(list)


@contextmanager
def connection_to(url: str) -> Iterator[Connection[DictRow]]:
    """A connection as good as new; committed at the end, or closed where something went wrong."""
    connection = _kept(url) or psycopg.connect(url, row_factory=dict_row, prepare_threshold=None)
    try:
        yield connection
        if not connection.closed:
            connection.commit()
            _idle[url].append(connection)
    except BaseException:
        connection.close()
        raise


def hang_up(url: str) -> None:
    """Close what is kept, so that nobody is connected on our account."""
    while _idle[url]:
        _idle[url].pop().close()


def empty_pools() -> None:
    """Close the idle connections of all applications of this process."""
    for app in list(apps):
        with app.app_context():
            db.engine.dispose()


def _kept(url: str) -> Connection[DictRow] | None:
    while _idle[url]:
        connection = _idle[url].pop()
        try:
            connection.autocommit = True
            connection.execute("DISCARD ALL")
            connection.autocommit = False
        except psycopg.OperationalError:  # a test has had the server end it
            connection.close()
        else:
            return connection
    return None
