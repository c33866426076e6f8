"""Acts are recorded, in the transaction that does them."""

from collections.abc import Sequence
from json import dumps
from typing import Any

from sqlalchemy import Connection, text

from webapp.services.asker import Asker
from webapp.services.refusals import Forbidden


def record(connection: Connection, asker: Asker, show_id: int | None, act: str, **details: Any) -> None:
    """Write a line about what the asker does, in the transaction that does it.

    `act` is a verb with its object ("cancel show"), for which `webapp.act_words` has the words. `details` must be fit
    for JSON, and short: counts and first names of seats rather than thousands of them. Whom it is about is told by
    `person_id` (a user) or `invitation_id`, never by name: the line stays when the person's account is deleted. Which
    API key it was done with, if any, is told by `api_key_id`.

    Raises `Forbidden` when the asker does not run the show, or no longer: then nothing of the transaction may stay. An
    admin who runs it as nothing else is recorded to have acted as one (`as_admin`).
    """
    record_for_each(connection, asker, [show_id], act, **details)


def record_for_each(
    connection: Connection, asker: Asker, show_ids: Sequence[int | None], act: str, **details: Any
) -> None:
    """Do what `record` does, with a line for each of these shows."""
    recorded = connection.execute(
        text("""
            INSERT INTO acts (user_id, show_id, act, details, through)
            SELECT users.id, acted_on.show_id, :act,
                   CAST(:details AS jsonb) || CASE
                       WHEN users.is_admin
                        AND acted_on.show_id IS NOT NULL
                        AND NOT EXISTS (
                            SELECT FROM shows WHERE id = acted_on.show_id AND organizer_id = users.id
                        )
                        AND NOT EXISTS (
                            SELECT FROM show_managers WHERE show_id = acted_on.show_id AND user_id = users.id
                        )
                       THEN jsonb '{"as_admin": true}'
                       ELSE jsonb '{}'
                   END,
                   :through
            FROM users
            CROSS JOIN unnest(CAST(:show_ids AS integer[])) AS acted_on (show_id)
            WHERE users.id = :user_id
              AND (acted_on.show_id IS NULL OR runs_show(users.id, acted_on.show_id))
        """),
        {
            "user_id": asker.id,
            "show_ids": list(show_ids),
            "act": act,
            "details": dumps(details if asker.api_key_id is None else {**details, "api_key_id": asker.api_key_id}),
            "through": asker.through,
        },
    ).rowcount
    if recorded < len(show_ids):
        raise Forbidden("Only those who run a show can do this with it.")
