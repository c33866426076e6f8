"""Accounts are deleted: the person is forgotten, what they bought is not."""

from sqlalchemy import Connection, text

from webapp.services import acts
from webapp.services.accounts.account import check_password
from webapp.services.asker import Asker
from webapp.services.database.statements import transaction
from webapp.services.refusals import StillOrganizing
from webapp.services.reservations.ending import release_all_holds


def delete_account(asker: Asker, *, password: str) -> None:
    """Forget the person and give back the holds; what was bought stays on record, without a name.

    They manage no show any more, are no admin, and their API keys are gone.

    Raises `SignInFailed` when `password` is not the asker's, and `StillOrganizing` while shows of theirs lie ahead.
    """
    check_password(asker, password)
    with transaction() as connection:
        release_all_holds(connection, asker)
        # Whoever creates a show meanwhile shares a lock on this row (services/shows.py).
        connection.execute(text("SELECT FROM users WHERE id = :user_id FOR UPDATE"), {"user_id": asker.id})
        _refuse_with_shows_ahead(connection, asker)
        connection.execute(
            text("""
                UPDATE users
                SET name = 'Deleted account',
                    phone_number = NULL,
                    email = NULL,
                    password = NULL,
                    is_admin = false,
                    known_networks = '{}',
                    token_version = token_version + 1,
                    deleted_at = now()
                WHERE id = :user_id
            """),
            {"user_id": asker.id},
        )
        _forget_manager(connection, asker)
        connection.execute(text("DELETE FROM api_keys WHERE user_id = :user_id"), {"user_id": asker.id})
        acts.record(connection, asker, None, "delete account")
        connection.commit()


def _forget_manager(connection: Connection, asker: Asker) -> None:
    """Have the asker manage nothing any more, and the invitations they accepted name nobody."""
    connection.execute(text("DELETE FROM show_managers WHERE user_id = :user_id"), {"user_id": asker.id})
    connection.execute(
        text("UPDATE invitations SET name = 'Deleted account' WHERE accepted_by = :user_id"), {"user_id": asker.id}
    )


def _refuse_with_shows_ahead(connection: Connection, asker: Asker) -> None:
    titles = connection.execute(
        text("""
            SELECT title
            FROM shows
            WHERE organizer_id = :user_id
              AND cancelled_at IS NULL
              AND starts_at > statement_timestamp()
            ORDER BY starts_at
        """),
        {"user_id": asker.id},
    ).scalars()
    if ahead := list(titles):
        raise StillOrganizing(f"You organize shows that lie ahead ({', '.join(ahead)}). Cancel them first.")
