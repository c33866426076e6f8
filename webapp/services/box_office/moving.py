"""The people of a show move a buyer to another seat: what was paid stays paid, and no seat is sold twice."""

from sqlalchemy import Connection, text

from webapp.services import acts, shows
from webapp.services.asker import Asker
from webapp.services.box_office.considering import Target, refuse_unmovable, target_of
from webapp.services.box_office.reading import BuyersReservation, read
from webapp.services.database.refusing import busy
from webapp.services.database.statements import transaction
from webapp.services.reservations import SeatChoice
from webapp.services.reservations.locks import lock_buyer, lock_show
from webapp.services.seat_words import named


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
        target = target_of(connection, show_id, to)
        old = read(connection, show_id, reservation_id)
        if made_before := _made_before(connection, old, target):
            connection.commit()
            return made_before
        lock_buyer(connection, old.user_id)
        _lock(connection, old, target)
        shows.stay_in_charge(connection, asker, show_id)
        # Read again, now that nobody changes it.
        old = read(connection, show_id, reservation_id)
        refuse_unmovable(connection, old, target)
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


def _made_before(connection: Connection, old: BuyersReservation, target: Target) -> BuyersReservation | None:
    """What the same move made, if it was made before, as it is now."""
    if old.status == "CONFIRMED" and old.seat_id == target.id:
        return old
    if old.moved_to is None:
        return None
    moved = read(connection, old.show_id, old.moved_to)
    return moved if moved.seat_id == target.id else None


def _lock(connection: Connection, old: BuyersReservation, target: Target) -> None:
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


def _move(connection: Connection, asker: Asker, old: BuyersReservation, target: Target, reason: str) -> int:
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
