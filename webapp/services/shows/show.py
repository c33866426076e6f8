"""A show with how its seats stand just now, and how it is asked for."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Self

from sqlalchemy import Row

from webapp.services.playbills import COLUMNS, OFFERED, Playbill


@dataclass(frozen=True)
class Show(Playbill):
    """A show with how its seats stand just now; prices in minor units of its `currency`, None without a category.

    `held` and `confirmed` count live reservations of buyers, `blocked` the seats that the house keeps. `edition` is the
    number of its details as they are now. `lonely_seats` (off, warn, enforce) is what becomes of a hold that
    leaves one empty seat between taken ones; seats for wheelchairs and companions are kept from the general
    best-available until `accessible_seats_released_at`.
    """

    organizer_id: int
    edition: int
    series_id: int | None
    venue_id: int | None
    plan_version_id: int | None
    lonely_seats: str
    accessible_seats_released_at: datetime | None
    seats: int
    held: int
    confirmed: int
    blocked: int
    revenue: int
    price_from: int | None
    price_to: int | None

    @classmethod
    def of(cls, row: Row[Any]) -> Self:
        """The show that a row of `SELECT` tells of."""
        return cls(**{field.name: getattr(row, field.name) for field in fields(cls)})

    @property
    def held_in_all(self) -> int:
        """How many seats are held, by buyers or by the house: outside nobody learns which."""
        return self.held + self.blocked

    @property
    def available(self) -> int:
        """How many seats are free."""
        return self.seats - self.held - self.confirmed - self.blocked


SELECT = f"""
    SELECT {COLUMNS},
           shows.organizer_id, shows.edition, shows.series_id, shows.venue_id, shows.plan_version_id,
           shows.lonely_seats, shows.accessible_seats_released_at,
           seating.seats, active.held, active.confirmed, active.blocked, active.revenue,
           prices.price_from, prices.price_to
    FROM shows
    CROSS JOIN LATERAL (
        SELECT count(*) AS seats
        FROM seats
        WHERE seats.show_id = shows.id
    ) AS seating
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE status = 'HELD' AND user_id IS NOT NULL) AS held,
               count(*) FILTER (WHERE user_id IS NULL) AS blocked,
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
          AND {OFFERED}
    ) AS prices
"""  # noqa: S608 -- made of constants
