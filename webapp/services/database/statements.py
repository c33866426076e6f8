"""How services reach the database: one autocommitted statement, or a transaction that ends with a commit in sight.

Where a request must be done once for all (webapp/services/kept_answers), both are parts of one transaction.
"""

from functools import cache
from typing import cast

from sqlalchemy import Connection, Executable, column
from sqlalchemy import text as read

from webapp.extensions import db
from webapp.services.database.waiting import connect, connect_ahead
from webapp.services.database.whole import connect_for_transaction, part_of_whole


def autocommitted() -> Connection:
    """A connection on which each statement is its own transaction, for verbs and questions of one statement.

    It saves the round trips of BEGIN and COMMIT. Use it as a context manager.
    """
    part = part_of_whole(each=True)
    return cast(Connection, part) if part else connect(db.engine)


def transaction() -> Connection:
    """A connection in a transaction that is rolled back unless the verb commits. Use it as a context manager."""
    part = part_of_whole(each=False)
    return cast(Connection, part) if part else connect_for_transaction(db.engine)


def apart() -> Connection:
    """A transaction of its own, no part of a whole: what it commits stays, whatever becomes of the request."""
    return connect_for_transaction(db.engine)


def autocommitted_apart() -> Connection:
    """The same with each statement as its own transaction; also for what a process keeps for all requests, where what
    one of them may yet undo has no place.

    A request that is a whole has one connection already; `connect_for_whole` sees to it that there is another.
    """
    return connect(db.engine)


def autocommitted_ahead() -> Connection:
    """The same for a look at the site itself, which is taken where others are sent away: to be busy is not to fail."""
    return connect_ahead(db.engine)


@cache
def written_once(sql: str, *columns: str) -> Executable:
    """The statement, read once in a process: of a long one that costs more than sending it, and each request asks.

    Where its columns are named, how their rows are read is found out once, too.
    """
    written = read(sql)
    return written.columns(*map(column, columns)) if columns else written
