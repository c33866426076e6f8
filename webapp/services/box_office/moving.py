"""The people of a show move a buyer to another seat: what was paid stays paid, and no seat is sold twice."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, text

from webapp.services import acts, shows
from webapp.services.asker import Asker
from webapp.services.box_office.reading import BuyersReservation, read
from webapp.services.box_office.refusing import not_sold
from webapp.services.database.refusing import busy
from webapp.services.database.statements import autocommitted, transaction
from webapp.services.offers.nearest import nearest
from webapp.services.refusals import BuyerGone, Invalid, NotOnSale, SeatTaken
from webapp.services.reservations import SeatChoice
from webapp.services.reservations.locks import lock_buyer, lock_show
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
        target = _target(connection, show_id, to)
        reservation = read(connection, show_id, reservation_id)
        _refuse(connection, reservation, target)
    return Move(reservation, Target(target.id, *_about(target)))


def move(
    asker: Asker, show_id: int, reservation_id: int, to: SeatChoice, *, reason: str | None = None
) -> BuyersReservation:
    """Move the buyer of a sale to another seat of the show at the price they paid; their new reservation.

    The old seat is free with it. `reason` is for the buyer, who reads it. Making the same move again gives the
    reservation that it made, as it is now. Raises `SeatTaken` with the nearest free seats, `NotSold`, `BuyerGone`,
    `NotOnSale` once the show is cancelled, `Invalid` for a seat that is not there, `Forbidden` or `NotFound`.
    """
    shows.refuse_strangers(asker, show_id)
    with transaction() as connection:
        # Alone with the show: no seat of it is taken or being taken meanwhile. The old seat is given up before the new
        # one is taken, so nobody may stand between the two with locks in the order of seats.
        lock_show(connection, show_id)
        target = _target(connection, show_id, to)
        old = read(connection, show_id, reservation_id)
        if made_before := _made_before(connection, old, target):
            connection.commit()
            return made_before
        lock_buyer(connection, old.user_id)
        _lock(connection, old, target)
        # Read again, now that nobody changes it.
        old = read(connection, show_id, reservation_id)
        _refuse(connection, old, target)
        words = reason or f"Moved to {named([target])}"
        new_id = _move(connection, asker, old, target, words)
        acts.record(
            connection,
            asker,
            show_id,
            "move reservation",
            reservation_id=old.id,
            to_reservation_id=new_id,
            seat_number=old.seat_number,
            to_seat_number=target.seat_number,
            person_id=old.user_id,
            reason=reason,
        )
        moved = read(connection, show_id, new_id)
        connection.commit()
    return moved


def _target(connection: Connection, show_id: int, to: SeatChoice) -> Row[Any]:
    """The seat, with the show's end; raises `Invalid` where the show has no such seat."""
    target = connection.execute(
        text(f"""
            SELECT seats.id, seats.seat_number, seats.section, seats.row, seats.number,
                   categories.name AS category, categories.price, shows.cancelled_at
            FROM seats
            JOIN categories ON categories.id = seats.category_id
            JOIN shows ON shows.id = seats.show_id
            WHERE seats.show_id = :show_id
              AND {to.condition}
        """),  # noqa: S608 -- the condition is one of ours
        {"show_id": show_id, "seats": to.seats},
    ).one_or_none()
    if target is None:
        field = "seat_number" if to.seat_numbers else "seat_id"
        sentence = f"There is no seat {to.seats[0]} in this show."
        raise Invalid(sentence, errors=[{"pointer": f"#/{field}", "detail": sentence}])
    return target


def _about(target: Row[Any]) -> tuple[Any, ...]:
    return (target.seat_number, target.section, target.row, target.number, target.category, target.price)


def _made_before(connection: Connection, old: BuyersReservation, target: Row[Any]) -> BuyersReservation | None:
    """What the same move made, if it was made before, as it is now."""
    if old.status == "CONFIRMED" and old.seat_id == target.id:
        return old
    if old.moved_to is None:
        return None
    moved = read(connection, old.show_id, old.moved_to)
    return moved if moved.seat_id == target.id else None


def _lock(connection: Connection, old: BuyersReservation, target: Row[Any]) -> None:
    """Lock the sale, and what has the other seat, in the order of their seats."""
    connection.execute(
        text("""
            SELECT id
            FROM reservations
            WHERE id IN (
                SELECT id FROM reservations WHERE id = :id
                UNION ALL
                SELECT id FROM reservations WHERE seat_id = :seat_id AND status IN ('HELD','CONFIRMED')
            )
            ORDER BY seat_id, id
            FOR NO KEY UPDATE
        """),
        {"id": old.id, "seat_id": target.id},
    )


def _refuse(connection: Connection, old: BuyersReservation, target: Row[Any]) -> None:
    if target.cancelled_at is not None:
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


def _seat_taken(old: BuyersReservation, target: Row[Any], taken: Row[Any]) -> SeatTaken:
    fact: dict[str, object] = {"seat_id": target.id, "seat_number": target.seat_number}
    if taken.user_id is None:
        how, fact = "kept by the house: release it first", fact | {"reason": "house"}
    elif taken.status == "HELD":
        how, fact = "held by a buyer", fact | {"reason": "held", "held_until": taken.hold_expiry.isoformat()}
    else:
        how, fact = "sold", fact | {"reason": "sold"}
    sentence = f"{beginning(named([target]))} is {how}. Nothing was changed."
    return SeatTaken(sentence, seats=[fact]).coming_with(lambda: nearest(old.show_id, [target.id]))


def _move(connection: Connection, asker: Asker, old: BuyersReservation, target: Row[Any], reason: str) -> int:
    """Give up the old seat and take the new one; the id of the new reservation. The guards set its price."""
    by: dict[str, object] = {"user_id": asker.id, "through": asker.through}
    connection.execute(
        text("""
            UPDATE reservations
            SET status = 'CANCELLED', reason = :reason, changed_by = :user_id, changed_through = :through
            WHERE id = :id
        """),
        {**by, "id": old.id, "reason": reason},
    )
    new_id: int | None = connection.execute(
        text("""
            INSERT INTO reservations
                (user_id, seat_id, show_id, price, hold_expiry, changed_by, changed_through, moved_from)
            VALUES (:buyer_id, :seat_id, :show_id, :price, statement_timestamp() + interval '1 minute',
                    :user_id, :through, :moved_from)
            ON CONFLICT DO NOTHING
            RETURNING id
        """),
        {
            **by,
            "buyer_id": old.user_id,
            "seat_id": target.id,
            "show_id": old.show_id,
            "price": old.price,
            "moved_from": old.id,
        },
    ).scalar_one_or_none()
    if new_id is None:
        raise busy()  # only somebody who keeps to none of our locks could have been there
    connection.execute(
        text("""
            UPDATE reservations
            SET status = 'CONFIRMED', changed_by = :user_id, changed_through = :through
            WHERE id = :id
        """),
        {**by, "id": new_id},
    )
    return new_id
