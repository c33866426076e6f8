"""How services reach the database: one autocommitted statement, or a transaction that ends with a commit in sight."""

from sqlalchemy import Connection

from webapp.extensions import db


def autocommitted() -> Connection:
    """A connection on which each statement is its own transaction, for verbs and questions of one statement.

    It saves the round trips of BEGIN and COMMIT. Use it as a context manager.
    """
    return db.engine.execution_options(isolation_level="AUTOCOMMIT").connect()


def transaction() -> Connection:
    """A connection in a transaction that is rolled back unless the verb commits. Use it as a context manager."""
    return db.engine.connect()
