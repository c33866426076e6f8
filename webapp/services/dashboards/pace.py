"""How fast a show sells, beside the earlier shows it can be compared with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import Any

from sqlalchemy import Row, text

from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted

MOST_EARLIER = 5


@dataclass(frozen=True, slots=True)
class DayOfSale:
    """How many seats were sold in all when so many days were left until the show; 0 is the last day, and after it."""

    days_before: int
    sold: int


@dataclass(frozen=True, slots=True)
class Pace:
    """The sales of a show that stand, by the days left until it; only days on which something was sold, first to last.

    `days_left` is how far the show is away now, 0 once it has begun.
    """

    show_id: int
    title: str
    venue: str
    starts_at: datetime
    timezone: str
    seats: int
    days_left: float
    days: Sequence[DayOfSale]

    def share_at(self, days_before: float) -> float:
        """The share of the house (0 to 1) that was sold when so many days were left."""
        sold = max((day.sold for day in self.days if day.days_before >= days_before), default=0)
        return sold / self.seats if self.seats else 0.0


def paces(asker: Asker, show_id: int) -> Sequence[Pace]:
    """The pace of the show, and then of its organizer's shows before it that the asker runs as well, the latest first.

    They are at most `MOST_EARLIER`, at the same venue or of the same title, with seats, neither drafts nor cancelled.
    """
    with autocommitted() as connection:
        rows = connection.execute(
            text("""
                WITH compared AS (
                    (SELECT id, title, venue, starts_at, timezone, 0 AS place
                     FROM shows
                     WHERE id = :show_id)
                    UNION ALL
                    (SELECT earlier.id, earlier.title, earlier.venue, earlier.starts_at, earlier.timezone, 1 AS place
                     FROM shows
                     JOIN shows AS earlier ON earlier.organizer_id = shows.organizer_id
                                          AND earlier.starts_at < shows.starts_at
                                          AND (earlier.venue_id = shows.venue_id OR earlier.venue = shows.venue
                                               OR earlier.title = shows.title)
                     WHERE shows.id = :show_id
                       AND earlier.id <> shows.id
                       AND earlier.cancelled_at IS NULL
                       AND earlier.published_at IS NOT NULL
                       AND runs_show(:asker_id, earlier.id)
                       AND EXISTS (SELECT FROM seats WHERE seats.show_id = earlier.id)
                     ORDER BY earlier.starts_at DESC, earlier.id DESC
                     LIMIT :most)
                )
                SELECT compared.id, compared.title, compared.venue, compared.starts_at, compared.timezone,
                       (SELECT count(*) FROM seats WHERE seats.show_id = compared.id) AS seats,
                       greatest(date_part('epoch', compared.starts_at - statement_timestamp()) / 86400, 0) AS days_left,
                       sales.days_before, sales.sold
                FROM compared
                CROSS JOIN LATERAL (
                    SELECT array_agg(days_before ORDER BY days_before DESC) AS days_before,
                           array_agg(sold ORDER BY days_before DESC) AS sold
                    FROM (
                        SELECT greatest(CAST(date_part('epoch', compared.starts_at - day) / 86400 AS integer), 1) - 1
                                   AS days_before,
                               sum(sold) AS sold
                        FROM (
                            SELECT date_bin('1 day', confirmed_at, compared.starts_at) AS day, count(*) AS sold
                            FROM reservations
                            WHERE show_id = compared.id
                              AND confirmed_at IS NOT NULL
                              AND status = 'CONFIRMED'
                              AND user_id IS NOT NULL
                            GROUP BY day
                        ) AS by_day
                        GROUP BY 1
                    ) AS by_days_before
                ) AS sales
                ORDER BY compared.place, compared.starts_at DESC, compared.id DESC
            """),
            {"asker_id": asker.id, "show_id": show_id, "most": MOST_EARLIER},
        )
        return [_pace(row) for row in rows]


def _pace(row: Row[Any]) -> Pace:
    return Pace(
        show_id=row.id,
        title=row.title,
        venue=row.venue,
        starts_at=row.starts_at,
        timezone=row.timezone,
        seats=row.seats,
        days_left=row.days_left,
        days=_in_all(row.days_before or (), row.sold or ()),
    )


def _in_all(days_before: Sequence[int], sold: Sequence[int]) -> Sequence[DayOfSale]:
    return [DayOfSale(*day) for day in zip(days_before, accumulate(map(int, sold)), strict=True)]
