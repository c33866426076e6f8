"""The people of a show cancel what was sold, and say why; the seats are free with it."""

from collections.abc import Sequence

from sqlalchemy import Connection, text

from webapp.services import acts, shows
from webapp.services.asker import Asker
from webapp.services.box_office.reading import SELECT, BuyersReservation, not_found
from webapp.services.box_office.refusing import not_sold
from webapp.services.database.statements import transaction

# How many seat numbers an act's record names.
FIRST_NAMED = 10


def cancel(asker: Asker, show_id: int, reservation_id: int, *, reason: str) -> BuyersReservation:
    """Cancel a sale of the show; again, it changes nothing, and the first reason stays. As `cancel_several`."""
    [cancelled] = cancel_several(asker, show_id, [reservation_id], reason=reason)
    return cancelled


def cancel_several(
    asker: Asker, show_id: int, reservation_ids: Sequence[int], *, reason: str
) -> Sequence[BuyersReservation]:
    """Cancel all these sales of the show, or none; those cancelled before stay as they are. In the order of seats.

    Raises `NotSold` with those that are no sales, `Forbidden` or `NotFound`; then nothing was cancelled.
    """
    shows.refuse_strangers(asker, show_id)
    with transaction() as connection:
        # Locked in the order of their seats, as everywhere; no more is needed to give seats away.
        connection.execute(
            text("""
                SELECT id
                FROM reservations
                WHERE id = ANY(:ids)
                  AND show_id = :show_id
                ORDER BY seat_id, id
                FOR NO KEY UPDATE
            """),
            {"ids": list(reservation_ids), "show_id": show_id},
        )
        shows.stay_in_charge(connection, asker, show_id)
        found = _read(connection, show_id, reservation_ids)
        if missing := set(reservation_ids) - {one.id for one in found}:
            raise not_found(sorted(missing))
        if refused := [one for one in found if one.status != "CONFIRMED" and not is_cancelled_sale(one)]:
            raise not_sold(refused)
        sold = [one for one in found if one.status == "CONFIRMED"]
        if sold:
            _cancel(connection, asker, show_id, sold, reason)
        cancelled = _read(connection, show_id, reservation_ids)
        connection.commit()
    return cancelled


def is_cancelled_sale(reservation: BuyersReservation) -> bool:
    """Whether it was sold and then cancelled, not moved."""
    return reservation.status == "CANCELLED" and reservation.was_sold and reservation.moved_to is None


def _read(connection: Connection, show_id: int, reservation_ids: Sequence[int]) -> Sequence[BuyersReservation]:
    rows = connection.execute(
        text(f"""
            {SELECT}
            WHERE reservations.id = ANY(:ids)
              AND reservations.show_id = :show_id
            ORDER BY reservations.seat_id, reservations.id
        """),
        {"ids": list(reservation_ids), "show_id": show_id},
    )
    return [BuyersReservation.of(row) for row in rows]


def _cancel(connection: Connection, asker: Asker, show_id: int, sold: Sequence[BuyersReservation], reason: str) -> None:
    connection.execute(
        text("""
            UPDATE reservations
            SET status = 'CANCELLED', reason = :reason, changed_by = :user_id, changed_through = :through
            WHERE id = ANY(:ids)
              AND status = 'CONFIRMED'
        """),
        {"ids": [one.id for one in sold], "reason": reason, "user_id": asker.id, "through": asker.through},
    )
    if len(sold) == 1:
        facts = {
            "reservation_id": sold[0].id,
            "seat_number": sold[0].seat_number,
            "person_id": sold[0].user_id,
        }
        acts.record(connection, asker, show_id, "cancel reservation", **facts, reason=reason)
    else:
        first = [one.seat_number for one in sold[:FIRST_NAMED]]
        acts.record(
            connection, asker, show_id, "cancel reservations", count=len(sold), seat_numbers=first, reason=reason
        )
