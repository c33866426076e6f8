"""Pasts for shows: holds that were bought, given back or ran out over some weeks, as history, past the guards."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.scenes import Scene
from webapp.services.shows import Show


@dataclass(frozen=True, slots=True)
class Past:
    """What happened to a show: of its seats the share `sold`, and `holds` for each, in the `days` up to now or to its
    beginning. Most of it happens soon after the sale began, and dear seats go first."""

    sold: float = 0.76
    holds: int = 4
    days: int = 60


# The seats that went, dear ones rather first, and for each of them several holds; the last one may be a sale.
PLAY = """
WITH seats_by_luck AS (
    SELECT seats.id AS seat_id, seats.show_id, categories.price, shows.starts_at,
           row_number() OVER (PARTITION BY seats.show_id
                              ORDER BY random() - 0.7 * percent_rank_of.rank) AS place,
           count(*) OVER (PARTITION BY seats.show_id) AS seats
    FROM seats
    JOIN shows ON shows.id = seats.show_id
    JOIN categories ON categories.id = seats.category_id
    JOIN (
        SELECT id, percent_rank() OVER (PARTITION BY show_id ORDER BY price) AS rank
        FROM categories
    ) AS percent_rank_of ON percent_rank_of.id = categories.id
    WHERE seats.show_id = ANY(%(shows)s)
), holds AS (
    SELECT seats_by_luck.*, number = 0 AND place <= %(sold)s * seats AS is_sold, random() AS luck,
           least(now(), starts_at) - interval '21 minutes' - %(span)s::interval
               + %(span)s::interval * power(CASE WHEN number = 0 THEN (place + 0.3 * seats * random()) / seats / 1.3
                                                 ELSE random() END, 1.8) AS created_at
    FROM seats_by_luck
    CROSS JOIN generate_series(0, %(holds)s - 1) AS number
)
INSERT INTO reservations
    (user_id, seat_id, show_id, status, price, hold_expiry, created_at, updated_at, confirmed_at, changed_through)
SELECT %(buyer)s, seat_id, show_id,
       CASE WHEN is_sold THEN 'CONFIRMED' WHEN luck < 0.35 THEN 'CANCELLED' ELSE 'EXPIRED' END,
       price, created_at + interval '10 minutes', created_at,
       created_at + CASE WHEN is_sold THEN interval '6 minutes' * luck + interval '20 seconds'
                         WHEN luck < 0.35 THEN interval '25 minutes' * luck + interval '5 seconds'
                         ELSE interval '601 seconds' END,
       CASE WHEN is_sold THEN created_at + interval '6 minutes' * luck + interval '20 seconds' END,
       'page'
FROM holds
ORDER BY created_at
"""
CHANGES = """
INSERT INTO reservation_changes (reservation_id, show_id, status, changed_at, changed_through, changed_xid)
SELECT id, show_id, status, changed_at, 'page', pg_current_xact_id()
FROM (
    SELECT id, show_id, 'HELD' AS status, created_at AS changed_at
    FROM reservations
    WHERE show_id = ANY(%(shows)s)
    UNION ALL
    SELECT id, show_id, status, updated_at
    FROM reservations
    WHERE show_id = ANY(%(shows)s)
) AS lines
ORDER BY changed_at
"""


# A copy of a show: its row, its categories, and its seats in them.
COPY = (
    """
    INSERT INTO shows (organizer_id, title, venue, starts_at, timezone, currency)
    SELECT organizer_id, title || ' ' || number, venue || ' ' || number, starts_at, timezone, currency
    FROM shows
    CROSS JOIN generate_series(1, %(count)s) AS number
    WHERE id = %(show)s
    RETURNING id
    """,
    """
    INSERT INTO categories (show_id, name, price)
    SELECT copy, name, price
    FROM categories
    CROSS JOIN unnest(%(copies)s::integer[]) AS copy
    WHERE show_id = %(show)s
    """,
    """
    INSERT INTO seats (show_id, seat_number, section, row, number, neighbour_order, x, y, category_id)
    SELECT copy, seats.seat_number, seats.section, seats.row, seats.number, seats.neighbour_order, seats.x, seats.y,
           copied.id
    FROM seats
    JOIN categories ON categories.id = seats.category_id
    CROSS JOIN unnest(%(copies)s::integer[]) AS copy
    JOIN categories AS copied ON copied.show_id = copy AND copied.name = categories.name
    WHERE seats.show_id = %(show)s
    ORDER BY copy, seats.id
    """,
)


def more_like(scene: Scene, show: Show, count: int) -> Sequence[int]:
    """The ids of so many more shows in halls like this one's."""
    first, *others = COPY
    with scene.history() as connection:
        copies = [row["id"] for row in connection.execute(first, {"show": show.id, "count": count})]
        for statement in others:
            connection.execute(statement, {"show": show.id, "copies": copies})
    return copies


def play(scene: Scene, show_ids: Sequence[int], past: Past = Past()) -> None:
    """Give the shows this past, all at once, so that their rows lie among one another as they came."""
    named = {
        "shows": list(show_ids),
        "buyer": scene.user("Everybody").id,
        "sold": past.sold,
        "holds": past.holds,
        "span": f"{past.days} days",
    }
    with scene.history() as connection:
        connection.execute("SELECT setseed(0.5)")
        connection.execute(PLAY, named)
        connection.execute(CHANGES, named)
