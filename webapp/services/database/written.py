"""Lists that the database writes as JSON: an object for each of 50,000 rows would take longer than reading them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from webapp.services.database.statements import autocommitted

# SQL that writes a moment as the schemas do: RFC 3339, in UTC, with six decimals or none.
MOMENT = """replace(to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '.000000', '')"""


@dataclass(frozen=True, slots=True)
class WrittenList:
    """A list by ids as a JSON array in UTF-8, how many `members` it has, and the id of the last of them."""

    json: bytes
    members: int
    last_id: int | None


def written_list(members: str, values: Mapping[str, Any]) -> WrittenList:
    """The list whose members this SQL finds, in its order: the `id` of each, and its `json`.

    It is one statement and one row, so that all of it is of one moment, nothing can fail once the first byte is sent,
    and however slowly somebody reads, no connection waits for them.
    """
    with autocommitted() as connection:
        row = connection.execute(
            text(f"""
                SELECT '[' || coalesce(string_agg(CAST(json AS text), ','), '') || ']' AS json,
                       count(*) AS members,
                       max(id) AS last_id
                FROM ({members}) AS listed
            """),  # noqa: S608 -- the SQL is ours
            values,
        ).one()
    return WrittenList(row.json.encode(), row.members, row.last_id)
