"""Managers are listed and removed, and leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from webapp.services import acts, shows
from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted, transaction
from webapp.services.managers.roles import refuse_managers, role_of
from webapp.services.refusals import Forbidden, NotFound


@dataclass(frozen=True)
class Manager:
    """A colleague who runs the show beside its organizer, since when, and who invited them."""

    user_id: int
    name: str
    email: str
    since: datetime
    inviter: str


def organizer_of(show_id: int) -> str:
    """The name of the show's organizer. Whether the asker may know is for the caller to settle."""
    with autocommitted() as connection:
        name: str = connection.execute(
            text("SELECT users.name FROM shows JOIN users ON users.id = shows.organizer_id WHERE shows.id = :show_id"),
            {"show_id": show_id},
        ).scalar_one()
    return name


def of_show(
    asker: Asker, show_id: int, *, limit: int | None = None, after: tuple[datetime, int] | None = None
) -> Sequence[Manager]:
    """The managers of the show, the first first, for those who run it.

    Of a page, at most `limit` of those who came later than `after`, a moment and an id. Raises `NotFound` or
    `Forbidden`.
    """
    since, user_id = after or (None, None)
    shows.refuse_strangers(asker, show_id)
    with autocommitted() as connection:
        rows = connection.execute(
            text("""
                SELECT show_managers.user_id, users.name, users.email, show_managers.created_at, inviters.name
                FROM show_managers
                JOIN users ON users.id = show_managers.user_id
                JOIN users AS inviters ON inviters.id = show_managers.invited_by
                WHERE show_managers.show_id = :show_id
                  AND (CAST(:since AS timestamptz) IS NULL
                       OR (show_managers.created_at, show_managers.user_id)
                          > (CAST(:since AS timestamptz), CAST(:user_id AS integer)))
                ORDER BY show_managers.created_at, show_managers.user_id
                LIMIT CAST(:limit AS bigint)
            """),
            {"show_id": show_id, "since": since, "user_id": user_id, "limit": limit},
        )
        return [Manager(*row) for row in rows]


def remove(asker: Asker, show_id: int, user_id: int) -> None:
    """Have somebody manage the show no more, from their next request on.

    The organizer and admins remove anybody, a manager nobody but themselves. Raises `NotFound` where there is no such
    manager, and `Forbidden`, also for removing the organizer.
    """
    if user_id == asker.id:
        leave(asker, show_id)
        return
    refuse_managers(asker, show_id, "Only the organizer of a show removes its managers. You can leave it yourself.")
    with transaction() as connection:
        removed = _remove(connection, show_id, user_id)
        if removed:
            acts.record(connection, asker, show_id, "remove manager", person_id=user_id)
        connection.commit()
    if not removed:
        raise _no_such_manager(show_id, user_id)


def leave(asker: Asker, show_id: int) -> None:
    """Manage the show no more. Raises `NotFound` where the asker is no manager, `Forbidden` for its organizer."""
    shows.refuse_strangers(asker, show_id)
    if role_of(asker, show_id) != "manager":
        raise _no_such_manager(show_id, asker.id)
    with transaction() as connection:
        acts.record(connection, asker, show_id, "leave show")
        if not _remove(connection, show_id, asker.id):
            raise NotFound("You manage this show no more.")
        connection.commit()


def _remove(connection: Connection, show_id: int, user_id: int) -> int:
    return connection.execute(
        text("DELETE FROM show_managers WHERE show_id = :show_id AND user_id = :user_id"),
        {"show_id": show_id, "user_id": user_id},
    ).rowcount


def _no_such_manager(show_id: int, user_id: int) -> NotFound | Forbidden:
    with autocommitted() as connection:
        organizer_id = connection.execute(
            text("SELECT organizer_id FROM shows WHERE id = :show_id"), {"show_id": show_id}
        ).scalar_one()
    if organizer_id == user_id:
        return Forbidden("The organizer of a show stays: somebody has to answer for it.")
    return NotFound("This show has no such manager.")
