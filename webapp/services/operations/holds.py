"""How many holds live, how long the oldest lapsed one has waited to be marked, and whether a commit is for good."""

from dataclasses import dataclass

from sqlalchemy import text

from webapp.services.database.statements import autocommitted_ahead


@dataclass(frozen=True)
class Holds:
    """The buyers' live holds, and the seconds that the oldest lapsed hold has waited: 0 where none waits.

    `unsafe` says why a commit might be lost in a power cut; None where it is on the disk before anybody hears of it.
    """

    live: int
    sweeper_lag: float
    unsafe: str | None


def look() -> Holds:
    """Look once, at the holds that lapse within the hour or have lapsed: a buyer's hold is shorter, and what the house
    keeps for longer is none. Raises `Busy`."""
    with autocommitted_ahead() as connection:
        found = connection.execute(
            text("""
                SELECT count(*) FILTER (WHERE hold_expiry > moment AND user_id IS NOT NULL) AS live,
                       coalesce(extract(epoch FROM max(moment - hold_expiry)), 0) AS lag,
                       current_setting('fsync') AS fsync,
                       current_setting('synchronous_commit') AS synchronous_commit
                FROM (VALUES (statement_timestamp())) AS now (moment)
                LEFT JOIN reservations ON status = 'HELD'
                                      AND hold_expiry <= moment + interval '1 hour'
            """)
        ).one()
    return Holds(found.live, max(0.0, float(found.lag)), unsafe(found.fsync, found.synchronous_commit))


def unsafe(fsync: str, synchronous_commit: str) -> str | None:
    """Why a commit might be lost with these settings of the database."""
    for name, value in (("fsync", fsync), ("synchronous_commit", synchronous_commit)):
        if value == "off":
            return f"A sale is told before it is on the disk: {name} is off."
    return None
