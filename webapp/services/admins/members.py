"""All accounts there are, for admins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from webapp.services.admins.role import refuse_others
from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted


@dataclass(frozen=True)
class Account:
    """An account in the list of all, and how many shows it organizes and manages."""

    id: int
    name: str
    email: str
    created_at: datetime
    is_admin: bool
    organizes: int
    manages: int


def accounts(
    asker: Asker | None, *, search: str | None = None, limit: int, before: int | None = None
) -> Sequence[Account]:
    """The accounts made last first, without guests and those that were deleted; `limit` of those below id `before`,
    with `search` in name or e-mail address.

    For an admin; raises `NotFound` for anybody else.
    """
    refuse_others(asker)
    with autocommitted() as connection:
        rows = connection.execute(
            text("""
                SELECT users.id, users.name, users.email, users.created_at, users.is_admin,
                       (SELECT count(*) FROM shows WHERE organizer_id = users.id) AS organizes,
                       (SELECT count(*) FROM show_managers WHERE user_id = users.id) AS manages
                FROM users
                WHERE NOT users.is_guest
                  AND users.deleted_at IS NULL
                  AND (CAST(:before AS integer) IS NULL OR users.id < :before)
                  AND (CAST(:search AS text) IS NULL
                       OR strpos(lower(concat_ws(' / ', users.name, users.email)), lower(CAST(:search AS text))) > 0)
                ORDER BY users.id DESC
                LIMIT :limit
            """),
            {"search": search, "limit": limit, "before": before},
        )
        return [Account(*row) for row in rows]
