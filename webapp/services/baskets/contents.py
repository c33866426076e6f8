"""What one buyer has in one show: the seats held just now, those bought, and those whose time was just over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text

from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted
from webapp.services.reservations.extending import MOST_MINUTES

# For how long seats that went are offered again.
MINUTES_OFFERED = 15
# For how long after its end a hold still counts as news to a page that shows it.
MINUTES_OF_NEWS = 60


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
    created_at: datetime
    extended_at: datetime | None


@dataclass(frozen=True)
class LapsedSeat:
    """A seat held until its time was over; `price` is what it costs now, `free` whether it can be held again."""

    seat_id: int
    seat_number: str
    section: str | None
    row: str | None
    number: str | None
    price: int
    free: bool


@dataclass(frozen=True)
class Basket:
    """The buyer's held and bought seats of a show, what the held ones cost, and the holds that ran out."""

    holds: Sequence[BasketSeat] = ()
    bought: Sequence[BasketSeat] = ()
    lapsed: Sequence[LapsedSeat] = ()

    @property
    def total(self) -> int:
        """The price of all held seats."""
        return sum(seat.price for seat in self.holds)

    @property
    def hold_expiry(self) -> datetime | None:
        """When the first of the holds ends."""
        return min((seat.hold_expiry for seat in self.holds), default=None)

    @property
    def latest(self) -> BasketSeat | None:
        """The seat that was held last."""
        return max(self.holds, key=lambda seat: (seat.created_at, seat.seat_id), default=None)

    @property
    def can_be_extended(self) -> bool:
        """Whether the five more minutes can still be had (webapp.services.reservations.extending)."""
        longest = timedelta(minutes=MOST_MINUTES)
        return not any(seat.extended_at for seat in self.holds) and any(
            seat.hold_expiry < seat.created_at + longest for seat in self.holds
        )

    @property
    def free_again(self) -> Sequence[LapsedSeat]:
        """The seats whose time was over and that nobody has taken since."""
        return [seat for seat in self.lapsed if seat.free]


def basket(show_id: int, buyer: Asker | None) -> Basket:
    """The buyer's basket in the show; empty for nobody."""
    if buyer is None:
        return Basket()
    with autocommitted() as connection:
        rows = connection.execute(
            text("""
                SELECT reservations.status, reservations.id AS reservation_id, seats.id AS seat_id, seats.seat_number,
                       seats.section, seats.row, seats.number, categories.name AS category_name, reservations.price,
                       reservations.hold_expiry, reservations.created_at, reservations.extended_at
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
    return Basket(holds=seats["HELD"], bought=seats["CONFIRMED"], lapsed=_lapsed(show_id, buyer))


def seats_in_the_news(show_id: int, buyer: Asker) -> Sequence[int]:
    """The ids of the seats that the buyer has in the show or had a moment ago: what a page may show as theirs."""
    with autocommitted() as connection:
        return (
            connection.execute(
                text("""
                    SELECT DISTINCT seat_id
                    FROM reservations
                    WHERE user_id = :user_id
                      AND show_id = :show_id
                      AND (status IN ('HELD','CONFIRMED')
                           OR updated_at > statement_timestamp() - make_interval(mins => :minutes))
                    ORDER BY seat_id
                """),
                {"user_id": buyer.id, "show_id": show_id, "minutes": MINUTES_OF_NEWS},
            )
            .scalars()
            .all()
        )


def _lapsed(show_id: int, buyer: Asker) -> Sequence[LapsedSeat]:
    """The seats of the buyer's holds that ran out a moment ago, but for those the buyer has chosen once more since."""
    with autocommitted() as connection:
        rows = connection.execute(
            text("""
                SELECT seats.id, seats.seat_number, seats.section, seats.row, seats.number, categories.price,
                       NOT EXISTS (
                           SELECT FROM reservations AS live
                           WHERE live.seat_id = seats.id
                             AND live.status IN ('HELD','CONFIRMED')
                             AND (live.status = 'CONFIRMED' OR live.hold_expiry > statement_timestamp())
                       ) AS free
                FROM reservations
                JOIN seats ON seats.id = reservations.seat_id
                JOIN categories ON categories.id = seats.category_id
                WHERE reservations.user_id = :user_id
                  AND reservations.show_id = :show_id
                  AND reservations.status IN ('HELD','EXPIRED')
                  AND reservations.hold_expiry <= statement_timestamp()
                  AND reservations.hold_expiry > statement_timestamp() - make_interval(mins => :minutes)
                  AND NOT EXISTS (
                      SELECT FROM reservations AS later
                      WHERE later.user_id = reservations.user_id
                        AND later.seat_id = reservations.seat_id
                        AND later.id > reservations.id
                  )
                ORDER BY seats.id
            """),
            {"user_id": buyer.id, "show_id": show_id, "minutes": MINUTES_OFFERED},
        )
        return [LapsedSeat(*row) for row in rows]
