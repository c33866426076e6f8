"""All shows there are, of whomever, drafts too; for admins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from webapp.services.admins.role import refuse_others
from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted
from webapp.services.refusals import Closed


@dataclass(frozen=True)
class ListedShow:
    """A show in the list of all; `closed` is why it does not sell, None while it does."""

    id: int
    title: str
    venue: str
    starts_at: datetime
    timezone: str
    organizer_id: int
    organizer: str
    closed: Closed | None


def shows(
    asker: Asker | None, *, search: str | None = None, limit: int, before: int | None = None
) -> Sequence[ListedShow]:
    """The shows made last first; `limit` of those below id `before`, with `search` in title, venue or organizer's name.

    For an admin; raises `NotFound` for anybody else.
    """
    refuse_others(asker)
    with autocommitted() as connection:
        rows = connection.execute(
            text("""
                SELECT shows.id, shows.title, shows.venue, shows.starts_at, shows.timezone,
                       shows.organizer_id, users.name AS organizer,
                       CASE
                           WHEN shows.cancelled_at IS NOT NULL THEN 'cancelled'
                           WHEN shows.starts_at <= statement_timestamp() THEN 'begun'
                           WHEN shows.published_at IS NULL THEN 'draft'
                           WHEN shows.on_sale_at > statement_timestamp() THEN 'not yet'
                           WHEN shows.off_sale_at <= statement_timestamp() THEN 'ended'
                       END AS closed
                FROM shows
                JOIN users ON users.id = shows.organizer_id
                WHERE (CAST(:before AS integer) IS NULL OR shows.id < :before)
                  AND (CAST(:search AS text) IS NULL
                       OR strpos(lower(concat_ws(' / ', shows.title, shows.venue, users.name)),
                                 lower(CAST(:search AS text))) > 0)
                ORDER BY shows.id DESC
                LIMIT :limit
            """),
            {"search": search, "limit": limit, "before": before},
        )
        return [ListedShow(*row) for row in rows]
