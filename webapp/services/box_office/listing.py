"""The reservations of a show, found among a hundred thousand: searched, sorted out, counted, page by page.

Which reservations are meant is read from one index that has all that is asked for, in the order of the list; the rows
themselves, and their buyers, only of those that are shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from webapp.services import shows
from webapp.services.asker import Asker
from webapp.services.box_office.reading import SELECT, THROUGH_NOW, BuyersReservation, not_found
from webapp.services.box_office.searching import FOUND, Search
from webapp.services.database.statements import autocommitted
from webapp.services.reservations.reading import STATUS_NOW

STATUSES = ("HELD", "CONFIRMED", "CANCELLED", "EXPIRED")
# How many rows of a long list are read at a time.
AT_A_TIME = 2_000
_AFTER_ALL = 2**63 - 1


@dataclass(frozen=True)
class Wanted:
    """Which reservations are asked for: all that are so in each way that is said."""

    search: str | None = None
    status: str | None = None
    category: str | None = None
    section: str | None = None
    through: str | None = None

    @property
    def values(self) -> Mapping[str, Any]:
        """The values of `_WANTED`."""
        return {
            **Search.of(self.search).values,
            "category": self.category,
            "section": self.section,
            "through": self.through,
        }


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
    AND {FOUND}
"""  # noqa: S608 -- made of constants


def find(
    asker: Asker, show_id: int, wanted: Wanted | None = None, *, limit: int, before: int | None = None
) -> Sequence[BuyersReservation]:
    """Buyers' reservations of the show, newest first: `limit` of those wanted (None: all) with an id below `before`.

    Raises `Forbidden` or `NotFound` for those who do not run the show.
    """
    shows.refuse_strangers(asker, show_id)
    return _page(show_id, wanted or Wanted(), limit, before)


def find_all(asker: Asker, show_id: int, wanted: Wanted) -> Iterator[BuyersReservation]:
    """All that are wanted, as `find` has them, read little by little: each is as it is when it is read."""
    shows.refuse_strangers(asker, show_id)
    before = None
    while page := _page(show_id, wanted, AT_A_TIME, before):
        yield from page
        before = page[-1].id


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
        rows = connection.execute(
            text(f"""
                SELECT {STATUS_NOW} AS status_now, count(*) AS number
                FROM reservations
                WHERE reservations.show_id = :show_id
                  AND {_WANTED}
                GROUP BY status_now
            """),  # noqa: S608 -- made of constants
            {"show_id": show_id, **(wanted or Wanted()).values},
        )
        found = {row.status_now: row.number for row in rows}
    return {status: found.get(status, 0) for status in STATUSES}


def _page(show_id: int, wanted: Wanted, limit: int, before: int | None) -> Sequence[BuyersReservation]:
    # Sorted by the show first, where all are of one, so that no other order than that of the show's own index will do:
    # the shortest way to the newest rows of all shows leads along all the others.
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"""
                WITH page AS MATERIALIZED (
                    SELECT reservations.id
                    FROM reservations
                    WHERE (reservations.show_id, reservations.id) < (CAST(:show_id AS integer), CAST(:before AS bigint))
                      AND (reservations.show_id, reservations.id) > (CAST(:show_id AS integer), 0)
                      AND (CAST(:status AS text) IS NULL OR {STATUS_NOW} = :status)
                      AND {_WANTED}
                    ORDER BY reservations.show_id DESC, reservations.id DESC
                    LIMIT CAST(:limit AS integer)
                )
                {SELECT}
                JOIN page ON page.id = reservations.id
                ORDER BY reservations.id DESC
            """),  # noqa: S608 -- made of constants
            {
                "show_id": show_id,
                "status": wanted.status,
                "limit": limit,
                "before": before or _AFTER_ALL,
                **wanted.values,
            },
        )
        return [BuyersReservation.of(row) for row in rows]
