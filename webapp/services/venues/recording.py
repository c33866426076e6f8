"""What an admin does with venues of others is on record, like all they do."""

from typing import Any

from sqlalchemy import Connection

from webapp.services import acts
from webapp.services.asker import Asker


def record_for_others(connection: Connection, asker: Asker, owner_id: int, act: str, **details: Any) -> None:
    """Write a line about what the asker does with a venue, unless it is their own, in the transaction that does it."""
    if owner_id != asker.id:
        acts.record(connection, asker, None, act, as_admin=True, person_id=owner_id, **details)
