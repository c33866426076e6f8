"""What somebody is to a show: asked of the database each time, since it may have changed a moment ago."""

from typing import Literal

from sqlalchemy import text

from webapp.services import shows
from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted
from webapp.services.refusals import Forbidden

Role = Literal["organizer", "manager", "admin"]


def role_of(asker: Asker, show_id: int) -> Role | None:
    """What the asker is to the show: of several, the first of organizer, manager and admin; None for a stranger."""
    with autocommitted() as connection:
        role: Role | None = connection.execute(
            text("""
                SELECT CASE
                           WHEN shows.organizer_id = users.id THEN 'organizer'
                           WHEN EXISTS (
                               SELECT FROM show_managers WHERE show_id = shows.id AND user_id = users.id
                           ) THEN 'manager'
                           WHEN users.is_admin THEN 'admin'
                       END
                FROM users
                JOIN shows ON shows.id = :show_id
                WHERE users.id = :user_id
                  AND users.deleted_at IS NULL
            """),
            {"user_id": asker.id, "show_id": show_id},
        ).scalar_one_or_none()
    return role


def refuse_managers(asker: Asker, show_id: int, sentence: str) -> None:
    """Let only the organizer pass, and admins: who may come in is not for those to say who were let in.

    A manager who could invite would leave a door open when removed. Raises `Forbidden` with the sentence, and as
    `shows.refuse_strangers` does.
    """
    shows.refuse_strangers(asker, show_id)
    with autocommitted() as connection:
        may = connection.execute(
            text("""
                SELECT is_admin OR EXISTS (SELECT FROM shows WHERE id = :show_id AND organizer_id = users.id)
                FROM users
                WHERE id = :user_id
            """),
            {"user_id": asker.id, "show_id": show_id},
        ).scalar_one()
    if not may:
        raise Forbidden(sentence)
