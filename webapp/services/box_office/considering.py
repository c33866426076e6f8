"""What it would mean to move a buyer to another seat: the seat, its price, and why it cannot be done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from webapp.services import shows
from webapp.services.asker import Asker
from webapp.services.box_office.reading import BuyersReservation, read
from webapp.services.box_office.refusing import not_sold
from webapp.services.database.clock import rfc3339
from webapp.services.database.statements import autocommitted
from webapp.services.offers.nearest import nearest
from webapp.services.refusals import BuyerGone, Invalid, NotOnSale, SeatTaken
from webapp.services.reservations import SeatChoice
from webapp.services.reservations.reading import LIVE_RESERVATION
from webapp.services.seat_words import beginning, named


@dataclass(frozen=True)
class Target:
    """The seat somebody is to be moved to; `price` is what it costs now, in minor units of the show's currency."""

    id: int
    seat_number: str
    section: str | None
    row: str | None
    number: str | None
    category: str
    price: int
    show_cancelled_at: datetime | None


@dataclass(frozen=True)
class Move:
    """A move that can be made: from a sale to a seat that is free."""

    reservation: BuyersReservation
    target: Target

    @property
    def difference(self) -> int:
        """What the new seat costs more than was paid for the old one, less if below zero; nobody is asked for it."""
        return self.target.price - self.reservation.price


def consider(asker: Asker, show_id: int, reservation_id: int, to: SeatChoice) -> Move:
    """The move as it would be made just now; raises what `move` would."""
    shows.refuse_strangers(asker, show_id)
    with autocommitted() as connection:
        target = target_of(connection, show_id, to)
        reservation = read(connection, show_id, reservation_id)
        refuse_unmovable(connection, reservation, target)
    return Move(reservation, target)


def target_of(connection: Connection, show_id: int, to: SeatChoice) -> Target:
    """The seat, as part of the caller's transaction; raises `Invalid` where the show has no such seat."""
    row = connection.execute(
        text(f"""
            SELECT seats.id, seats.seat_number, seats.section, seats.row, seats.number,
                   categories.name AS category, categories.price, shows.cancelled_at
            FROM seats
            JOIN categories ON categories.id = seats.category_id
            JOIN shows ON shows.id = seats.show_id
            WHERE seats.show_id = :show_id
              AND {to.condition}
        """),  # noqa: S608 -- the condition is one of ours
        {"show_id": show_id, **to.values},
    ).one_or_none()
    if row is None:
        field = "seat_number" if to.seat_numbers else "seat_id"
        sentence = f"There is no seat {to.seats[0]} in this show."
        raise Invalid(sentence, errors=[{"pointer": f"#/{field}", "detail": sentence}])
    return Target(*row)


def refuse_unmovable(connection: Connection, old: BuyersReservation, target: Target) -> None:
    """Raise what is in the way of the move, as part of the caller's transaction."""
    if target.show_cancelled_at is not None:
        raise NotOnSale.because("cancelled")
    if old.status != "CONFIRMED":
        raise not_sold([old])
    if old.buyer_is_gone:
        raise BuyerGone(
            "This buyer deleted their account: nobody could tell them of another seat. The sale can be cancelled."
        )
    taken = connection.execute(
        text(f"""
            SELECT seats.id AS seat_id, seats.seat_number, reservations.user_id, reservations.status,
                   reservations.hold_expiry
            FROM seats
            {LIVE_RESERVATION}
            WHERE seats.id = :seat_id
              AND reservations.id IS NOT NULL
        """),  # noqa: S608 -- made of constants
        {"seat_id": target.id},
    ).one_or_none()
    if taken and target.id != old.seat_id:
        raise _seat_taken(old, target, taken)


def _seat_taken(old: BuyersReservation, target: Target, taken: Row[Any]) -> SeatTaken:
    fact: dict[str, object] = {"seat_id": target.id, "seat_number": target.seat_number}
    if taken.user_id is None:
        how, fact = "kept by the house: release it first", fact | {"reason": "house"}
    elif taken.status == "HELD":
        how, fact = "held by a buyer", fact | {"reason": "held", "held_until": rfc3339(taken.hold_expiry)}
    else:
        how, fact = "sold", fact | {"reason": "sold"}
    sentence = f"{beginning(named([target]))} is {how}. Nothing was changed."
    refusal = SeatTaken(sentence, seats=[fact]).of(old.show_id, [target.id])
    return refusal.coming_with(lambda: nearest(old.show_id, [target.id]))
