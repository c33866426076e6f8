"""The reservations of a show, found among a hundred thousand: searched, sorted out, counted, page by page.

Which reservations are meant is read from one index that has all that is asked for, in the order of the list; the rows
themselves, and their buyers, only of those that are shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from webapp.services import shows
from webapp.services.asker import Asker
from webapp.services.box_office.reading import SELECT, BuyersReservation, not_found
from webapp.services.box_office.searching import AFTER_ALL
from webapp.services.box_office.wanting import Meaning, Wanted, meaning
from webapp.services.database.statements import autocommitted
from webapp.services.reservations.reading import STATUS_NOW

STATUSES = ("HELD", "CONFIRMED", "CANCELLED", "EXPIRED")
# How many rows of a long list are read at a time.
AT_A_TIME = 2_000


@dataclass(frozen=True)
class Listing:
    """A page of the reservations that are wanted, and how many of each status are otherwise as wanted."""

    reservations: Sequence[BuyersReservation]
    counts: Mapping[str, int]


def find(
    asker: Asker, show_id: int, wanted: Wanted | None = None, *, limit: int, before: int | None = None
) -> Sequence[BuyersReservation]:
    """Buyers' reservations of the show, newest first: `limit` of those wanted (None: all) with an id below `before`.

    Raises `Forbidden` or `NotFound` for those who do not run the show.
    """
    shows.refuse_strangers(asker, show_id)
    wanted = wanted or Wanted()
    with autocommitted() as connection:
        return _page(connection, meaning(connection, show_id, wanted), wanted.status, limit, before)


def page_with_counts(asker: Asker, show_id: int, wanted: Wanted, *, limit: int, before: int | None = None) -> Listing:
    """What `find` and `counts` give, with one search for both; raises as they do."""
    shows.refuse_strangers(asker, show_id)
    with autocommitted() as connection:
        meant = meaning(connection, show_id, wanted)
        return Listing(_page(connection, meant, wanted.status, limit, before), _counts(connection, meant))


def find_all(asker: Asker, show_id: int, wanted: Wanted) -> Iterator[BuyersReservation]:
    """All that are wanted, as `find` has them, read little by little: each is as it is when it is read.

    Whose they are, where a name is searched, is settled at the beginning.
    """
    shows.refuse_strangers(asker, show_id)
    with autocommitted() as connection:
        meant = meaning(connection, show_id, wanted)
    before = None
    while page := _next(meant, wanted.status, before):
        yield from page
        before = page[-1].id


def _next(meant: Meaning, status: str | None, before: int | None) -> Sequence[BuyersReservation]:
    with autocommitted() as connection:
        return _page(connection, meant, status, AT_A_TIME, before)


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
        return _counts(connection, meaning(connection, show_id, wanted or Wanted()))


def _counts(connection: Connection, meant: Meaning) -> Mapping[str, int]:
    rows = connection.execute(
        text(f"""
            SELECT {STATUS_NOW} AS status_now, count(*) AS number
            FROM reservations
            WHERE {meant.condition}
            GROUP BY status_now
        """),  # noqa: S608 -- made of constants
        {**meant.values, "before": AFTER_ALL},
    )
    found = {row.status_now: row.number for row in rows}
    return {status: found.get(status, 0) for status in STATUSES}


def _page(
    connection: Connection, meant: Meaning, status: str | None, limit: int, before: int | None
) -> Sequence[BuyersReservation]:
    # Sorted by the show first, where all are of one, so that no other order than that of the show's own index will do:
    # the shortest way to the newest rows of all shows leads along all the others.
    rows = connection.execute(
        text(f"""
            WITH page AS MATERIALIZED (
                SELECT reservations.id
                FROM reservations
                WHERE {meant.condition}
                  AND (CAST(:status AS text) IS NULL OR {STATUS_NOW} = :status)
                ORDER BY reservations.show_id DESC, reservations.id DESC
                LIMIT CAST(:limit AS integer)
            )
            {SELECT}
            JOIN page ON page.id = reservations.id
            ORDER BY reservations.id DESC
        """),  # noqa: S608 -- made of constants
        {**meant.values, "status": status, "limit": limit, "before": before or AFTER_ALL},
    )
    return [BuyersReservation.of(row) for row in rows]
