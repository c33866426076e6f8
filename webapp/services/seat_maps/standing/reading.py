"""The two questions a record asks the database: how everything stands, and what is new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from webapp.services.database.statements import autocommitted_apart, written_once
from webapp.services.playbills import not_found
from webapp.services.seat_maps.standing.show_rules import ShowRules
from webapp.services.seat_maps.standing.show_times import ShowTimes


class Change(NamedTuple):
    """A reservation as its last change left it, and the transaction that changed it."""

    reservation_id: int
    seat_id: int
    user_id: int | None
    status: str
    hold_expiry: datetime
    xid: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What one statement saw: `changes` that are visible to it, and the oldest transaction that was still to end."""

    cluster: str
    horizon: int
    now: datetime
    plan_version: int
    times: ShowTimes
    rules: ShowRules
    changes: Sequence[Change]


# A dump, a restore, or a server that took over count transactions anew, and so may one that fell over: numbers it had
# given away without a trace on disk it gives again. The system, its timeline, the database, and since when it runs; and
# the show, since who knows how one stands knows nothing of another.
CLUSTER = """
                       to_hex((SELECT system_identifier FROM pg_control_system()))
                           || '-' || left(pg_walfile_name(pg_current_wal_lsn()), 8)
                           || '-' || (SELECT oid FROM pg_database WHERE datname = current_database())
                           || '-' || to_hex(CAST(extract(epoch FROM pg_postmaster_start_time()) AS bigint))
                           || '-' || shows.id
                           AS cluster"""
# The oldest transaction that was still to end: all below it is seen by the same statement, or will never be.
HORIZON = "CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint) AS horizon"

# One row of arrays: an object for each of 50,000 rows would take longer than reading them.
CHANGES = """
                    SELECT array_agg(id) AS reservation_ids, array_agg(seat_id) AS seat_ids,
                           array_agg(user_id) AS user_ids, array_agg(status) AS statuses,
                           array_agg(hold_expiry) AS hold_expiries,
                           array_agg(CAST(CAST(changed_xid AS text) AS bigint)) AS xids
                    FROM reservations"""

# The horizon is of the snapshot that saw the rows: read in a statement of its own, it would lose changes.
SHOW = f"""
                SELECT shows.plan_version, shows.published_at, shows.on_sale_at, shows.off_sale_at, shows.starts_at,
                       shows.cancelled_at,
                       shows.currency, shows.seat_limit, shows.lonely_seats, shows.accessible_seats_released_at,
                       clock_timestamp() AS now,
                       {HORIZON},
                       {CLUSTER},
                       changes.reservation_ids, changes.seat_ids, changes.user_ids, changes.statuses,
                       changes.hold_expiries, changes.xids
                FROM shows"""  # noqa: S608 -- made of constants
COLUMNS = (
    *("plan_version", "published_at", "on_sale_at", "off_sale_at", "starts_at", "cancelled_at"),
    *("currency", "seat_limit", "lonely_seats", "accessible_seats_released_at", "now", "horizon", "cluster"),
    *("reservation_ids", "seat_ids", "user_ids", "statuses", "hold_expiries", "xids"),
)
ALL_THAT_STANDS = f"""
                {SHOW}
                CROSS JOIN LATERAL (
                    {CHANGES}
                    WHERE show_id = shows.id
                      AND status IN ('HELD','CONFIRMED')
                ) AS changes
                WHERE shows.id = :show_id"""
CHANGED_SINCE = f"""
                {SHOW}
                CROSS JOIN LATERAL (
                    {CHANGES}
                    WHERE show_id = shows.id
                      AND changed_xid >= CAST(:horizon AS xid8)
                      AND changed_xid < pg_snapshot_xmax(pg_current_snapshot())
                ) AS changes
                WHERE shows.id = :show_id"""


def all_that_stands(show_id: int) -> Reading:
    """Every reservation of the show that has its seat, or had it until it lapsed unmarked. Raises `NotFound`."""
    return _read(ALL_THAT_STANDS, show_id)


def changed_since(show_id: int, horizon: int) -> Reading:
    """Every reservation of the show that a transaction from `horizon` on has changed. Raises `NotFound`.

    Rows may come again, as long as any transaction below them is still open; none is ever missed. What came in with a
    dump may bear stamps of another count, of transactions yet to be: it is not new.
    """
    return _read(CHANGED_SINCE, show_id, horizon=str(horizon))


def _read(statement: str, show_id: int, **values: str) -> Reading:
    with autocommitted_apart() as connection:
        found = connection.execute(written_once(statement, *COLUMNS), {"show_id": show_id, **values}).one_or_none()
    if found is None:
        raise not_found(show_id)
    columns = (
        found.reservation_ids,
        found.seat_ids,
        found.user_ids,
        found.statuses,
        found.hold_expiries,
        found.xids,
    )
    return Reading(
        cluster=found.cluster,
        horizon=found.horizon,
        now=found.now,
        plan_version=found.plan_version,
        times=ShowTimes(found.published_at, found.on_sale_at, found.off_sale_at, found.starts_at, found.cancelled_at),
        rules=ShowRules(found.currency, found.seat_limit, found.lonely_seats, found.accessible_seats_released_at),
        changes=[] if found.seat_ids is None else list(map(Change, *columns)),
    )
