"""Shows are made."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from webapp.services import acts
from webapp.services.asker import Asker
from webapp.services.database.refusing import account_deleted
from webapp.services.database.statements import transaction
from webapp.services.shows.details import LonelySeats, refuse_fields, refuse_times_that_do_not_fit
from webapp.services.shows.reading import read
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
    """Do what `create` does, as part of the caller's transaction; a `draft` is published later.

    The show is at the organizer's own venue, if one is called like that. Raises `Invalid` for times that do not fit,
    and for a draft of a show that has begun.
    """
    refuse_times_that_do_not_fit(starts_at=starts_at, on_sale_at=on_sale_at, off_sale_at=off_sale_at)
    made = connection.execute(
        text("""
            INSERT INTO shows (organizer_id, title, description, venue, venue_id,
                               starts_at, timezone, on_sale_at, off_sale_at,
                               currency, seat_limit, hold_minutes, lonely_seats,
                               accessible_seats_released_at, published_at)
            SELECT id, :title, :description, :venue,
                   (SELECT venues.id FROM venues WHERE venues.owner_id = users.id AND venues.name = :venue),
                   CAST(:starts_at AS timestamptz), :timezone,
                   CAST(:on_sale_at AS timestamptz), CAST(:off_sale_at AS timestamptz),
                   :currency, :seat_limit, :hold_minutes, :lonely_seats,
                   CASE WHEN CAST(:released AS boolean) THEN clock_timestamp() END,
                   CASE WHEN NOT CAST(:draft AS boolean) THEN clock_timestamp() END
            FROM users
            WHERE id = :organizer_id
              AND deleted_at IS NULL
            FOR KEY SHARE
            RETURNING id, starts_at <= clock_timestamp() AS has_begun
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
    ).one_or_none()
    if made is None:
        raise account_deleted()
    if draft and made.has_begun:
        refuse_fields({"starts_at": "The show must begin in the future."})
    acts.record(connection, asker, made.id, "create show", title=title)
    return read(connection, made.id, asker)
