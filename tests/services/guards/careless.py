"""A careless colleague, who writes plain SQL as the application's role."""

from datetime import datetime, timedelta
from typing import Any

import psycopg

from tests.scenes import Scene
from webapp.services.asker import Asker
from webapp.services.shows import Show

TEN_MINUTES = timedelta(minutes=10)
# The states the guards and PostgreSQL refuse with.
NOT_BORN_HELD, NO_SUCH_MOVE, NEVER_CHANGES, IS_KEPT = "SR010", "SR011", "SR012", "SR013"
WRONG_ISOLATION = "SR014"
CANCELLED, BEGUN, LIMIT, ACCOUNT_DELETED = "SR001", "SR002", "SR003", "SR004"
ADDRESS_LIMIT, GUEST_CONFIRMS, GUEST_ORGANIZES = "SR005", "SR006", "SR007"
CHECK_VIOLATED, NOT_UNIQUE, REFERRED_TO, IS_NULL, NOT_ALLOWED = "23514", "23505", "23503", "23502", "42501"


def attempt(scene: Scene, statement: str, *values: Any) -> str | None:
    """Run the statement and commit; the state the database refused it with, or None when it went through."""
    try:
        with scene.connected() as connection:
            connection.execute(statement, values)
    except psycopg.Error as error:
        return error.sqlstate
    return None


def insert(scene: Scene, buyer: Asker, show: Show, number: str = "A1", **columns: Any) -> str | None:
    """Insert a reservation with these columns instead of the usual ones; the state it was refused with, or None."""
    [seat] = scene.rows("SELECT id, show_id FROM seats WHERE show_id = %s AND seat_number = %s", show.id, number)
    now: datetime = scene.rows("SELECT clock_timestamp() AS now")[0]["now"]
    usual = {
        "user_id": buyer.id,
        "seat_id": seat["id"],
        "show_id": seat["show_id"],
        "price": 4500,
        "created_at": now,
        "hold_expiry": now + TEN_MINUTES,
        "changed_by": buyer.id,
        "changed_through": "api",
    }
    chosen = usual | columns
    return attempt(
        scene,
        f"INSERT INTO reservations ({', '.join(chosen)}) VALUES ({', '.join(['%s'] * len(chosen))})",
        *chosen.values(),
    )
