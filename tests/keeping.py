"""What is in the database: cleared after each test, and what takes long to set up put back instead of made anew."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any, TypeVar

from psycopg import sql

from tests.connections import connection_to
from tests.postgres import Database
from tests.scenes import Scene
from webapp.extensions import db
from webapp.models import Base
from webapp.services.kept_plans import charts as kept_charts
from webapp.services.kept_plans import shelf as kept_plans
from webapp.services.seat_maps import charting
from webapp.services.seat_maps.standing import shelf as standings

# Holds that are made with a setting last ten minutes, and so must the test that gets it.
SECONDS_GOOD = 300

Setting = TypeVar("Setting")


@dataclass(frozen=True)
class Made:
    """A setting, when it was made, and what the database had then."""

    setting: Any
    at: float
    rows: Mapping[str, bytes]


_made: dict[tuple[str, Callable[[Scene], Any]], Made] = {}


def put_back(scene: Scene, make: Callable[[Scene], Setting]) -> Setting:
    """What `make` makes in an empty database, which then holds that and nothing else; made once in a while.

    Tests share it: whoever changes what they got has to make a copy first.
    """
    made = _made.get((scene.database.name, make))
    empty(scene.database)
    if made is None or monotonic() - made.at > SECONDS_GOOD:
        at = monotonic()
        made = Made(make(scene), at, _rows(scene.database))
        _made[scene.database.name, make] = made
    else:
        _write(scene.database, made.rows)
        _forget_what_was_drawn()
    setting: Setting = made.setting
    return setting


def empty(database: Database) -> None:
    """Clear all tables by the one named path that may: as superuser, past the guards."""
    with connection_to(database.superuser_url) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("; ".join(f"DELETE FROM {table}" for table in Base.metadata.tables))


def _rows(database: Database) -> Mapping[str, bytes]:
    with connection_to(database.superuser_url) as connection:
        found = {}
        for table in Base.metadata.tables:
            if connection.execute(sql.SQL("SELECT FROM {} LIMIT 1").format(sql.Identifier(table))).fetchone() is None:
                continue
            statement = sql.SQL("COPY {} TO STDOUT (FORMAT BINARY)").format(sql.Identifier(table))
            with connection.cursor().copy(statement) as copied:
                found[table] = b"".join(copied)
        return found


def _write(database: Database, rows: Mapping[str, bytes]) -> None:
    with connection_to(database.superuser_url) as connection:
        connection.execute("SET session_replication_role = replica")
        for table, data in rows.items():
            statement = sql.SQL("COPY {} FROM STDIN (FORMAT BINARY)").format(sql.Identifier(table))
            with connection.cursor().copy(statement) as copied:
                copied.write(data)


def _forget_what_was_drawn() -> None:
    """Ids come again here, as they never do to a process: what it keeps of them is another test's."""
    for shelves in (standings, charting, kept_charts, kept_plans):
        shelves._shelves.pop(db.engine, None)
