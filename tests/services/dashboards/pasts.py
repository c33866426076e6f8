"""Holds of another day: what happened to a seat, as history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from tests.scenes import Scene
from webapp.services.asker import Asker
from webapp.services.shows import Show

# A Friday, nine in the morning in Helsinki: long ago, and no change of clocks near.
THEN = datetime(2026, 9, 4, 6, tzinfo=UTC)
HELSINKI = "Europe/Helsinki"


@dataclass(frozen=True)
class Hold:
    """A hold of ten minutes that began `after` THEN: bought, given back or left to run out, `took` minutes later.

    A `cancelled` sale was undone after so long.
    """

    seat: str
    after: timedelta
    fate: Literal["bought", "released", "expired", "lapsed"]
    took: float = 5
    price: int = 4500
    cancelled: timedelta | None = None


def hours(number: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=number)


def days(number: float) -> timedelta:
    """So many days."""
    return timedelta(days=number)


def play(scene: Scene, show: Show, holds: Sequence[Hold], buyer: Asker | None = None) -> None:
    """Let all this have happened in the show; a hold that lapsed was never marked as expired."""
    buyer = buyer or scene.user("Bruno")
    status = {"bought": "CONFIRMED", "released": "CANCELLED", "expired": "EXPIRED", "lapsed": "HELD"}
    with scene.history() as connection:
        for hold in holds:
            began = THEN + hold.after
            ended = began + timedelta(minutes=hold.took)
            updated = {"bought": ended, "released": ended, "expired": began + timedelta(minutes=12), "lapsed": began}
            connection.execute(
                """
                INSERT INTO reservations
                    (user_id, seat_id, show_id, status, price, hold_expiry, created_at, updated_at, confirmed_at,
                     changed_through)
                SELECT %s, id, show_id, %s, %s, %s, %s, %s, %s, 'page'
                FROM seats
                WHERE show_id = %s AND seat_number = %s
                """,
                (
                    buyer.id,
                    "CANCELLED" if hold.cancelled else status[hold.fate],
                    hold.price,
                    began + timedelta(minutes=10),
                    began,
                    began + hold.cancelled if hold.cancelled else updated[hold.fate],
                    ended if hold.fate == "bought" else None,
                    show.id,
                    hold.seat,
                ),
            )


def keep(scene: Scene, show: Show, organizer: Asker, *seats: str) -> None:
    """Let the house keep these seats."""
    with scene.connected() as connection:
        block = connection.execute(
            "INSERT INTO house_blocks (show_id, reason, created_by) VALUES (%s, 'press', %s) RETURNING id",
            (show.id, organizer.id),
        ).fetchone()
        assert block
        connection.execute(
            """
            INSERT INTO reservations
                (house_block_id, seat_id, show_id, price, hold_expiry, changed_by, changed_through)
            SELECT %s, id, show_id, 0, '2100-01-01', %s, 'page'
            FROM seats
            WHERE show_id = %s AND seat_number = ANY(%s)
            """,
            (block["id"], organizer.id, show.id, list(seats)),
        )
