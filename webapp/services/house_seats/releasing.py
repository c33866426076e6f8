"""Giving back what the house keeps: all of it on all dates, or nothing."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, text

from webapp.services import acts
from webapp.services.asker import Asker
from webapp.services.database.portions import portions_of_reservations
from webapp.services.database.refusing import busy
from webapp.services.database.statements import autocommitted, transaction
from webapp.services.house_seats.blocking import ATTEMPTS, MOST_RECORDED
from webapp.services.house_seats.choosing import Choice, chosen
from webapp.services.house_seats.dates import dates_chosen
from webapp.services.house_seats.outlook import (
    Outlook,
    Reason,
    SeatsNotBlocked,
    outlooks,
    refuse_obstacles,
    stands_as,
)


def preview_release(asker: Asker, choice: Choice) -> Sequence[Outlook]:
    """What `release` would do, date by date, and what is in its way; it raises the same but `SeatsNotBlocked`."""
    dates = dates_chosen(asker, choice.show_id, choice.other_show_ids)
    with autocommitted() as connection:
        return outlooks(connection, dates, chosen(connection, choice), _not_blocked)


def release(asker: Asker, choice: Choice, *, reason: str | None = None) -> Sequence[Outlook]:
    """Release the seats of the choice on all its dates, or none of them; what was released, soonest date first.

    They are free from then on. A block whose seats were released before, or lapsed, has none to release. Raises
    `SeatsNotBlocked`, `NotFound`, `Forbidden`, or `NotOnSale` for a cancelled show.
    """
    dates = dates_chosen(asker, choice.show_id, choice.other_show_ids)
    for _ in range(ATTEMPTS):
        with transaction() as connection:
            looked = outlooks(connection, dates, chosen(connection, choice), _not_blocked)
            refuse_obstacles(SeatsNotBlocked, "Nothing was released.", looked)
            kept = [seat.reservation_id for outlook in looked for seat in outlook.seats]
            if _cancel(connection, asker, kept, reason) == len(kept):
                for outlook in looked:
                    _record(connection, asker, outlook, reason)
                connection.commit()
                return looked
    raise busy()


def _not_blocked(row: Row[Any]) -> Reason | None:
    reason = stands_as(row)
    if reason == "blocked":
        return None
    return "missing" if reason == "missing" else "not blocked"


def _cancel(connection: Connection, asker: Asker, kept: Sequence[int | None], reason: str | None) -> int:
    """Cancel these reservations of the house, locked in the order of their seats; how many were still its own."""
    locked = connection.execute(
        text("""
            SELECT id
            FROM reservations
            WHERE id = ANY(:ids)
            ORDER BY show_id, seat_id
            FOR NO KEY UPDATE
        """),
        {"ids": list(kept)},
    ).scalars()
    released = 0
    for ids in portions_of_reservations(locked.all()):
        # The guard makes one that lapsed meanwhile EXPIRED instead.
        ended = connection.execute(
            text("""
                UPDATE reservations
                SET status = 'CANCELLED', reason = :reason, changed_by = :user_id, changed_through = :through
                WHERE id = ANY(:ids)
                  AND status = 'HELD'
                  AND house_block_id IS NOT NULL
                RETURNING status
            """),
            {"ids": list(ids), "reason": reason, "user_id": asker.id, "through": asker.through},
        ).scalars()
        released += sum(status == "CANCELLED" for status in ended)
    return released


def _record(connection: Connection, asker: Asker, outlook: Outlook, reason: str | None) -> None:
    if outlook.seats:
        acts.record(
            connection,
            asker,
            outlook.date.show_id,
            "release seats",
            seats=len(outlook.seats),
            first=[seat.seat_number for seat in outlook.seats[:MOST_RECORDED]],
            reason=reason,
        )
