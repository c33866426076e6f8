"""API keys are made, listed and revoked by those whose they are."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, text

from webapp.services import acts
from webapp.services.accounts.account import check_password
from webapp.services.api_keys.key import COLUMNS, ApiKey, Scope, beginning_of, hash_of, in_order, new_key
from webapp.services.asker import Asker
from webapp.services.database.refusing import account_deleted
from webapp.services.database.statements import autocommitted, transaction
from webapp.services.refusals import Invalid, NotFound

# Of one user, those that have expired and were not revoked among them: they are listed until somebody looks.
MOST_KEYS = 20


def make(asker: Asker, *, name: str, scopes: Collection[Scope], expires_in_days: int | None) -> tuple[ApiKey, str]:
    """Make an API key that acts for the asker in these ways; it, and the key itself, told this once.

    Without `expires_in_days` it is good until it is revoked. Raises `Invalid` where the asker has many, and
    `NotSignedIn` where the account was deleted meanwhile.
    """
    key = new_key()
    with transaction() as connection:
        _lock_account(connection, asker)
        row = connection.execute(
            text(f"""
                INSERT INTO api_keys (user_id, name, beginning, key_hash, scopes, expires_at)
                SELECT :user_id, :name, :beginning, :key_hash, CAST(:scopes AS text[]),
                       statement_timestamp() + make_interval(days => CAST(:days AS integer))
                WHERE (SELECT count(*) FROM api_keys WHERE user_id = :user_id AND revoked_at IS NULL) < :most
                RETURNING {COLUMNS}
            """),  # noqa: S608 -- made of constants
            {
                "user_id": asker.id,
                "name": name,
                "beginning": beginning_of(key),
                "key_hash": hash_of(key),
                "scopes": in_order(scopes),
                "days": expires_in_days,
                "most": MOST_KEYS,
            },
        ).one_or_none()
        if row is None:
            raise Invalid(f"An account can have {MOST_KEYS} API keys. Revoke one that nobody needs, and try again.")
        made = ApiKey.of(row)
        acts.record(connection, asker, None, "make API key", key_id=made.id, key=made.beginning, scopes=made.scopes)
        connection.commit()
    return made, key


def make_with_password(
    asker: Asker, *, password: str, name: str, scopes: Collection[Scope], expires_in_days: int | None
) -> tuple[ApiKey, str]:
    """Do what `make` does for whoever knows the asker's password: a browser left alone for a minute makes no key that
    outlasts its session. Raises `SignInFailed` too."""
    check_password(asker, password)
    return make(asker, name=name, scopes=scopes, expires_in_days=expires_in_days)


def listed(asker: Asker) -> Sequence[ApiKey]:
    """The asker's API keys that were not revoked, the latest first; also those that have expired."""
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"""
                SELECT {COLUMNS}
                FROM api_keys
                WHERE user_id = :user_id
                  AND revoked_at IS NULL
                ORDER BY id DESC
            """),  # noqa: S608 -- made of constants
            {"user_id": asker.id},
        )
        return [ApiKey.of(row) for row in rows]


def revoke(asker: Asker, key_id: int) -> None:
    """Have the asker's key be good for nothing from now on; again changes nothing. Raises `NotFound`."""
    with transaction() as connection:
        _lock_account(connection, asker)
        beginning = connection.execute(
            text("SELECT beginning FROM api_keys WHERE id = :id AND user_id = :user_id"),
            {"id": key_id, "user_id": asker.id},
        ).scalar_one_or_none()
        if beginning is None:
            raise NotFound("You have no such API key.")
        revoked = connection.execute(
            text("UPDATE api_keys SET revoked_at = statement_timestamp() WHERE id = :id AND revoked_at IS NULL"),
            {"id": key_id},
        ).rowcount
        if revoked:
            acts.record(connection, asker, None, "revoke API key", key_id=key_id, key=beginning)
        connection.commit()


def revoke_all(asker: Asker) -> int:
    """Have all the asker's keys be good for nothing from now on; how many there were."""
    with transaction() as connection:
        _lock_account(connection, asker)
        revoked = connection.execute(
            text("""
                UPDATE api_keys
                SET revoked_at = statement_timestamp()
                WHERE user_id = :user_id
                  AND revoked_at IS NULL
            """),
            {"user_id": asker.id},
        ).rowcount
        if revoked:
            acts.record(connection, asker, None, "revoke API keys", count=revoked)
        connection.commit()
    return revoked


def _lock_account(connection: Connection, asker: Asker) -> None:
    """Have others wait who change the asker's keys, or delete the account: of two that make one at once, the second
    counts the first."""
    found = connection.execute(
        text("SELECT FROM users WHERE id = :user_id AND NOT is_guest AND deleted_at IS NULL FOR NO KEY UPDATE"),
        {"user_id": asker.id},
    ).one_or_none()
    if found is None:
        raise account_deleted()
