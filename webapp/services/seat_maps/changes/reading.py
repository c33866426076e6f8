"""The changes of a show since a cursor, read by one statement, whatever this process remembers."""

from typing import Any

from sqlalchemy import Row, text

from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted
from webapp.services.playbills import VISIBLE, not_found
from webapp.services.refusals import StartOver
from webapp.services.reservations.reading import NEVER
from webapp.services.seat_maps.changes.news import News
from webapp.services.seat_maps.reading import STANDING
from webapp.services.seat_maps.standing import Cursor
from webapp.services.seat_maps.standing.reading import CLUSTER, HORIZON
from webapp.services.seat_maps.standing.show_times import ShowTimes

# The time is of before the rows are seen: a hold that ends in between is told as held, and told again as lapsed.
SHOW = f"""
                SELECT shows.plan_version, shows.published_at, shows.on_sale_at, shows.off_sale_at, shows.starts_at,
                       shows.cancelled_at, statement_timestamp() AS now, {HORIZON}, {CLUSTER},
                       told.seats
                FROM shows"""  # noqa: S608 -- made of constants

# By one row, as JSON: an object for each of 50,000 rows would take longer than reading them.
TOLD = f"""
                    SELECT '[' || coalesce(string_agg({STANDING}, ',' ORDER BY seats.id), '') || ']' AS seats"""


def changes(show_id: int, viewer: Asker | None, since: Cursor | None = None) -> News:
    """What has changed in the show since the cursor, for the viewer; without one, all that is not free.

    Raises `NotFound`, also for somebody else's draft, and `StartOver` for a cursor of another database, or one that
    this one has not come to.
    """
    found = _everything(show_id, viewer) if since is None else _since(show_id, viewer, since)
    if found is None:
        raise not_found(show_id)
    cursor = Cursor(found.cluster, found.horizon, found.now, found.plan_version)
    if since and (since.cluster != cursor.cluster or since.horizon > cursor.horizon or since.now > cursor.now):
        raise StartOver("These changes cannot be followed from here: ask without a cursor, and go on from the answer.")
    times = ShowTimes(found.published_at, found.on_sale_at, found.off_sale_at, found.starts_at, found.cancelled_at)
    return News(
        cursor=str(cursor),
        now=found.now,
        everything=since is None,
        plan_version=found.plan_version,
        plan_changed=since is not None and since.plan_version != found.plan_version,
        closed=times.closed(found.now),
        seats=found.seats.encode(),
    )


def _everything(show_id: int, viewer: Asker | None) -> Row[Any] | None:
    with autocommitted() as connection:
        return connection.execute(
            text(f"""
                {SHOW}
                CROSS JOIN LATERAL (
                    {TOLD}
                    FROM reservations
                    JOIN seats ON seats.id = reservations.seat_id
                    WHERE reservations.show_id = shows.id
                      AND reservations.status IN ('HELD','CONFIRMED')
                      AND (reservations.status = 'CONFIRMED' OR reservations.hold_expiry > statement_timestamp())
                ) AS told
                WHERE shows.id = :show_id
                  AND {VISIBLE}
            """),
            {"show_id": show_id, "viewer_id": viewer.id if viewer else None, "never": NEVER},
        ).one_or_none()


def _since(show_id: int, viewer: Asker | None, since: Cursor) -> Row[Any] | None:
    """Each seat of which a reservation has changed, or a hold has lapsed, as it stands now, looked up by itself.

    Of what came in with a dump nothing is new (`webapp.services.seat_maps.standing.reading`).
    """
    with autocommitted() as connection:
        return connection.execute(
            text(f"""
                {SHOW}
                CROSS JOIN LATERAL (
                    {TOLD}
                    FROM (SELECT seat_id
                          FROM reservations
                          WHERE show_id = shows.id
                            AND changed_xid >= CAST(:horizon AS xid8)
                            AND changed_xid < pg_snapshot_xmax(pg_current_snapshot())
                          UNION
                          SELECT seat_id
                          FROM reservations
                          WHERE show_id = shows.id
                            AND status = 'HELD'
                            AND hold_expiry > :then
                            AND hold_expiry <= statement_timestamp()) AS touched
                    CROSS JOIN LATERAL (
                        SELECT id, seat_number
                        FROM seats
                        WHERE seats.id = touched.seat_id
                        LIMIT 1
                    ) AS seats
                    LEFT JOIN LATERAL (
                        SELECT status, hold_expiry
                        FROM reservations
                        WHERE seat_id = touched.seat_id
                          AND status IN ('HELD','CONFIRMED')
                          AND (status = 'CONFIRMED' OR hold_expiry > statement_timestamp())
                        LIMIT 1
                    ) AS reservations ON true
                ) AS told
                WHERE shows.id = :show_id
                  AND {VISIBLE}
            """),  # noqa: S608 -- made of constants
            {
                "show_id": show_id,
                "viewer_id": viewer.id if viewer else None,
                "horizon": str(since.horizon),
                "then": since.now,
                "never": NEVER,
            },
        ).one_or_none()
