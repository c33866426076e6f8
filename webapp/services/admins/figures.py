"""The house in figures, and whether it is well."""

from dataclasses import dataclass

from sqlalchemy import text

from webapp.services.admins.role import refuse_others
from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted

# The sweeper marks lapsed holds twice a second: where one is not marked after so many, it stands still.
SECONDS_OF_GRACE = 10


@dataclass(frozen=True)
class Overview:
    """Counts of all there is; `lapsed` holds are over and not yet marked so, the oldest for `lapsed_for` seconds."""

    accounts: int
    guests: int
    admins: int
    shows_ahead: int
    drafts: int
    shows: int
    sold: int
    held: int
    blocked: int
    lapsed: int
    lapsed_for: float

    @property
    def is_swept(self) -> bool:
        """Whether lapsed holds are marked in time."""
        return self.lapsed_for < SECONDS_OF_GRACE


def overview(asker: Asker | None) -> Overview:
    """The figures, for an admin. Raises `NotFound` for anybody else."""
    refuse_others(asker)
    with autocommitted() as connection:
        people = connection.execute(
            text("""
                SELECT count(*) FILTER (WHERE NOT is_guest) AS accounts,
                       count(*) FILTER (WHERE is_guest) AS guests,
                       count(*) FILTER (WHERE is_admin) AS admins
                FROM users
                WHERE deleted_at IS NULL
            """)
        ).one()
        programme = connection.execute(
            text("""
                SELECT count(*) FILTER (
                           WHERE published_at IS NOT NULL AND cancelled_at IS NULL AND starts_at > statement_timestamp()
                       ) AS shows_ahead,
                       count(*) FILTER (WHERE published_at IS NULL AND cancelled_at IS NULL) AS drafts,
                       count(*) AS shows
                FROM shows
            """)
        ).one()
        seats = connection.execute(
            text("""
                SELECT count(*) FILTER (WHERE status = 'CONFIRMED') AS sold,
                       count(*) FILTER (WHERE status = 'HELD' AND user_id IS NOT NULL AND hold_expiry > now()) AS held,
                       count(*) FILTER (WHERE status = 'HELD' AND user_id IS NULL AND hold_expiry > now()) AS blocked,
                       count(*) FILTER (WHERE status = 'HELD' AND hold_expiry <= now()) AS lapsed,
                       CAST(coalesce(extract(epoch FROM now() - min(hold_expiry) FILTER (
                           WHERE status = 'HELD' AND hold_expiry <= now()
                       )), 0) AS float) AS lapsed_for
                FROM reservations
                WHERE status IN ('HELD', 'CONFIRMED')
            """)
        ).one()
    return Overview(*people, *programme, *seats)
