"""Accounts: sign up, sign in, and change the password."""

from sqlalchemy import text

from webapp.services import acts
from webapp.services.accounts.passwords import hash_password, password_matches
from webapp.services.asker import Asker, Through
from webapp.services.database.refusing import account_deleted
from webapp.services.database.statements import autocommitted, transaction, written_once
from webapp.services.refusals import NotFound, SignInFailed

ASKER_COLUMNS = ("id", "name", "email", "phone_number", "is_guest", "is_admin")
ASKER = """
    SELECT id, name, email, phone_number, is_guest, is_admin
    FROM users
    WHERE id = :user_id
      AND token_version = :token_version
      AND deleted_at IS NULL
      AND NOT EXISTS (SELECT FROM ended_sessions WHERE ended_sessions.id = CAST(:session_id AS text))
"""


def sign_up(*, name: str, phone_number: str, email: str, password: str, through: Through) -> tuple[Asker, int]:
    """Create an account; the new user and its token version.

    `email` and `phone_number` are taken as normalized (webapp.schemas.users). Raises `AlreadyInUse`.
    """
    hashed = hash_password(password)
    with autocommitted() as connection:
        row = connection.execute(
            text("""
                INSERT INTO users (name, phone_number, email, password)
                VALUES (:name, :phone_number, :email, :password)
                RETURNING id, token_version
            """),
            {"name": name, "phone_number": phone_number, "email": email, "password": hashed},
        ).one()
    return Asker(row.id, name, email, phone_number, through), row.token_version


def sign_in(*, email: str, password: str, through: Through) -> tuple[Asker, int]:
    """The user whose e-mail and password these are, and its token version; raises `SignInFailed`."""
    with autocommitted() as connection:
        row = connection.execute(
            text("""
                SELECT id, name, email, phone_number, password, token_version
                FROM users
                WHERE email = :email
            """),
            {"email": email},
        ).one_or_none()
    # Asked even for nobody, so that an unknown e-mail takes as long as a wrong password.
    matches = password_matches(row.password if row else None, password)
    if row is None or not matches:
        raise SignInFailed("E-mail and password do not belong together.")
    return Asker(row.id, row.name, row.email, row.phone_number, through), row.token_version


def asker(user_id: int, token_version: int, *, through: Through, session_id: str | None = None) -> Asker | None:
    """The user or guest with this id, unless they are gone or their sessions and tokens, or this session, were ended
    since."""
    with autocommitted() as connection:
        row = connection.execute(
            written_once(ASKER, *ASKER_COLUMNS),
            {"user_id": user_id, "token_version": token_version, "session_id": session_id},
        ).one_or_none()
    if row is None:
        return None
    return Asker(row.id, row.name, row.email, row.phone_number, through, row.is_guest, row.is_admin)


def is_account(user_id: int) -> bool:
    """Whether this is somebody's account: no guest, and not deleted."""
    with autocommitted() as connection:
        found: bool = connection.execute(
            text("SELECT EXISTS (SELECT FROM users WHERE id = :user_id AND NOT is_guest AND deleted_at IS NULL)"),
            {"user_id": user_id},
        ).scalar_one()
    return found


def by_email(email: str) -> Asker:
    """The user with this normalized e-mail address, for an operator's command; raises `NotFound`."""
    with autocommitted() as connection:
        row = connection.execute(
            text("SELECT id, name, email, phone_number FROM users WHERE email = :email"),
            {"email": email},
        ).one_or_none()
    if row is None:
        raise NotFound(f"There is no account with the e-mail address {email}.")
    return Asker(row.id, row.name, row.email, row.phone_number, "command")


def change_password(asker: Asker, *, current_password: str, new_password: str) -> int:
    """Change the password and end all sessions and tokens so far; the token version for a new one.

    Raises `SignInFailed` when `current_password` is not the asker's.
    """
    check_password(asker, current_password)
    hashed = hash_password(new_password)
    with transaction() as connection:
        token_version: int | None = connection.execute(
            text("""
                UPDATE users
                SET password = :password, token_version = token_version + 1
                WHERE id = :user_id
                  AND deleted_at IS NULL
                RETURNING token_version
            """),
            {"user_id": asker.id, "password": hashed},
        ).scalar_one_or_none()
        if token_version is None:
            raise account_deleted()
        acts.record(connection, asker, None, "change password")
        connection.commit()
    return token_version


def has_password(asker: Asker) -> bool:
    """Whether the asker's account has a password; one that was made while buying may have none."""
    with autocommitted() as connection:
        found: bool = connection.execute(
            text("SELECT password IS NOT NULL FROM users WHERE id = :user_id"), {"user_id": asker.id}
        ).scalar_one()
    return found


def set_first_password(asker: Asker, *, new_password: str) -> None:
    """Give the account its first password, with which it can be signed in to elsewhere.

    Raises `SignInFailed` when it has one: that is changed by who knows it.
    """
    hashed = hash_password(new_password)
    with autocommitted() as connection:
        changed = connection.execute(
            text("""
                UPDATE users
                SET password = :password
                WHERE id = :user_id
                  AND password IS NULL
                  AND NOT is_guest
                  AND deleted_at IS NULL
            """),
            {"user_id": asker.id, "password": hashed},
        ).rowcount
    if not changed:
        raise SignInFailed("This account has a password already. Change it with the current one.")


def check_password(asker: Asker, password: str) -> None:
    """Let only the right password pass; raises `SignInFailed`."""
    with autocommitted() as connection:
        stored = connection.execute(
            text("SELECT password FROM users WHERE id = :user_id"), {"user_id": asker.id}
        ).scalar_one()
    if not password_matches(stored, password):
        raise SignInFailed("This is not your password.")
