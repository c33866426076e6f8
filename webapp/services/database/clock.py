"""What time it is: the database's time, the only one that decides."""

from datetime import datetime

from sqlalchemy import text

from webapp.services.database.statements import autocommitted


def now() -> datetime:
    """The time, in UTC."""
    with autocommitted() as connection:
        moment: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    return moment
