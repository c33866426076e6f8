"""The record of what was done with a show, by whom and through what: append-only, written with what it tells of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from json import dumps
from typing import Any

from sqlalchemy import Connection, text

from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted


@dataclass(frozen=True)
class Act:
    """Something that was done with a show; `details` are what it was done with, as JSON has it."""

    id: int
    user_id: int
    user_name: str
    is_admin: bool
    act: str
    details: dict[str, Any]
    through: str
    acted_at: datetime


def record(connection: Connection, asker: Asker, show_id: int | None, act: str, **details: Any) -> None:
    """Write a line about what the asker does, in the transaction that does it.

    `act` is a verb with its object ("cancel show"); `details` must be fit for JSON, and short: counts and first names
    of seats rather than thousands of them.
    """
    connection.execute(
        text("""
            INSERT INTO acts (user_id, show_id, act, details, through)
            VALUES (:user_id, :show_id, :act, CAST(:details AS jsonb), :through)
        """),
        {"user_id": asker.id, "show_id": show_id, "act": act, "details": dumps(details), "through": asker.through},
    )


def of_show(show_id: int, *, limit: int, before: int | None = None) -> Sequence[Act]:
    """What was done with the show, the latest first; `limit` of those below id `before`.

    Whether the asker may know is for the caller to settle.
    """
    with autocommitted() as connection:
        rows = connection.execute(
            text("""
                SELECT acts.id, acts.user_id, users.name, users.is_admin, acts.act, acts.details, acts.through,
                       acts.acted_at
                FROM acts
                JOIN users ON users.id = acts.user_id
                WHERE acts.show_id = :show_id
                  AND (CAST(:before AS bigint) IS NULL OR acts.id < :before)
                ORDER BY acts.id DESC
                LIMIT :limit
            """),
            {"show_id": show_id, "limit": limit, "before": before},
        )
        return [Act(*row) for row in rows]
