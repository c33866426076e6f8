"""What the house keeps of a show, block by block."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text

from webapp.services.database.statements import autocommitted


@dataclass(frozen=True)
class HouseSeat:
    """A seat that the house keeps."""

    seat_id: int
    seat_number: str
    section: str | None
    row: str | None
    number: str | None


@dataclass(frozen=True)
class Block:
    """Seats that the house keeps together: why, until when (None: until they are released), and whose act it was."""

    id: int
    show_id: int
    reason: str
    release_at: datetime | None
    created_by: int
    created_by_name: str
    created_at: datetime
    seats: Sequence[HouseSeat]


# Blocks with the seats that are still kept.
SELECT = """
    SELECT house_blocks.id, house_blocks.show_id, house_blocks.reason, house_blocks.release_at,
           house_blocks.created_by, users.name AS created_by_name, house_blocks.created_at,
           kept.ids, kept.seat_numbers, kept.sections, kept.rows, kept.numbers
    FROM house_blocks
    JOIN users ON users.id = house_blocks.created_by
    CROSS JOIN LATERAL (
        SELECT array_agg(seats.id ORDER BY seats.plan_order, seats.id) AS ids,
               array_agg(seats.seat_number ORDER BY seats.plan_order, seats.id) AS seat_numbers,
               array_agg(seats.section ORDER BY seats.plan_order, seats.id) AS sections,
               array_agg(seats.row ORDER BY seats.plan_order, seats.id) AS rows,
               array_agg(seats.number ORDER BY seats.plan_order, seats.id) AS numbers
        FROM reservations
        JOIN seats ON seats.id = reservations.seat_id
        WHERE reservations.house_block_id = house_blocks.id
          AND reservations.status = 'HELD'
          AND reservations.hold_expiry > statement_timestamp()
    ) AS kept
"""


def blocks_of(show_id: int, *, limit: int | None = None, before: int | None = None) -> Sequence[Block]:
    """The blocks of the show that still keep seats, newest first; at most `limit` of those with an id below `before`.

    Whether the asker may know is for the caller to settle, with `shows.organized`.
    """
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"""
                {SELECT}
                WHERE house_blocks.show_id = :show_id
                  AND kept.ids IS NOT NULL
                  AND (CAST(:before AS integer) IS NULL OR house_blocks.id < :before)
                ORDER BY house_blocks.id DESC
                LIMIT CAST(:limit AS bigint)
            """),
            {"show_id": show_id, "before": before, "limit": limit},
        )
        return [_block(row) for row in rows]


def blocks_with(block_ids: Sequence[int]) -> Sequence[Block]:
    """The blocks with these ids, in their order."""
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"""
                {SELECT}
                WHERE house_blocks.id = ANY(:block_ids)
            """),
            {"block_ids": list(block_ids)},
        )
        found = {row.id: _block(row) for row in rows}
    return [found[block_id] for block_id in block_ids]


def block_of_seat(blocks: Sequence[Block]) -> Mapping[int, Block]:
    """The block that keeps each seat, by the seat's id."""
    return {seat.seat_id: block for block in blocks for seat in block.seats}


def _block(row: Row[Any]) -> Block:
    columns = (row.ids, row.seat_numbers, row.sections, row.rows, row.numbers)
    return Block(
        id=row.id,
        show_id=row.show_id,
        reason=row.reason,
        release_at=row.release_at,
        created_by=row.created_by,
        created_by_name=row.created_by_name,
        created_at=row.created_at,
        seats=[] if row.ids is None else [HouseSeat(*place) for place in zip(*columns, strict=True)],
    )
