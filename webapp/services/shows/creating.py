"""Shows are made."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from webapp.services import acts
from webapp.services.asker import Asker
from webapp.services.database.refusing import account_deleted
from webapp.services.database.statements import transaction
from webapp.services.shows.reading import read
from webapp.services.shows.settling import LonelySeats
from webapp.services.shows.show import Show


def create(asker: Asker, **details: Any) -> Show:
    """Create a show, of which the asker is the organizer; it has no seats yet.

    `details` are those of `insert`. Raises `NotSignedIn` when the account was deleted meanwhile.
    """
    with transaction() as connection:
        show = insert(connection, asker, **details)
        connection.commit()
    return show


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
    description: str = "",
    on_sale_at: datetime | None = None,
    off_sale_at: datetime | None = None,
    hold_minutes: int = 10,
    lonely_seats: LonelySeats = "off",
    accessible_seats_released: bool = False,
    draft: bool = False,
) -> Show:
    """Do what `create` does, as part of the caller's transaction; a `draft` is published later."""
    show_id = connection.execute(
        text("""
            INSERT INTO shows (organizer_id, title, description, venue, starts_at, timezone, currency, seat_limit,
                               on_sale_at, off_sale_at, hold_minutes, lonely_seats, accessible_seats_released_at,
                               published_at)
            SELECT id, :title, :description, :venue, CAST(:starts_at AS timestamptz), :timezone, :currency, :seat_limit,
                   CAST(:on_sale_at AS timestamptz), CAST(:off_sale_at AS timestamptz), :hold_minutes,
                   :lonely_seats, CASE WHEN CAST(:released AS boolean) THEN clock_timestamp() END,
                   CASE WHEN NOT CAST(:draft AS boolean) THEN clock_timestamp() END
            FROM users
            WHERE id = :organizer_id
              AND deleted_at IS NULL
            FOR KEY SHARE
            RETURNING id
        """),
        {
            "organizer_id": asker.id,
            "title": title,
            "description": description,
            "venue": venue,
            "starts_at": starts_at,
            "timezone": timezone,
            "currency": currency,
            "seat_limit": seat_limit,
            "on_sale_at": on_sale_at,
            "off_sale_at": off_sale_at,
            "hold_minutes": hold_minutes,
            "lonely_seats": lonely_seats,
            "released": accessible_seats_released,
            "draft": draft,
        },
    ).scalar_one_or_none()
    if show_id is None:
        raise account_deleted()
    acts.record(connection, asker, show_id, "create show", title=title)
    return read(connection, show_id, asker)
