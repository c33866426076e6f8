"""A program asks with an API key: whose it is, what it may do, and that it was used."""

from typing import Any

from sqlalchemy import Row, text

from webapp.services.api_keys.key import KEY, hash_of
from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted, written_once
from webapp.services.refusals import NotSignedIn

INSTEAD = "Make a new one on your account's page, under API keys."


FOUND = """
    SELECT users.id, users.name, users.email, users.phone_number, users.is_admin,
           api_keys.id AS api_key_id, api_keys.scopes, api_keys.expires_at,
           api_keys.revoked_at IS NOT NULL AS is_revoked,
           coalesce(api_keys.expires_at <= statement_timestamp(), false) AS is_expired,
           coalesce(api_keys.last_used_at <= statement_timestamp() - interval '1 minute', true) AS is_stale
    FROM api_keys
    JOIN users ON users.id = api_keys.user_id
    WHERE api_keys.key_hash = :key_hash
      AND users.deleted_at IS NULL
"""


def asker(key: str) -> Asker:
    """The user whose key this is, with its scopes; notes that it was used, at most once a minute.

    Raises `NotSignedIn` for a key that nobody has, that was revoked, or that has expired by the database's time.
    """
    if not KEY.fullmatch(key):
        raise NotSignedIn(f"This is not an API key of ours: a part of it is missing, or too much. {INSTEAD}")
    with autocommitted() as connection:
        row = connection.execute(written_once(FOUND), {"key_hash": hash_of(key)}).one_or_none()
        good = _refuse_unless_good(row)
        if good.is_stale:
            # Whoever notes it at the same moment is passed by: nobody waits, and it was used all the same.
            connection.execute(
                text("""
                    UPDATE api_keys
                    SET last_used_at = statement_timestamp()
                    WHERE id IN (
                        SELECT id
                        FROM api_keys
                        WHERE id = :id
                          AND coalesce(last_used_at <= statement_timestamp() - interval '1 minute', true)
                        FOR NO KEY UPDATE SKIP LOCKED
                    )
                """),
                {"id": good.api_key_id},
            )
    return Asker(
        good.id,
        good.name,
        good.email,
        good.phone_number,
        "api",
        is_admin=good.is_admin,
        api_key_id=good.api_key_id,
        scopes=tuple(good.scopes),
    )


def _refuse_unless_good(row: Row[Any] | None) -> Row[Any]:
    if row is None:
        raise NotSignedIn(f"Nobody has this API key, or their account was deleted. {INSTEAD}")
    if row.is_revoked:
        raise NotSignedIn(f"This API key was revoked. {INSTEAD}")
    if row.is_expired:
        raise NotSignedIn(f"This API key expired on {row.expires_at:%Y-%m-%d at %H:%M} UTC. {INSTEAD}")
    return row
