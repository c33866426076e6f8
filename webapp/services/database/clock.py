"""What time it is: the database's time, the only one that decides; and how a time is told."""

from datetime import UTC, datetime

from sqlalchemy import text

from webapp.services.database.statements import autocommitted


def now() -> datetime:
    """The time, in UTC."""
    with autocommitted() as connection:
        moment: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    return moment


def rfc3339(moment: datetime) -> str:
    """The moment as everything else in an answer has it: in UTC, with a Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
