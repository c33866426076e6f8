"""Which of a show's reservations are wanted, as a condition of SQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from webapp.services.box_office.reading import THROUGH_NOW
from webapp.services.box_office.searching import look_up


@dataclass(frozen=True)
class Wanted:
    """Which reservations are asked for: all that are so in each way that is said.

    `accessible` is `wheelchair`, `companion` or `step_free`; prices are what was to be paid, in minor units. Times are
    those when the seat was held: from `created_from` on, before `created_before`.
    """

    search: str | None = None
    status: str | None = None
    category: str | None = None
    section: str | None = None
    through: str | None = None
    accessible: str | None = None
    price_at_least: int | None = None
    price_at_most: int | None = None
    created_from: datetime | None = None
    created_before: datetime | None = None


@dataclass(frozen=True)
class Meaning:
    """What is wanted of one show: those `:before` an id for which `condition` holds with these values."""

    condition: str
    values: Mapping[str, Any]


# Said so, they are read along the one index that has all that is asked for.
_OF_THE_SHOW = """(reservations.show_id, reservations.id) < (CAST(:show_id AS integer), CAST(:before AS bigint))
    AND (reservations.show_id, reservations.id) > (CAST(:show_id AS integer), 0)"""
_WANTED = f"""
    reservations.user_id IS NOT NULL
    AND (CAST(:through AS text) IS NULL OR {THROUGH_NOW} = :through)
    AND (
        coalesce(CAST(:category AS text), CAST(:section AS text), CAST(:accessible AS text)) IS NULL
        OR reservations.seat_id IN (
            SELECT seats.id
            FROM all_seats AS seats
            WHERE seats.show_id = :show_id
              AND (CAST(:category AS text) IS NULL
                   OR seats.category_id = (
                       SELECT id
                       FROM categories
                       WHERE categories.show_id = :show_id
                         AND categories.name = :category
                   ))
              AND (CAST(:section AS text) IS NULL OR seats.section = :section)
              AND (CAST(:accessible AS text) IS NULL
                   OR seats.accessibility = :accessible
                   OR (:accessible = 'step_free' AND seats.step_free))
        )
    )
    AND (
        NOT :is_search
        OR reservations.id = CAST(:found_id AS bigint)
        OR reservations.seat_id IN (SELECT unnest(CAST(:found_seats AS bigint[])))
        OR reservations.user_id IN (SELECT unnest(CAST(:found_buyers AS integer[])))
    )
"""  # noqa: S608 -- made of constants
# Asked for only where it is wanted, since it is not in that index.
_PAID_AND_HELD = """
    AND reservations.price BETWEEN coalesce(:price_at_least, reservations.price)
                               AND coalesce(:price_at_most, reservations.price)
    AND (CAST(:created_from AS timestamptz) IS NULL OR reservations.created_at >= :created_from)
    AND (CAST(:created_before AS timestamptz) IS NULL OR reservations.created_at < :created_before)
"""


def meaning(connection: Connection, show_id: int, wanted: Wanted) -> Meaning:
    """What is wanted of the show, whatever the status; what is searched is looked up."""
    found = look_up(connection, show_id, wanted.search)
    visited = {
        "price_at_least": wanted.price_at_least,
        "price_at_most": wanted.price_at_most,
        "created_from": wanted.created_from,
        "created_before": wanted.created_before,
    }
    is_visited = any(value is not None for value in visited.values())
    return Meaning(
        condition=f"{_OF_THE_SHOW} AND {_WANTED}{_PAID_AND_HELD if is_visited else ''}",
        values={
            "show_id": show_id,
            "category": wanted.category,
            "section": wanted.section,
            "accessible": wanted.accessible,
            "through": wanted.through,
            "is_search": found is not None,
            "found_id": found and found.reservation_id,
            "found_seats": found.seat_ids if found else [],
            "found_buyers": found.buyer_ids if found else [],
            **(visited if is_visited else {}),
        },
    )
