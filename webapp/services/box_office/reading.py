"""Reservations as the people of their show read them: with the buyer, and how each came to be what it is."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

from webapp.services import shows
from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted
from webapp.services.refusals import NotFound
from webapp.services.reservations.reading import COLUMNS, SEAT_COLUMNS, STATUS_NOW, Reservation

# Through what it came to be what it is now: a hold that lapsed ended by time, whether or not somebody has marked it.
THROUGH_NOW = """CASE
                    WHEN reservations.status = 'HELD' AND reservations.hold_expiry <= statement_timestamp()
                    THEN 'clock'
                    ELSE reservations.changed_through
                END"""


@dataclass(frozen=True)
class BuyersReservation(Reservation):
    """A reservation with its buyer, of whom nothing is known once the account is gone.

    `category_price` is what the seat costs now, `price` what its buyer was asked for. `was_sold` tells a sale that was
    cancelled from a hold that was given back; `moved_to` is the reservation that its buyer was moved to from it.
    """

    category: str
    category_price: int
    buyer_name: str | None
    buyer_email: str | None
    buyer_is_guest: bool
    through: str
    was_sold: bool
    moved_to: int | None

    @property
    def buyer_is_gone(self) -> bool:
        """Whether the buyer's account was deleted."""
        return self.buyer_name is None


SELECT = f"""
    SELECT {COLUMNS.replace("reservations.status", f"{STATUS_NOW} AS status")},
           {SEAT_COLUMNS},
           categories.name AS category, categories.price AS category_price,
           CASE WHEN users.deleted_at IS NULL THEN users.name END AS buyer_name, users.email AS buyer_email,
           users.is_guest AS buyer_is_guest,
           {THROUGH_NOW} AS through,
           reservations.confirmed_at IS NOT NULL AS was_sold,
           successors.id AS moved_to
    FROM reservations
    JOIN all_seats AS seats ON seats.id = reservations.seat_id
    JOIN categories ON categories.id = seats.category_id
    JOIN users ON users.id = reservations.user_id
    LEFT JOIN reservations AS successors ON successors.moved_from = reservations.id
"""  # noqa: S608 -- made of constants


def one(asker: Asker, show_id: int, reservation_id: int) -> BuyersReservation:
    """A buyer's reservation of the show, for those who run it; raises `Forbidden` or `NotFound`."""
    shows.refuse_strangers(asker, show_id)
    with autocommitted() as connection:
        return read(connection, show_id, reservation_id)


def read(connection: Connection, show_id: int, reservation_id: int) -> BuyersReservation:
    """Do what `one` does, as part of the caller's transaction; who asks is settled."""
    row = connection.execute(
        text(f"{SELECT} WHERE reservations.id = :id AND reservations.show_id = :show_id"),
        {"id": reservation_id, "show_id": show_id},
    ).one_or_none()
    if row is None:
        raise not_found([reservation_id])
    return BuyersReservation.of(row)


def not_found(reservation_ids: list[int]) -> NotFound:
    """The refusal for what is no buyer's reservation of the show."""
    numbers = ", ".join(map(str, reservation_ids))
    return NotFound(f"There is no reservation {numbers} in this show.")
