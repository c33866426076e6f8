"""How the seats of a show stand, as a list for clients; and its price classes."""

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import text

from webapp.services.database.statements import autocommitted
from webapp.services.database.written import MOMENT, WrittenList, written_list
from webapp.services.playbills import OFFERED
from webapp.services.reservations.reading import LIVE_RESERVATION, NEVER
from webapp.services.seat_maps.chart import Category

Availability = Literal["available", "held", "sold", "yours"]


# A seat as clients read it; when its hold ends is told only while it is HELD, and until a time that is set.
STANDING = f"""
    '{{"seat_id":' || seats.id
        || ',"seat_number":' || to_json(seats.seat_number)
        || ',"status":"' || coalesce(reservations.status, 'AVAILABLE') || '"'
        || CASE
               WHEN reservations.status = 'HELD' AND reservations.hold_expiry < :never
               THEN ',"hold_expiry":"' || {MOMENT.format("reservations.hold_expiry")} || '"'
               ELSE ''
           END
        || '}}'
"""


def categories_of(show_id: int) -> Sequence[Category]:
    """The price classes of the show, dearest first."""
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"""
                SELECT id, name, price
                FROM categories
                WHERE show_id = :show_id
                  AND {OFFERED}
                ORDER BY price DESC, id
            """),  # noqa: S608 -- made of constants
            {"show_id": show_id},
        )
        return [Category(row.id, row.name, row.price, rank) for rank, row in enumerate(rows)]


def availability(
    show_id: int,
    *,
    status: str | None = None,
    section: str | None = None,
    category: str | None = None,
    accessible: str | None = None,
    price_at_least: int | None = None,
    price_at_most: int | None = None,
    limit: int | None = None,
    after: int | None = None,
) -> WrittenList:
    """How the seats of the show that are so in each way that is said stand, by id; at most `limit` of those with an id
    above `after`.

    Each has its `seat_id`, `seat_number` and `status` (AVAILABLE, HELD or CONFIRMED), and may have a `hold_expiry`.
    `accessible` is `wheelchair`, `companion` or `step_free`; prices are in minor units.
    """
    return written_list(
        f"""
            SELECT seats.id, {STANDING} AS json
            FROM seats
            {LIVE_RESERVATION}
            WHERE seats.show_id = :show_id
              AND (CAST(:status AS text) IS NULL OR coalesce(reservations.status, 'AVAILABLE') = :status)
              AND (CAST(:section AS text) IS NULL OR seats.section = :section)
              AND (CAST(:accessible AS text) IS NULL
                   OR seats.accessibility = :accessible
                   OR (:accessible = 'step_free' AND seats.step_free))
              AND (NOT CAST(:is_of_categories AS boolean)
                   OR seats.category_id IN (
                       SELECT id
                       FROM categories
                       WHERE show_id = :show_id
                         AND name = coalesce(:category, name)
                         AND price BETWEEN coalesce(:price_at_least, price) AND coalesce(:price_at_most, price)
                   ))
              AND (CAST(:after AS bigint) IS NULL OR seats.id > :after)
            ORDER BY seats.id
            LIMIT CAST(:limit AS bigint)
        """,  # noqa: S608 -- made of constants
        {
            "show_id": show_id,
            "status": status,
            "section": section,
            "accessible": accessible,
            "is_of_categories": (category, price_at_least, price_at_most) != (None, None, None),
            "category": category,
            "price_at_least": price_at_least,
            "price_at_most": price_at_most,
            "after": after,
            "limit": limit,
            "never": NEVER,
        },
    )
