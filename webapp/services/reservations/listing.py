"""One's own reservations: all of them, or those that are wanted, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted
from webapp.services.reservations.reading import SELECT, STATUS_NOW, ReservationAtShow


@dataclass(frozen=True)
class Wanted:
    """Which of one's reservations are asked for: all that are so in each way that is said.

    `search` is looked for in the show's title and venue and in the seat number, capitals or not. `accessible` is
    `wheelchair`, `companion` or `step_free`; prices are what was to be paid, in minor units. Times are those when the
    seat was held: from `created_from` on, before `created_before`.
    """

    status: str | None = None
    show_id: int | None = None
    search: str | None = None
    section: str | None = None
    category: str | None = None
    accessible: str | None = None
    price_at_least: int | None = None
    price_at_most: int | None = None
    created_from: datetime | None = None
    created_before: datetime | None = None


def of_buyer(
    asker: Asker, wanted: Wanted | None = None, *, limit: int | None = None, before: int | None = None
) -> Sequence[ReservationAtShow]:
    """The asker's reservations that are wanted (None: all), newest first; at most `limit` of those with an id below
    `before`."""
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"""
                {SELECT}
                WHERE reservations.user_id = :user_id
                  AND (CAST(:status AS text) IS NULL OR {STATUS_NOW} = :status)
                  AND (CAST(:show_id AS integer) IS NULL OR reservations.show_id = :show_id)
                  AND (CAST(:search AS text) IS NULL
                       OR strpos(lower(concat_ws(chr(10), shows.title, shows.venue, seats.seat_number)),
                                 lower(:search)) > 0)
                  AND (CAST(:section AS text) IS NULL OR seats.section = :section)
                  AND (CAST(:category AS text) IS NULL OR categories.name = :category)
                  AND (CAST(:accessible AS text) IS NULL
                       OR seats.accessibility = :accessible
                       OR (:accessible = 'step_free' AND seats.step_free))
                  AND reservations.price BETWEEN coalesce(:price_at_least, reservations.price)
                                             AND coalesce(:price_at_most, reservations.price)
                  AND (CAST(:created_from AS timestamptz) IS NULL OR reservations.created_at >= :created_from)
                  AND (CAST(:created_before AS timestamptz) IS NULL OR reservations.created_at < :created_before)
                  AND (CAST(:before AS bigint) IS NULL OR reservations.id < :before)
                ORDER BY reservations.id DESC
                LIMIT CAST(:limit AS bigint)
            """),
            {**vars(wanted or Wanted()), "user_id": asker.id, "before": before, "limit": limit},
        )
        return [ReservationAtShow.of(row) for row in rows]
