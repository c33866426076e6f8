"""What became of a show's holds: how many seats were sold and held over time, and which holds came to nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import Connection, text

from webapp.services.dashboards.lost_holds import LostHolds
from webapp.services.dashboards.periods import boundaries
from webapp.services.database.statements import autocommitted


@dataclass(frozen=True, slots=True)
class Period:
    """What a show's seats came to from `begin` to `end`.

    `sold` and `held` are how many were so at its end; `holds` how many holds began in it, and `bought` how many of
    those ended as a sale, whenever that was.
    """

    begin: datetime
    end: datetime
    sold: int
    held: int
    holds: int
    bought: int


@dataclass(frozen=True, slots=True)
class History:
    """The periods of a show, the first one first, and the holds among all of them that came to nothing."""

    periods: Sequence[Period]
    lost: LostHolds


@dataclass(frozen=True, slots=True)
class _Lives:
    """Holds of like fate: by the numbers of the periods in which they began, were confirmed, and ended otherwise.

    `released` says of one that ended otherwise that it was cancelled, not that its time was over; `quarters` how many
    whole quarters of a minute one lasted that was never confirmed.
    """

    began: int
    confirmed: int | None
    ended: int | None
    released: bool
    quarters: int | None
    count: int


def history_of(show_id: int) -> History:
    """The history of the show since its first hold; without periods before that.

    A hold ends when it is given back or confirmed, or else when its time is over, whoever marks that and when. Seats
    that the house keeps are none of it. The last period goes on: its end may be yet to come.
    """
    with autocommitted() as connection:
        span = _span(connection, show_id)
        if span is None:
            return History([], LostHolds.among([], over=0))
        times = boundaries(*span)
        lives = _lives(connection, show_id, times)
    return History(_periods(times, lives), _lost(lives))


def _span(connection: Connection, show_id: int) -> tuple[datetime, datetime, str] | None:
    """From the first hold of a buyer until now, or until the show was over; and the venue's time zone."""
    row = connection.execute(
        text("""
            SELECT first.created_at,
                   greatest(first.created_at,
                            least(statement_timestamp(), shows.cancelled_at, shows.starts_at + interval '1 hour')),
                   shows.timezone
            FROM shows
            CROSS JOIN LATERAL (
                SELECT created_at
                FROM reservations
                WHERE show_id = shows.id
                  AND user_id IS NOT NULL
                ORDER BY id
                LIMIT 1
            ) AS first
            WHERE shows.id = :show_id
        """),
        {"show_id": show_id},
    ).one_or_none()
    return None if row is None else (row[0], row[1], row[2])


def _lives(connection: Connection, show_id: int, times: Sequence[datetime]) -> Sequence[_Lives]:
    """The lives of all holds of the show, read from one index without a visit to the table."""
    columns = connection.execute(
        text("""
            SELECT array_agg(began), array_agg(confirmed), array_agg(ended), array_agg(released), array_agg(quarters),
                   array_agg(holds)
            FROM (
                SELECT began, confirmed, ended, released, quarters, count(*) AS holds
                FROM (
                    SELECT width_bucket(created_at, CAST(:times AS timestamptz[])) AS began,
                           width_bucket(confirmed_at, CAST(:times AS timestamptz[])) AS confirmed,
                           width_bucket(ended_at, CAST(:times AS timestamptz[])) AS ended,
                           status = 'CANCELLED' AS released,
                           CASE WHEN confirmed_at IS NULL
                                THEN CAST(floor(date_part('epoch', ended_at - created_at) / 15) AS integer)
                           END AS quarters
                    FROM (
                        SELECT created_at, confirmed_at, status,
                               CASE
                                   WHEN status = 'CANCELLED' THEN updated_at
                                   WHEN status <> 'CONFIRMED' AND hold_expiry <= statement_timestamp() THEN hold_expiry
                               END AS ended_at
                        FROM reservations
                        WHERE show_id = :show_id
                          AND user_id IS NOT NULL
                    ) AS holds
                ) AS fates
                GROUP BY began, confirmed, ended, released, quarters
            ) AS lives
        """),
        {"show_id": show_id, "times": list(times)},
    ).one()
    return [_Lives(*life) for life in zip(*columns, strict=True)]


def _periods(times: Sequence[datetime], lives: Sequence[_Lives]) -> Sequence[Period]:
    last = len(times) - 1
    changes: Mapping[str, Counter[int]] = {name: Counter() for name in ("sold", "held", "holds", "bought")}

    def change(what: str, number: int, by: int) -> None:
        changes[what][min(max(number, 1), last)] += by

    for one in lives:
        change("holds", one.began, one.count)
        change("held", one.began, one.count)
        if one.confirmed is not None:
            change("bought", one.began, one.count)
            change("sold", one.confirmed, one.count)
            change("held", one.confirmed, -one.count)
            if one.ended is not None:  # a sale that was cancelled
                change("sold", one.ended, -one.count)
        elif one.ended is not None:
            change("held", one.ended, -one.count)
    found, sold, held = [], 0, 0
    for number, (begin, end) in enumerate(pairwise(times), start=1):
        sold += changes["sold"][number]
        held += changes["held"][number]
        found.append(Period(begin, end, sold, held, changes["holds"][number], changes["bought"][number]))
    return found


def _lost(lives: Sequence[_Lives]) -> LostHolds:
    return LostHolds.among(
        [
            (one.quarters, one.released, one.count)
            for one in lives
            if one.quarters is not None and one.confirmed is None and one.ended is not None
        ],
        over=sum(one.count for one in lives if one.confirmed is not None or one.ended is not None),
    )
