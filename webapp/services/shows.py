"""Shows: made, listed, read and cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Self

from sqlalchemy import Connection, Row, text

from webapp.services.asker import Asker
from webapp.services.database.refusing import account_deleted
from webapp.services.database.statements import autocommitted, transaction
from webapp.services.refusals import Forbidden, NotFound
from webapp.services.reservations.ending import end_holds_of_show
from webapp.services.reservations.locks import lock_show


@dataclass(frozen=True)
class Show:
    """A show with how its seats stand just now; prices in minor units of its `currency`, None without a category.

    `held` and `confirmed` count live reservations; `sells` is whether a seat can be held at all.
    """

    id: int
    title: str
    venue: str
    starts_at: datetime
    timezone: str
    currency: str
    seat_limit: int
    cancelled_at: datetime | None
    has_begun: bool
    organizer_id: int
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

    @property
    def closed_because(self) -> str | None:
        """Why nothing is sold, as a sentence; None while it is."""
        if self.cancelled_at:
            return "This show was cancelled."
        return "This show has begun: its seats are no longer sold." if self.has_begun else None

    @property
    def sells(self) -> bool:
        """Whether a seat can be held."""
        return self.closed_because is None


SELECT = """
    SELECT shows.id, shows.title, shows.venue, shows.starts_at, shows.timezone, shows.currency, shows.seat_limit,
           shows.cancelled_at, shows.starts_at <= statement_timestamp() AS has_begun,
           shows.organizer_id,
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


def create(asker: Asker, **details: Any) -> Show:
    """Create a show, of which the asker is the organizer; it has no seats yet.

    `details` are title, venue, starts_at, timezone, currency and seat_limit. Raises `NotSignedIn` when the account was
    deleted meanwhile.
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
) -> Show:
    """Do what `create` does, as part of the caller's transaction."""
    row = connection.execute(
        text("""
            INSERT INTO shows (organizer_id, title, venue, starts_at, timezone, currency, seat_limit)
            SELECT id, :title, :venue, CAST(:starts_at AS timestamptz), :timezone, :currency, :seat_limit
            FROM users
            WHERE id = :organizer_id
              AND deleted_at IS NULL
            FOR KEY SHARE
            RETURNING id, title, venue, starts_at, timezone, currency, seat_limit, cancelled_at,
                      starts_at <= statement_timestamp() AS has_begun, organizer_id,
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
        },
    ).one_or_none()
    if row is None:
        raise account_deleted()
    return Show.of(row)


def one(show_id: int) -> Show:
    """The show with this id; raises `NotFound`."""
    with autocommitted() as connection:
        row = connection.execute(text(f"{SELECT} WHERE shows.id = :show_id"), {"show_id": show_id}).one_or_none()
    if row is None:
        raise NotFound(f"There is no show {show_id}.")
    return Show.of(row)


def upcoming(*, limit: int | None = None, after: tuple[datetime, int] | None = None) -> Sequence[Show]:
    """The shows that have not begun, soonest first; at most `limit` of those `after` a start and id."""
    starts_at, show_id = after or (None, None)
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"""
                {SELECT}
                WHERE shows.starts_at > statement_timestamp()
                  AND (CAST(:starts_at AS timestamptz) IS NULL
                       OR (shows.starts_at, shows.id) > (CAST(:starts_at AS timestamptz), CAST(:show_id AS integer)))
                ORDER BY shows.starts_at, shows.id
                LIMIT CAST(:limit AS bigint)
            """),
            {"starts_at": starts_at, "show_id": show_id, "limit": limit},
        )
        return [Show.of(row) for row in rows]


def of_organizer(asker: Asker) -> Sequence[Show]:
    """The shows the asker organizes, the latest first."""
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"{SELECT} WHERE shows.organizer_id = :user_id ORDER BY shows.starts_at DESC, shows.id DESC"),
            {"user_id": asker.id},
        )
        return [Show.of(row) for row in rows]


def organized(asker: Asker, show_id: int) -> Show:
    """The show, for its organizer; raises `NotFound` or, for anybody else, `Forbidden`."""
    refuse_strangers(asker, show_id)
    return one(show_id)


def refuse_strangers(asker: Asker, show_id: int) -> None:
    """Let only the show's organizer pass; raises `NotFound` or, for anybody else, `Forbidden`."""
    with autocommitted() as connection:
        organizer_id = connection.execute(
            text("SELECT organizer_id FROM shows WHERE id = :show_id"), {"show_id": show_id}
        ).scalar_one_or_none()
    if organizer_id is None:
        raise NotFound(f"There is no show {show_id}.")
    if organizer_id != asker.id:
        raise Forbidden("Only its organizer can do this with a show.")


def cancel(asker: Asker, show_id: int) -> Show:
    """Cancel the show: nothing is sold any more and every hold ends; what was sold stays on record.

    Cancelling again changes nothing. Raises `NotFound` or `Forbidden`.
    """
    refuse_strangers(asker, show_id)
    with transaction() as connection:
        lock_show(connection, show_id)
        connection.execute(
            text("UPDATE shows SET cancelled_at = clock_timestamp() WHERE id = :show_id AND cancelled_at IS NULL"),
            {"show_id": show_id},
        )
        end_holds_of_show(connection, show_id, asker)
        connection.commit()
    return one(show_id)
