"""Shows are made."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from webapp.services.asker import Asker
from webapp.services.database.refusing import account_deleted
from webapp.services.database.statements import autocommitted
from webapp.services.shows.settling import LonelySeats
from webapp.services.shows.show import Show


def create(asker: Asker, **details: Any) -> Show:
    """Create a show, of which the asker is the organizer; it has no seats yet.

    `details` are title, venue, starts_at, timezone, currency and seat_limit, and may be what `settle` settles. Raises
    `NotSignedIn` when the account was deleted meanwhile.
    """
    with autocommitted() as connection:
        return insert(connection, asker, **details)


def insert(
    connection: Connection,
    asker: Asker,
    *,
    title: str,
    venue: str,
    starts_at: datetime,
    timezone: str,
    currency: str,
    seat_limit: int,
    lonely_seats: LonelySeats = "off",
    accessible_seats_released: bool = False,
) -> Show:
    """Do what `create` does, as part of the caller's transaction."""
    row = connection.execute(
        text("""
            INSERT INTO shows (organizer_id, title, venue, starts_at, timezone, currency, seat_limit, lonely_seats,
                               accessible_seats_released_at)
            SELECT id, :title, :venue, CAST(:starts_at AS timestamptz), :timezone, :currency, :seat_limit,
                   :lonely_seats, CASE WHEN CAST(:released AS boolean) THEN clock_timestamp() END
            FROM users
            WHERE id = :organizer_id
              AND deleted_at IS NULL
            FOR KEY SHARE
            RETURNING id, title, venue, starts_at, timezone, currency, seat_limit, cancelled_at,
                      starts_at <= statement_timestamp() AS has_begun, organizer_id,
                      lonely_seats, accessible_seats_released_at,
                      0 AS seats, 0 AS held, 0 AS confirmed, 0 AS revenue,
                      CAST(NULL AS integer) AS price_from, CAST(NULL AS integer) AS price_to
        """),
        {
            "organizer_id": asker.id,
            "title": title,
            "venue": venue,
            "starts_at": starts_at,
            "timezone": timezone,
            "currency": currency,
            "seat_limit": seat_limit,
            "lonely_seats": lonely_seats,
            "released": accessible_seats_released,
        },
    ).one_or_none()
    if row is None:
        raise account_deleted()
    return Show.of(row)
