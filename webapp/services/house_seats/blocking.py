"""Blocking seats for the house: all of them on all dates, or none."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, text

from webapp.services import acts
from webapp.services.asker import Asker
from webapp.services.database.portions import portions_of_reservations
from webapp.services.database.refusing import busy
from webapp.services.database.statements import autocommitted, transaction
from webapp.services.house_seats.choosing import Choice, chosen
from webapp.services.house_seats.dates import Date, Until, dates_chosen
from webapp.services.house_seats.outlook import Outlook, SeatsNotFree, outlooks, refuse_obstacles, stands_as
from webapp.services.house_seats.reading import Block, blocks_with
from webapp.services.reservations.locks import share_shows
from webapp.services.reservations.reading import NEVER

# Seats that somebody had, and that were free again when we asked who, are worth another try, but not for ever.
ATTEMPTS = 3
# Of a long list, the record names the first.
MOST_RECORDED = 10


def preview_block(asker: Asker, choice: Choice, *, until: Until) -> Sequence[Outlook]:
    """What `block` would do, date by date, and what is in its way; it raises the same but `SeatsNotFree`."""
    dates = dates_chosen(asker, choice.show_id, choice.other_show_ids)
    release_at = {date.show_id: until.on(date) for date in dates}
    with autocommitted() as connection:
        looked = outlooks(connection, dates, chosen(connection, choice), stands_as)
    return [replace(outlook, release_at=release_at[outlook.date.show_id]) for outlook in looked]


def block(asker: Asker, choice: Choice, *, reason: str, until: Until) -> Sequence[Block]:
    """Block the seats of the choice on all its dates, or none of them; the new block of each date, soonest date first.

    Raises `SeatsNotFree`, `NotFound`, `Forbidden`, `Invalid` for a release time that is over, or `NotOnSale` for a
    cancelled show.
    """
    dates = dates_chosen(asker, choice.show_id, choice.other_show_ids)
    release_at = {date.show_id: until.on(date) for date in dates}
    for _ in range(ATTEMPTS):
        with transaction() as connection:
            share_shows(connection, *release_at)
            looked = outlooks(connection, dates, chosen(connection, choice), stands_as)
            refuse_obstacles(SeatsNotFree, "Nothing was blocked.", looked)
            block_ids = _insert_blocks(connection, asker, dates, reason, release_at)
            seat_ids = [
                id for _, id in sorted((one.date.show_id, seat.seat_id) for one in looked for seat in one.seats)
            ]
            some = portions_of_reservations(seat_ids)
            if sum(_insert_seats(connection, asker, block_ids, ids) for ids in some) < len(seat_ids):
                continue
            for outlook in looked:
                _record(connection, asker, outlook, reason, release_at[outlook.date.show_id])
            connection.commit()
        return blocks_with(block_ids)
    raise busy()


def _insert_blocks(
    connection: Connection, asker: Asker, dates: Sequence[Date], reason: str, release_at: dict[int, datetime | None]
) -> Sequence[int]:
    """A block for each date; their ids, in the order of the dates."""
    rows = connection.execute(
        text("""
            INSERT INTO house_blocks (show_id, reason, release_at, created_by)
            SELECT dates.show_id, :reason, dates.release_at, :user_id
            FROM unnest(CAST(:show_ids AS integer[]), CAST(:release_ats AS timestamptz[]))
                AS dates (show_id, release_at)
            RETURNING show_id, id
        """),
        {
            "reason": reason,
            "user_id": asker.id,
            "show_ids": list(release_at),
            "release_ats": list(release_at.values()),
        },
    )
    id_of = {row.show_id: row.id for row in rows}
    return [id_of[date.show_id] for date in dates]


def _insert_seats(connection: Connection, asker: Asker, block_ids: Sequence[int], seat_ids: Sequence[int]) -> int:
    """Insert what keeps each seat that is free, show by show and in seat order (the lock order); how many were."""
    # The seats are found by their ids first: of a large show all would be gone through for each that is wanted.
    return connection.execute(
        text("""
            WITH wanted AS MATERIALIZED (
                SELECT seats.id, seats.show_id, categories.price
                FROM unnest(CAST(:seat_ids AS bigint[])) AS given (seat_id)
                JOIN seats ON seats.id = given.seat_id
                JOIN categories ON categories.id = seats.category_id
            )
            INSERT INTO reservations
                (house_block_id, seat_id, show_id, price, hold_expiry, changed_by, changed_through)
            SELECT house_blocks.id, wanted.id, wanted.show_id, wanted.price,
                   coalesce(house_blocks.release_at, :never), :user_id, :through
            FROM wanted
            JOIN house_blocks ON house_blocks.show_id = wanted.show_id
                             AND house_blocks.id = ANY(:block_ids)
            ORDER BY wanted.show_id, wanted.id
            ON CONFLICT DO NOTHING
        """),
        {
            "user_id": asker.id,
            "through": asker.through,
            "block_ids": list(block_ids),
            "seat_ids": list(seat_ids),
            "never": NEVER,
        },
    ).rowcount


def _record(connection: Connection, asker: Asker, outlook: Outlook, reason: str, release_at: datetime | None) -> None:
    acts.record(
        connection,
        asker,
        outlook.date.show_id,
        "block seats",
        seats=len(outlook.seats),
        first=[seat.seat_number for seat in outlook.seats[:MOST_RECORDED]],
        reason=reason,
        release_at=release_at.isoformat() if release_at else None,
    )
