"""The seats of a show as they are read."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text

from webapp.services.database.statements import autocommitted
from webapp.services.database.written import WrittenList, written_list
from webapp.services.plans.plan import Accessibility


@dataclass(frozen=True)
class Seat:
    """A seat of a show as clients read it; `price` in minor units of the show's currency."""

    id: int
    show_id: int
    seat_number: str
    section: str | None
    row: str | None
    number: str | None
    category: str
    price: int
    accessibility: Accessibility | None
    step_free: bool


SELECT = """
    SELECT seats.id, seats.show_id, seats.seat_number, seats.section, seats.row, seats.number,
           categories.name AS category, categories.price, seats.accessibility, seats.step_free
    FROM seats
    JOIN categories ON categories.id = seats.category_id
"""


def seats_of(show_id: int, *, limit: int | None = None, after: int | None = None) -> Sequence[Seat]:
    """The seats of the show in the order of its plan; at most `limit` of those with an id above `after`."""
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"""
                {SELECT}
                WHERE seats.show_id = :show_id
                  AND (CAST(:after AS bigint) IS NULL OR seats.id > :after)
                ORDER BY seats.id
                LIMIT CAST(:limit AS bigint)
            """),
            {"show_id": show_id, "after": after, "limit": limit},
        )
        return [Seat(*row) for row in rows]


def written_seats(show_id: int, *, limit: int | None = None, after: int | None = None) -> WrittenList:
    """What `seats_of` gives, written as JSON."""
    return written_list(
        f"""
            SELECT id, row_to_json(seat) AS json
            FROM (
                {SELECT}
                WHERE seats.show_id = :show_id
                  AND (CAST(:after AS bigint) IS NULL OR seats.id > :after)
                ORDER BY seats.id
                LIMIT CAST(:limit AS bigint)
            ) AS seat
        """,  # noqa: S608 -- made of constants
        {"show_id": show_id, "after": after, "limit": limit},
    )


@dataclass(frozen=True)
class AccessibleSeats:
    """How many seats of a show are for whom; `step_free` counts all that are reached without a step."""

    wheelchair: int
    companion: int
    step_free: int


def accessible_seats(show_id: int) -> AccessibleSeats:
    """How many seats of the show are for wheelchairs, for companions, and without a step."""
    with autocommitted() as connection:
        row = connection.execute(
            text("""
                SELECT count(*) FILTER (WHERE accessibility = 'wheelchair') AS wheelchair,
                       count(*) FILTER (WHERE accessibility = 'companion') AS companion,
                       count(*) FILTER (WHERE step_free) AS step_free
                FROM seats
                WHERE show_id = :show_id
            """),
            {"show_id": show_id},
        ).one()
    return AccessibleSeats(*row)
