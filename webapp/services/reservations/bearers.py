"""What buyers do with an access token is done only if the token is good still, in the statement that does it."""

from sqlalchemy import Connection

from webapp.services.accounts.tokens import ended
from webapp.services.asker import Asker, Bearer
from webapp.services.database.statements import written_once

# For whoever was asked already (`version_of` is None) it holds.
IS_GOOD = """(
    CAST(:token_version AS integer) IS NULL
    OR EXISTS (
        SELECT FROM users
        WHERE users.id = :user_id
          AND users.token_version = :token_version
          AND users.deleted_at IS NULL
    )
)"""


def version_of(asker: Asker | Bearer) -> int | None:
    """The version of the asker's token, where it is still to be compared."""
    return asker.token_version if isinstance(asker, Bearer) else None


def refuse_ended(connection: Connection, asker: Asker | Bearer) -> None:
    """Refuse whose token is no good any more, who was perhaps refused for that; raises `NotSignedIn`."""
    if isinstance(asker, Asker):
        return
    values = {"user_id": asker.id, "token_version": asker.token_version}
    if not connection.execute(written_once(f"SELECT {IS_GOOD} AS is_good"), values).scalar_one():
        raise ended()
