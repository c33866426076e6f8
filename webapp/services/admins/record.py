"""What admins did, for one another to see."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text

from webapp.services.acts.reading import SELECT, Act
from webapp.services.admins.role import refuse_others
from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted


@dataclass(frozen=True)
class Deed:
    """An act of an admin, and with which show: None for one that was with none."""

    act: Act
    show_id: int | None
    title: str | None
    currency: str


def deeds(asker: Asker | None, *, limit: int, before: int | None = None) -> Sequence[Deed]:
    """What admins did with shows of others, which API keys they made and revoked, and who became one or ended as one;
    the latest first, `limit` of those below id `before`.

    For an admin; raises `NotFound` for anybody else.
    """
    refuse_others(asker)
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"""
                SELECT deeds.*, shows.id, shows.title, coalesce(shows.currency, '') AS currency
                FROM ({SELECT}
                      WHERE (acts.details ? 'as_admin'
                             OR acts.act IN ('become admin', 'end as admin')
                             OR users.is_admin AND acts.act IN ('make API key', 'revoke API key', 'revoke API keys'))
                        AND (CAST(:before AS bigint) IS NULL OR acts.id < :before)
                      ORDER BY acts.id DESC
                      LIMIT :limit) AS deeds
                JOIN acts ON acts.id = deeds.id
                LEFT JOIN shows ON shows.id = acts.show_id
                ORDER BY deeds.id DESC
            """),  # noqa: S608 -- made of constants
            {"limit": limit, "before": before},
        )
        return [Deed(Act(*row[:-3]), *row[-3:]) for row in rows]
