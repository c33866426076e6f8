"""The reservations of a show, found among a hundred thousand: searched, sorted out, counted, page by page.

Which reservations are meant is read from one index that has all that is asked for, in the order of the list; the rows
themselves, and their buyers, only of those that are shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from webapp.services import shows
from webapp.services.asker import Asker
from webapp.services.box_office.reading import SELECT, THROUGH_NOW, BuyersReservation, not_found
from webapp.services.box_office.searching import AFTER_ALL, look_up
from webapp.services.database.statements import autocommitted
from webapp.services.reservations.reading import STATUS_NOW

STATUSES = ("HELD", "CONFIRMED", "CANCELLED", "EXPIRED")
# How many rows of a long list are read at a time.
AT_A_TIME = 2_000


@dataclass(frozen=True)
class Wanted:
    """Which reservations are asked for: all that are so in each way that is said."""

    search: str | None = None
    status: str | None = None
    category: str | None = None
    section: str | None = None
    through: str | None = None


@dataclass(frozen=True)
class Listing:
    """A page of the reservations that are wanted, and how many of each status are otherwise as wanted."""

    reservations: Sequence[BuyersReservation]
    counts: Mapping[str, int]


# Said so, they are read along the one index that has all that is asked for.
_OF_THE_SHOW = """(reservations.show_id, reservations.id) < (CAST(:show_id AS integer), CAST(:before AS bigint))
    AND (reservations.show_id, reservations.id) > (CAST(:show_id AS integer), 0)"""
_WANTED = f"""
    reservations.user_id IS NOT NULL
    AND (CAST(:through AS text) IS NULL OR {THROUGH_NOW} = :through)
    AND (
        coalesce(CAST(:category AS text), CAST(:section AS text)) IS NULL
        OR reservations.seat_id IN (
            SELECT seats.id
            FROM all_seats AS seats
            WHERE seats.show_id = :show_id
              AND (CAST(:category AS text) IS NULL
                   OR seats.category_id = (
                       SELECT id
                       FROM categories
                       WHERE categories.show_id = :show_id
                         AND categories.name = :category
                   ))
              AND (CAST(:section AS text) IS NULL OR seats.section = :section)
        )
    )
    AND (
        NOT :is_search
        OR reservations.id = CAST(:found_id AS bigint)
        OR reservations.seat_id IN (SELECT unnest(CAST(:found_seats AS bigint[])))
        OR reservations.user_id IN (SELECT unnest(CAST(:found_buyers AS integer[])))
    )
"""  # noqa: S608 -- made of constants


def _values(connection: Connection, show_id: int, wanted: Wanted) -> Mapping[str, Any]:
    """The values of `_WANTED`, with what is searched looked up."""
    found = look_up(connection, show_id, wanted.search)
    return {
        "show_id": show_id,
        "category": wanted.category,
        "section": wanted.section,
        "through": wanted.through,
        "is_search": found is not None,
        "found_id": found and found.reservation_id,
        "found_seats": found.seat_ids if found else [],
        "found_buyers": found.buyer_ids if found else [],
    }


def find(
    asker: Asker, show_id: int, wanted: Wanted | None = None, *, limit: int, before: int | None = None
) -> Sequence[BuyersReservation]:
    """Buyers' reservations of the show, newest first: `limit` of those wanted (None: all) with an id below `before`.

    Raises `Forbidden` or `NotFound` for those who do not run the show.
    """
    shows.refuse_strangers(asker, show_id)
    wanted = wanted or Wanted()
    with autocommitted() as connection:
        return _page(connection, _values(connection, show_id, wanted), wanted.status, limit, before)


def page_with_counts(asker: Asker, show_id: int, wanted: Wanted, *, limit: int, before: int | None = None) -> Listing:
    """What `find` and `counts` give, with one search for both; raises as they do."""
    shows.refuse_strangers(asker, show_id)
    with autocommitted() as connection:
        values = _values(connection, show_id, wanted)
        return Listing(_page(connection, values, wanted.status, limit, before), _counts(connection, values))


def find_all(asker: Asker, show_id: int, wanted: Wanted) -> Iterator[BuyersReservation]:
    """All that are wanted, as `find` has them, read little by little: each is as it is when it is read.

    Whose they are, where a name is searched, is settled at the beginning.
    """
    shows.refuse_strangers(asker, show_id)
    with autocommitted() as connection:
        values = _values(connection, show_id, wanted)
    before = None
    while page := _next(values, wanted.status, before):
        yield from page
        before = page[-1].id


def _next(values: Mapping[str, Any], status: str | None, before: int | None) -> Sequence[BuyersReservation]:
    with autocommitted() as connection:
        return _page(connection, values, status, AT_A_TIME, before)


def chosen(asker: Asker, show_id: int, reservation_ids: Sequence[int]) -> Sequence[BuyersReservation]:
    """These reservations of the show, newest first; raises `NotFound` where one of them is none."""
    shows.refuse_strangers(asker, show_id)
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"""
                {SELECT}
                WHERE reservations.id = ANY(:ids)
                  AND reservations.show_id = :show_id
                ORDER BY reservations.id DESC
            """),
            {"ids": list(reservation_ids), "show_id": show_id},
        ).all()
    if missing := set(reservation_ids) - {row.id for row in rows}:
        raise not_found(sorted(missing))
    return [BuyersReservation.of(row) for row in rows]


def counts(asker: Asker, show_id: int, wanted: Wanted | None = None) -> Mapping[str, int]:
    """How many reservations there are of each status, whichever one is wanted, that are otherwise as wanted."""
    shows.refuse_strangers(asker, show_id)
    with autocommitted() as connection:
        return _counts(connection, _values(connection, show_id, wanted or Wanted()))


def _counts(connection: Connection, values: Mapping[str, Any]) -> Mapping[str, int]:
    rows = connection.execute(
        text(f"""
            SELECT {STATUS_NOW} AS status_now, count(*) AS number
            FROM reservations
            WHERE {_OF_THE_SHOW}
              AND {_WANTED}
            GROUP BY status_now
        """),  # noqa: S608 -- made of constants
        {**values, "before": AFTER_ALL},
    )
    found = {row.status_now: row.number for row in rows}
    return {status: found.get(status, 0) for status in STATUSES}


def _page(
    connection: Connection, values: Mapping[str, Any], status: str | None, limit: int, before: int | None
) -> Sequence[BuyersReservation]:
    # Sorted by the show first, where all are of one, so that no other order than that of the show's own index will do:
    # the shortest way to the newest rows of all shows leads along all the others.
    rows = connection.execute(
        text(f"""
            WITH page AS MATERIALIZED (
                SELECT reservations.id
                FROM reservations
                WHERE {_OF_THE_SHOW}
                  AND (CAST(:status AS text) IS NULL OR {STATUS_NOW} = :status)
                  AND {_WANTED}
                ORDER BY reservations.show_id DESC, reservations.id DESC
                LIMIT CAST(:limit AS integer)
            )
            {SELECT}
            JOIN page ON page.id = reservations.id
            ORDER BY reservations.id DESC
        """),  # noqa: S608 -- made of constants
        {**values, "status": status, "limit": limit, "before": before or AFTER_ALL},
    )
    return [BuyersReservation.of(row) for row in rows]
