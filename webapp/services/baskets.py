"""What one buyer has in one show: the seats held just now and those bought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted


@dataclass(frozen=True)
class BasketSeat:
    """A seat in a basket; `price` in minor units of the show's currency."""

    reservation_id: int
    seat_id: int
    seat_number: str
    section: str | None
    row: str | None
    number: str | None
    category_name: str
    price: int
    hold_expiry: datetime


@dataclass(frozen=True)
class Basket:
    """The buyer's held and bought seats of a show, and what the held ones cost."""

    holds: Sequence[BasketSeat] = ()
    bought: Sequence[BasketSeat] = ()

    @property
    def total(self) -> int:
        """The price of all held seats."""
        return sum(seat.price for seat in self.holds)

    @property
    def hold_expiry(self) -> datetime | None:
        """When the first of the holds ends."""
        return min((seat.hold_expiry for seat in self.holds), default=None)


def basket(show_id: int, buyer: Asker | None) -> Basket:
    """The buyer's basket in the show; empty for nobody."""
    if buyer is None:
        return Basket()
    with autocommitted() as connection:
        rows = connection.execute(
            text("""
                SELECT reservations.status, reservations.id AS reservation_id, seats.id AS seat_id, seats.seat_number,
                       seats.section, seats.row, seats.number, categories.name AS category_name, reservations.price,
                       reservations.hold_expiry
                FROM reservations
                JOIN seats ON seats.id = reservations.seat_id
                JOIN categories ON categories.id = seats.category_id
                WHERE reservations.user_id = :user_id
                  AND reservations.show_id = :show_id
                  AND reservations.status IN ('HELD','CONFIRMED')
                  AND (reservations.status = 'CONFIRMED' OR reservations.hold_expiry > statement_timestamp())
                ORDER BY seats.id
            """),
            {"user_id": buyer.id, "show_id": show_id},
        ).all()
    seats = {status: [BasketSeat(*row[1:]) for row in rows if row.status == status] for status in ("HELD", "CONFIRMED")}
    return Basket(holds=seats["HELD"], bought=seats["CONFIRMED"])
