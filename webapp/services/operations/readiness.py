"""Whether this server may sell: its database answers and takes writes, and keeps the rules that the code relies on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from alembic.script import ScriptDirectory
from psycopg.errors import UndefinedTable
from sqlalchemy import Row, text
from sqlalchemy.exc import ProgrammingError

from webapp.models.guards import GUARDS
from webapp.models.reservation import ONE_CLAIM_AS_TOLD, ONE_CLAIM_ON_A_SEAT
from webapp.services.database.statements import autocommitted_ahead
from webapp.services.refusals import Busy

MIGRATIONS = Path(__file__).parents[3] / "migrations"


@dataclass(frozen=True)
class Check:
    """One thing that must be so, and what is wrong about it, as a sentence; None where nothing is."""

    name: str
    complaint: str | None = None


@dataclass(frozen=True)
class Readiness:
    """What was looked at; where the database does not answer, that alone."""

    checks: Sequence[Check]

    @property
    def is_ready(self) -> bool:
        """Whether all is as it must be."""
        return all(check.complaint is None for check in self.checks)

    def is_fine(self, *names: str) -> bool:
        """Whether each of these was looked at, and nothing was wrong."""
        return set(names) <= {check.name for check in self.checks if check.complaint is None}


def look() -> Readiness:
    """Look once, in one statement; a database that does not answer is told, not raised."""
    try:
        found = _found()
    except Busy:
        return Readiness([Check("database", "The database does not answer.")])
    if found is None:
        return Readiness([Check("database"), Check("migrations", "The database was never migrated.")])
    return Readiness(
        [
            Check("database"),
            Check("writes", None if found.takes_writes else "The database takes no writes."),
            Check("migrations", _of_migrations(found.versions)),
            Check("index", _of_index(found)),
            Check("guards", _of_guards(found)),
        ]
    )


def _found() -> Row[Any] | None:
    """What the catalogs say; None where there is not even a note of migrations."""
    try:
        with autocommitted_ahead() as connection:
            return connection.execute(
                text("""
                    SELECT current_setting('transaction_read_only') = 'off' AS takes_writes,
                           current_setting('session_replication_role') AS replication_role,
                           ARRAY(SELECT version_num FROM alembic_version ORDER BY version_num) AS versions,
                           quote_ident(current_schema()) AS schema,
                           pg_get_indexdef(pg_index.indexrelid) AS definition,
                           indisvalid AND indisready AND indislive AS is_valid,
                           ARRAY(
                               SELECT ARRAY[CAST(relname AS text), CAST(tgname AS text), CAST(proname AS text)]
                               FROM pg_trigger
                               JOIN pg_class ON pg_class.oid = tgrelid
                               JOIN pg_proc ON pg_proc.oid = tgfoid
                               WHERE relnamespace = CAST(current_schema() AS regnamespace)
                                 AND NOT tgisinternal
                                 AND tgenabled IN ('O', 'A')
                           ) AS guards
                    FROM (VALUES (to_regclass(:index))) AS wanted (index)
                    LEFT JOIN pg_index ON pg_index.indexrelid = wanted.index
                """),
                {"index": ONE_CLAIM_ON_A_SEAT},
            ).one()
    except ProgrammingError as error:
        if isinstance(error.orig, UndefinedTable):
            return None
        raise


@cache
def _head() -> str | None:
    """The newest migration that the code knows."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def _of_migrations(versions: Sequence[str]) -> str | None:
    if list(versions) == [_head()]:
        return None
    return f"The database is at {_listed(versions) or 'no migration'}; the code is made for {_head()}."


def _of_index(found: Row[Any]) -> str | None:
    if found.definition is None:
        return f"The index {ONE_CLAIM_ON_A_SEAT} is missing."
    promised = ONE_CLAIM_AS_TOLD.format(schema=found.schema)
    if found.definition != promised:
        return f"The index reads: {found.definition}. Promised is: {promised}."
    return None if found.is_valid else f"The index {ONE_CLAIM_ON_A_SEAT} is not valid: it keeps nobody out."


def _of_guards(found: Row[Any]) -> str | None:
    if found.replication_role == "replica":
        return "No guard runs for this role: its session_replication_role is replica."
    missing = GUARDS - {tuple(guard) for guard in found.guards}
    named = sorted(f"{guard} on {table}" for table, guard, _ in missing)
    return f"Missing, turned off or not as promised: {_listed(named)}." if missing else None


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
