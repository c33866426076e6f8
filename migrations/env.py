"""How migrations run: in one transaction each, on the application's own engine."""

from alembic import context
from flask import current_app
from sqlalchemy import text

from webapp.services.database.silence import wait_without_end

MIGRATING = 7304  # the advisory lock of whoever migrates; see webapp/services/reservations/locks.py for the others


def run() -> None:
    """Bring the database of the current application to the wanted revision; of two who try at once, one waits."""
    database = current_app.extensions["migrate"].db
    with database.engine.connect().execution_options(isolation_level="READ COMMITTED") as connection:
        # A migration may take longer than a request is allowed to.
        wait_without_end(connection)
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("SET lock_timeout = '60s'"))
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATING})
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=database.metadatas[None],
            transaction_per_migration=True,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        connection.invalidate()  # ends the session, and with it the lock and the settings


run()
