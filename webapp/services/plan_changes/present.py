"""The plan of a show as it is now, and who has which of its seats."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, text

from webapp.services.plans.plan import Accessibility
from webapp.services.playbills import not_found


@dataclass(frozen=True, slots=True)
class PresentSeat:
    """A seat of the show as it is now; the columns are those of `models.Seat`, its category by name."""

    id: int
    seat_number: str
    section: str | None
    row: str | None
    number: str | None
    neighbour_order: int | None
    x: float | None
    y: float | None
    category: str
    plan_seat_id: str | None
    accessibility: Accessibility | None
    step_free: bool


@dataclass(frozen=True)
class Present:
    """A show's plan: its seats in the order of the plan, its areas, and its categories with their prices.

    `edition` and `plan_version` tell whether it is still the same when something is confirmed.
    """

    show_id: int
    title: str
    currency: str
    edition: int
    plan_version: int
    plan_version_id: int | None
    is_cancelled: bool
    areas: Sequence[Any]
    prices: Mapping[str, int]
    seats: Sequence[PresentSeat]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a seat: a buyer who bought or holds it, or the house, for a reason.

    A guest who only holds has no name as yet, and what is held ends at `hold_expiry` (by the house: if it is to).
    """

    seat_id: int
    reservation_id: int
    how: Literal["sold", "held", "house"]
    name: str
    email: str | None
    price: int
    hold_expiry: datetime | None


def present(connection: Connection, show_id: int) -> Present:
    """The plan of the show. Raises `NotFound`.

    It is one statement, so that all of it belongs together; its rows are arrays, since there may be 100,000 of them.
    """
    found = connection.execute(
        text("""
            SELECT shows.title, shows.currency, shows.edition, shows.plan_version, shows.plan_version_id,
                   shows.cancelled_at IS NOT NULL AS is_cancelled, shows.plan_areas,
                   classes.names, classes.prices, places.*
            FROM shows
            CROSS JOIN LATERAL (
                SELECT array_agg(name) AS names, array_agg(price) AS prices
                FROM categories
                WHERE show_id = shows.id
            ) AS classes
            CROSS JOIN LATERAL (
                SELECT array_agg(id) AS id, array_agg(seat_number) AS seat_number, array_agg(section) AS section,
                       array_agg(row) AS row, array_agg(number) AS number,
                       array_agg(neighbour_order) AS neighbour_order, array_agg(x) AS x, array_agg(y) AS y,
                       array_agg(category) AS category, array_agg(plan_seat_id) AS plan_seat_id,
                       array_agg(accessibility) AS accessibility, array_agg(step_free) AS step_free
                FROM (SELECT seats.*, categories.name AS category
                      FROM seats
                      JOIN categories ON categories.id = seats.category_id
                      WHERE seats.show_id = shows.id
                      ORDER BY seats.plan_order, seats.id) AS in_order
            ) AS places
            WHERE shows.id = :show_id
        """),
        {"show_id": show_id},
    ).one_or_none()
    if found is None:
        raise not_found(show_id)
    title, currency, edition, plan_version, plan_version_id, is_cancelled, areas, names, prices, *columns = found
    return Present(
        show_id=show_id,
        title=title,
        currency=currency,
        edition=edition,
        plan_version=plan_version,
        plan_version_id=plan_version_id,
        is_cancelled=is_cancelled,
        areas=areas if isinstance(areas, list) else [],
        prices=dict(zip(names or (), prices or (), strict=True)),
        seats=[PresentSeat(*values) for values in zip(*columns, strict=True)] if columns[0] else [],
    )


def holders_of(connection: Connection, show_id: int, seat_ids: Collection[int]) -> Mapping[int, Holder]:
    """Who has these seats of the show just now, by seat."""
    # In a hashed list (coalesce keeps it from being a join): an array would be gone through for each reservation.
    rows = connection.execute(
        text("""
            SELECT reservations.seat_id, reservations.id,
                   CASE
                       WHEN reservations.status = 'CONFIRMED' THEN 'sold'
                       WHEN reservations.user_id IS NULL THEN 'house'
                       ELSE 'held'
                   END,
                   coalesce(house_blocks.reason, users.name), users.email, reservations.price,
                   CASE WHEN reservations.status = 'HELD' AND isfinite(reservations.hold_expiry)
                        THEN reservations.hold_expiry END
            FROM reservations
            LEFT JOIN users ON users.id = reservations.user_id
            LEFT JOIN house_blocks ON house_blocks.id = reservations.house_block_id
            WHERE reservations.show_id = :show_id
              AND reservations.status IN ('HELD','CONFIRMED')
              AND (reservations.status = 'CONFIRMED' OR reservations.hold_expiry > clock_timestamp())
              AND coalesce(reservations.seat_id IN (SELECT unnest(CAST(:seat_ids AS bigint[]))), false)
            ORDER BY reservations.seat_id
        """),
        {"show_id": show_id, "seat_ids": list(seat_ids)},
    )
    return {row.seat_id: Holder(*row) for row in rows}
