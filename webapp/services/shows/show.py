"""A show with how its seats stand just now, and how it is asked for."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Self

from sqlalchemy import Row

from webapp.services.playbills import Playbill


@dataclass(frozen=True)
class Show(Playbill):
    """A show with how its seats stand just now; prices in minor units of its `currency`, None without a category.

    `held` and `confirmed` count live reservations. `lonely_seats` (off, warn, enforce) is what becomes of a hold that
    leaves one empty seat between taken ones; seats for wheelchairs and companions are kept from the general
    best-available until `accessible_seats_released_at`.
    """

    organizer_id: int
    lonely_seats: str
    accessible_seats_released_at: datetime | None
    seats: int
    held: int
    confirmed: int
    revenue: int
    price_from: int | None
    price_to: int | None

    @classmethod
    def of(cls, row: Row[Any]) -> Self:
        """The show that a row of `SELECT` tells of."""
        return cls(**{field.name: getattr(row, field.name) for field in fields(cls)})

    @property
    def available(self) -> int:
        """How many seats are free."""
        return self.seats - self.held - self.confirmed


SELECT = """
    SELECT shows.id, shows.title, shows.venue, shows.starts_at, shows.timezone, shows.currency, shows.seat_limit,
           shows.cancelled_at, shows.starts_at <= statement_timestamp() AS has_begun,
           shows.organizer_id, shows.lonely_seats, shows.accessible_seats_released_at,
           seating.seats, active.held, active.confirmed, active.revenue, prices.price_from, prices.price_to
    FROM shows
    CROSS JOIN LATERAL (
        SELECT count(*) AS seats
        FROM seats
        WHERE seats.show_id = shows.id
    ) AS seating
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE status = 'HELD') AS held,
               count(*) FILTER (WHERE status = 'CONFIRMED') AS confirmed,
               coalesce(sum(price) FILTER (WHERE status = 'CONFIRMED'), 0) AS revenue
        FROM reservations
        WHERE reservations.show_id = shows.id
          AND (status = 'CONFIRMED' OR status = 'HELD' AND hold_expiry > statement_timestamp())
    ) AS active
    CROSS JOIN LATERAL (
        SELECT min(price) AS price_from, max(price) AS price_to
        FROM categories
        WHERE categories.show_id = shows.id
    ) AS prices
"""
