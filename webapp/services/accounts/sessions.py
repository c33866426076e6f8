"""Sessions of browsers are ended: one of them, or all that an account has."""

from datetime import timedelta

from sqlalchemy import text

from webapp.services import acts
from webapp.services.asker import Asker
from webapp.services.database.refusing import account_deleted
from webapp.services.database.statements import autocommitted, autocommitted_apart, transaction

# How many are forgotten in one turn, so that none lasts long.
TURN = 10_000


def end_session(session_id: str) -> None:
    """Have the session with this id be nobody's from now on, also in a copy of its cookie; twice is as good as once."""
    with autocommitted() as connection:
        connection.execute(
            text("INSERT INTO ended_sessions (id) VALUES (:session_id) ON CONFLICT DO NOTHING"),
            {"session_id": session_id},
        )


def end_all_sessions(user: Asker) -> int:
    """End all sessions and access tokens of the user so far; the token version for a new one.

    API keys stay: each is listed and revoked by itself. Raises `NotSignedIn` for who has left.
    """
    with transaction() as connection:
        token_version: int | None = connection.execute(
            text("""
                UPDATE users
                SET token_version = token_version + 1
                WHERE id = :user_id
                  AND deleted_at IS NULL
                RETURNING token_version
            """),
            {"user_id": user.id},
        ).scalar_one_or_none()
        if token_version is None:
            raise account_deleted()
        acts.record(connection, user, None, "end all sessions")
        connection.commit()
    return token_version


def forget_ended_sessions(life: timedelta) -> int:
    """Forget some that were ended longer ago than the `life` of a cookie, so that no copy is good; how many."""
    with autocommitted_apart() as connection:
        return connection.execute(
            text("""
                DELETE FROM ended_sessions
                WHERE id IN (
                    SELECT id
                    FROM ended_sessions
                    WHERE ended_at < statement_timestamp() - CAST(:life AS interval)
                    LIMIT :turn
                    FOR UPDATE SKIP LOCKED
                )
            """),
            {"life": life, "turn": TURN},
        ).rowcount
