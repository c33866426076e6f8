"""Reservations as their buyers read them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, Self

from sqlalchemy import Row, text

from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted
from webapp.services.refusals import NotFound

# A hold that lapsed is over, whether or not somebody has marked it yet.
STATUS_NOW = """CASE
                    WHEN reservations.status = 'HELD' AND reservations.hold_expiry <= statement_timestamp()
                    THEN 'EXPIRED'
                    ELSE reservations.status
                END"""


# Until when the house keeps a seat for which nobody has set a time.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)

# The reservation that has a seat just now, if any.
HAS_THE_SEAT = """reservations.seat_id = seats.id
                          AND reservations.status IN ('HELD','CONFIRMED')
                          AND (reservations.status = 'CONFIRMED' OR reservations.hold_expiry > statement_timestamp())"""
LIVE_RESERVATION = f"""
    LEFT JOIN reservations ON {HAS_THE_SEAT}
"""


@dataclass(frozen=True)
class Reservation:
    """A reservation with the label and the place of its seat; `price` in minor units of the show's currency.

    `reason` is why the people of the show cancelled it, `moved_from` the one that its buyer was moved from to it.
    """

    id: int
    user_id: int
    seat_id: int
    show_id: int
    seat_number: str
    section: str | None
    row: str | None
    number: str | None
    status: str
    price: int
    hold_expiry: datetime
    created_at: datetime
    updated_at: datetime
    reason: str | None
    moved_from: int | None

    @classmethod
    def of(cls, row: Row[Any]) -> Self:
        """The reservation that a row with a column for each field tells of."""
        return cls(*attrgetter(*cls.__dataclass_fields__)(row))


# The columns of a `Reservation`, its own and its seat's, by name: a prepared `*` fails once a migration adds one.
COLUMNS = """reservations.id, reservations.user_id, reservations.seat_id, reservations.show_id, reservations.status,
                   reservations.price, reservations.hold_expiry, reservations.created_at, reservations.updated_at,
                   reservations.reason, reservations.moved_from"""
SEAT_COLUMNS = "seats.seat_number, seats.section, seats.row, seats.number"
# Their names in a row.
NAMES = tuple(column.strip().partition(".")[2] for column in f"{COLUMNS}, {SEAT_COLUMNS}".split(","))


@dataclass(frozen=True)
class ReservationAtShow(Reservation):
    """A reservation with what a person wants to read beside it: the class of the seat, and for which show it is.

    `moved_to` is the reservation that its buyer was moved to from it.
    """

    category_name: str
    show_title: str
    venue: str
    starts_at: datetime
    timezone: str
    currency: str
    show_cancelled_at: datetime | None
    moved_to: int | None


SELECT = f"""
    SELECT reservations.id, reservations.user_id, reservations.seat_id, reservations.show_id, {SEAT_COLUMNS},
           {STATUS_NOW} AS status,
           reservations.price, reservations.hold_expiry, reservations.created_at, reservations.updated_at,
           reservations.reason, reservations.moved_from, successors.id AS moved_to,
           categories.name AS category_name,
           shows.title AS show_title, shows.venue, shows.starts_at, shows.timezone, shows.currency,
           shows.cancelled_at AS show_cancelled_at
    FROM reservations
    JOIN all_seats AS seats ON seats.id = reservations.seat_id
    JOIN shows ON shows.id = reservations.show_id
    JOIN categories ON categories.id = seats.category_id
    LEFT JOIN reservations AS successors ON successors.moved_from = reservations.id
"""  # noqa: S608 -- made of constants


def one(asker: Asker, reservation_id: int) -> ReservationAtShow:
    """The asker's reservation with this id; raises `NotFound`, also for somebody else's."""
    with autocommitted() as connection:
        row = connection.execute(
            text(f"{SELECT} WHERE reservations.id = :id AND reservations.user_id = :user_id"),
            {"id": reservation_id, "user_id": asker.id},
        ).one_or_none()
    if row is None:
        raise not_found(reservation_id)
    return ReservationAtShow.of(row)


def not_found(reservation_id: int) -> NotFound:
    """The refusal for a reservation that is not there, or somebody else's: nobody learns which."""
    return NotFound(f"You have no reservation {reservation_id}.")
