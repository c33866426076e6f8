"""API keys as operators see them: everybody's."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text

from webapp.services.api_keys.keeping import revoke
from webapp.services.api_keys.key import COLUMNS, ApiKey
from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted
from webapp.services.refusals import NotFound


@dataclass(frozen=True)
class OwnedKey:
    """A key that was not revoked, and whose it is."""

    key: ApiKey
    email: str


def everybodys() -> Sequence[OwnedKey]:
    """All API keys that were not revoked, by their users' e-mail addresses, each user's latest first."""
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"""
                SELECT users.email, {COLUMNS}
                FROM api_keys
                JOIN users ON users.id = api_keys.user_id
                WHERE api_keys.revoked_at IS NULL
                ORDER BY users.email, api_keys.id DESC
            """)  # noqa: S608 -- made of constants
        )
        return [OwnedKey(ApiKey.of(row[1:]), row.email) for row in rows]


def revoke_anybodys(key_id: int) -> Asker:
    """Revoke the key with this id, whoever has it; whose it was. Raises `NotFound`."""
    with autocommitted() as connection:
        row = connection.execute(
            text("""
                SELECT users.id, users.name, users.email, users.phone_number
                FROM api_keys
                JOIN users ON users.id = api_keys.user_id
                WHERE api_keys.id = :id
            """),
            {"id": key_id},
        ).one_or_none()
    if row is None:
        raise NotFound(f"There is no API key with the id {key_id}.")
    user = Asker(row.id, row.name, row.email, row.phone_number, "command")
    revoke(user, key_id)
    return user
