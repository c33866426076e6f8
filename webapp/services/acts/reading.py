"""What was done is read again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text

from webapp.services.asker import Through
from webapp.services.database.statements import autocommitted


@dataclass(frozen=True)
class Act:
    """Something that was done with a show; `details` are what it was done with, as JSON has it.

    `about` is the name of whom it was done to, as it is now. `as_admin` tells whether it was done by an admin who had
    nothing else to do with the show then.
    """

    id: int
    user_id: int
    user_name: str
    act: str
    details: dict[str, Any]
    about: str | None
    as_admin: bool
    through: Through
    acted_at: datetime


SELECT = """
    SELECT acts.id, acts.user_id, users.name AS user_name, acts.act,
           acts.details - 'as_admin' AS details,
           coalesce(people.name, invitations.name) AS about,
           acts.details ? 'as_admin' AS as_admin,
           acts.through, acts.acted_at
    FROM acts
    JOIN users ON users.id = acts.user_id
    LEFT JOIN users AS people ON people.id = CAST(acts.details ->> 'person_id' AS integer)
    LEFT JOIN invitations ON invitations.id = CAST(acts.details ->> 'invitation_id' AS integer)
"""


def of_show(show_id: int, *, limit: int | None = None, before: int | None = None) -> Sequence[Act]:
    """What was done with the show, the latest first; at most `limit` of those below id `before`.

    Whether the asker may know is for the caller to settle.
    """
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"""
                {SELECT}
                WHERE acts.show_id = :show_id
                  AND (CAST(:before AS bigint) IS NULL OR acts.id < :before)
                ORDER BY acts.id DESC
                LIMIT CAST(:limit AS bigint)
            """),
            {"show_id": show_id, "limit": limit, "before": before},
        )
        return [Act(*row) for row in rows]
