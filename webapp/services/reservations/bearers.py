"""What buyers do with an access token is done only if the token is good still, in the statement that does it."""

from sqlalchemy import Connection

from webapp.services.accounts.tokens import ended
from webapp.services.asker import Asker, Bearer
from webapp.services.database.statements import written_once

IS_GOOD = """EXISTS (
    SELECT FROM users
    WHERE users.id = :user_id
      AND users.token_version = :token_version
      AND users.deleted_at IS NULL
)"""


def is_good(asker: Asker | Bearer) -> str:
    """The condition of SQL that the asker may act, with the `values` of `asking`; whoever was asked already may.

    Not one for both: it would cost so much less without a token that PostgreSQL planned the statement each time anew.
    """
    return IS_GOOD if isinstance(asker, Bearer) else "true"


def asking(asker: Asker | Bearer) -> dict[str, object]:
    """Who asks, and with which token if that is still to be compared, as values of a statement."""
    token = {"token_version": asker.token_version} if isinstance(asker, Bearer) else {}
    return {"user_id": asker.id, "through": asker.through, **token}


def refuse_ended(connection: Connection, asker: Asker | Bearer) -> None:
    """Refuse whose token is no good any more, who was perhaps refused for that; raises `NotSignedIn`."""
    if isinstance(asker, Asker):
        return
    values = {"user_id": asker.id, "token_version": asker.token_version}
    if not connection.execute(written_once(f"SELECT {IS_GOOD} AS is_good"), values).scalar_one():
        raise ended()
