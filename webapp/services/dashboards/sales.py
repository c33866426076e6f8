"""The sales of a show: which seat, when, and for how much."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from webapp.services.database.statements import autocommitted


@dataclass(frozen=True, slots=True)
class Sales:
    """All sales in the order they were made, side by side: the ids of their seats, their times, and their prices.

    A price is in minor units of the show's currency, and None where the sale was cancelled.
    """

    seat_ids: Sequence[int]
    moments: Sequence[datetime]
    prices: Sequence[int | None]


def sales_of(show_id: int) -> Sales:
    """The sales of the show. It is one row of arrays: an object for each of 50,000 would take longer than reading."""
    with autocommitted() as connection:
        row = connection.execute(
            text("""
                SELECT array_agg(seat_id ORDER BY confirmed_at, seat_id) AS seat_ids,
                       array_agg(confirmed_at ORDER BY confirmed_at, seat_id) AS moments,
                       array_agg(CASE WHEN status = 'CONFIRMED' THEN price END ORDER BY confirmed_at, seat_id) AS prices
                FROM reservations
                WHERE show_id = :show_id
                  AND confirmed_at IS NOT NULL
                  AND user_id IS NOT NULL
            """),
            {"show_id": show_id},
        ).one()
    return Sales(row.seat_ids or (), row.moments or (), row.prices or ())
