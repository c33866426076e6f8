"""Who is an admin: made so by an operator at the command line, asked of the database each time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from webapp.services import acts
from webapp.services.asker import Asker
from webapp.services.database.refusing import account_deleted
from webapp.services.database.statements import autocommitted, transaction
from webapp.services.refusals import Forbidden, NotFound


@dataclass(frozen=True)
class Admin:
    """An admin, and since when; that is None where it was never recorded."""

    id: int
    name: str
    email: str
    since: datetime | None


def promote(user: Asker) -> bool:
    """Make the user an admin; whether that is new. Raises `Forbidden` for a guest, `NotSignedIn` for who has left."""
    if user.is_guest:
        raise Forbidden("A guest cannot be an admin: they sign up first.")
    return _set(user, "become admin", is_admin=True)


def demote(user: Asker) -> bool:
    """Have the user be no admin any more, from their next request on; whether they were one."""
    return _set(user, "end as admin", is_admin=False)


def listed() -> Sequence[Admin]:
    """All admins by name."""
    with autocommitted() as connection:
        rows = connection.execute(
            text("""
                SELECT users.id, users.name, users.email, promoted.since
                FROM users
                CROSS JOIN LATERAL (
                    SELECT max(acted_at) AS since
                    FROM acts
                    WHERE acts.user_id = users.id
                      AND acts.act = 'become admin'
                ) AS promoted
                WHERE users.is_admin
                ORDER BY users.name, users.id
            """)
        )
        return [Admin(*row) for row in rows]


def refuse_others(asker: Asker | None) -> Asker:
    """Let only an admin pass, whom it returns; to anybody else there is nothing here. Raises `NotFound`."""
    with autocommitted() as connection:
        is_admin = (
            asker
            and connection.execute(
                text("SELECT is_admin FROM users WHERE id = :user_id"), {"user_id": asker.id}
            ).scalar_one_or_none()
        )
    if asker is None or not is_admin:
        raise NotFound("There is nothing at this address.")
    return asker


def _set(user: Asker, act: str, *, is_admin: bool) -> bool:
    """Set the role, and record it where that changed something."""
    with transaction() as connection:
        was_admin = connection.execute(
            text("SELECT is_admin FROM users WHERE id = :user_id AND deleted_at IS NULL FOR NO KEY UPDATE"),
            {"user_id": user.id},
        ).scalar_one_or_none()
        if was_admin is None:
            raise account_deleted()
        if was_admin is not is_admin:
            connection.execute(
                text("UPDATE users SET is_admin = :is_admin WHERE id = :user_id"),
                {"is_admin": is_admin, "user_id": user.id},
            )
            acts.record(connection, user, None, act)
        connection.commit()
    return was_admin is not is_admin
