"""How a hold ends: confirmed, released, or expired."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, text

from webapp.services.asker import Asker, Bearer
from webapp.services.database.portions import portions_of_reservations
from webapp.services.database.refusing import busy
from webapp.services.database.statements import autocommitted, transaction, written_once
from webapp.services.refusals import AlreadyConfirmed, HoldExpired, HoldReleased, Refusal
from webapp.services.reservations.bearers import asking, is_good, refuse_ended
from webapp.services.reservations.locks import SWEEPER_NAMESPACE, lock_buyer
from webapp.services.reservations.reading import COLUMNS, NAMES, SEAT_COLUMNS, SELECT, Reservation, not_found
from webapp.services.seat_words import named

# How many lapsed holds one sweep marks at most, so that its transaction stays short.
SWEEP = 500


def confirm(asker: Asker | Bearer, reservation_id: int) -> Reservation:
    """Turn the asker's hold into a sale; again and again gives the same sale.

    Raises `HoldExpired` (the hold is EXPIRED from then on), `HoldReleased` or `NotFound`, and `NotSignedIn` for a
    bearer whose token was ended.
    """
    reservation = _end(asker, reservation_id, "CONFIRMED")
    if reservation.status == "CONFIRMED":
        return reservation
    raise _over(reservation)


def release(asker: Asker, reservation_id: int) -> Reservation:
    """Give the asker's hold back; again and again gives the same cancelled reservation.

    Raises `AlreadyConfirmed`, `HoldExpired` or `NotFound`.
    """
    reservation = _end(asker, reservation_id, "CANCELLED")
    if reservation.status == "CANCELLED":
        return reservation
    raise _over(reservation)


def confirm_basket(asker: Asker, show_id: int, reservation_ids: Sequence[int]) -> Sequence[Reservation]:
    """Confirm all these holds of the asker in the show, or none; again and again gives the same sales.

    Raises `HoldExpired` with the seats that went, `HoldReleased` or `NotFound`; then nothing was confirmed.
    """
    with transaction() as connection:
        own = _lock(
            connection,
            "id = ANY(:ids) AND user_id = :user_id AND show_id = :show_id",
            ids=list(reservation_ids),
            user_id=asker.id,
            show_id=show_id,
        )
        _move(connection, own, "CONFIRMED", asker)
        rows = connection.execute(
            text(f"""
                {SELECT}
                WHERE reservations.id = ANY(:ids)
                ORDER BY reservations.seat_id
            """),
            {"ids": own},
        ).all()
        if missing := set(reservation_ids) - set(own):
            raise not_found(min(missing))
        reservations = [Reservation.of(row) for row in rows]
        over = [reservation for reservation in reservations if reservation.status != "CONFIRMED"]
        if over:
            raise _over(*over)
        connection.commit()
    return reservations


def refuse_unless_held(asker: Asker, show_id: int, reservation_ids: Sequence[int]) -> None:
    """Raise what `confirm_basket` would, unless these are live holds of the asker in the show, or sold to them."""
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"""
                {SELECT}
                WHERE reservations.id = ANY(:ids)
                  AND reservations.user_id = :user_id
                  AND reservations.show_id = :show_id
                ORDER BY reservations.seat_id
            """),
            {"ids": list(reservation_ids), "user_id": asker.id, "show_id": show_id},
        ).all()
    found = [Reservation.of(row) for row in rows]
    if missing := set(reservation_ids) - {reservation.id for reservation in found}:
        raise not_found(min(missing))
    over = [reservation for reservation in found if reservation.status not in {"HELD", "CONFIRMED"}]
    if over:
        raise _over(*over)


def release_all_holds(connection: Connection, asker: Asker) -> None:
    """Give back everything the asker holds, in the caller's transaction."""
    lock_buyer(connection, asker.id)
    held = _lock(connection, "user_id = :user_id AND status = 'HELD'", user_id=asker.id)
    _move(connection, held, "CANCELLED", asker)


def end_holds_of_show(connection: Connection, show_id: int, asker: Asker) -> None:
    """End every hold in the show, in the caller's transaction, which must have locked the show."""
    held = _lock(connection, "show_id = :show_id AND status = 'HELD'", show_id=show_id)
    _move(connection, held, "CANCELLED", asker)


def expire_lapsed() -> int:
    """Mark lapsed holds EXPIRED, unless another process is at it; how many were marked (at most `SWEEP`).

    It only tidies: a lapsed hold is free from the moment it lapses, marked or not.
    """
    with autocommitted() as connection:
        return connection.execute(
            text("""
                WITH turn AS MATERIALIZED (
                    SELECT pg_try_advisory_xact_lock(:namespace, 0) AS is_ours
                ),
                lapsed AS (
                    SELECT id
                    FROM reservations
                    WHERE status = 'HELD'
                      AND hold_expiry <= statement_timestamp()
                      AND (SELECT is_ours FROM turn)
                    ORDER BY hold_expiry
                    LIMIT :sweep
                    FOR NO KEY UPDATE SKIP LOCKED
                )
                UPDATE reservations
                SET status = 'EXPIRED', changed_by = NULL, changed_through = 'clock'
                FROM lapsed
                WHERE reservations.id = lapsed.id
            """),
            {"namespace": SWEEPER_NAMESPACE, "sweep": SWEEP},
        ).rowcount


@cache
def ending_of(may_end: str) -> str:
    """The one statement that ends a hold, for whom it is true that they may."""
    return f"""
        UPDATE reservations
        SET status = :status, changed_by = :user_id, changed_through = :through
        FROM all_seats AS seats
        WHERE reservations.id = :id
          AND reservations.user_id = :user_id
          AND reservations.status = 'HELD'
          AND seats.id = reservations.seat_id
          AND {may_end}
        RETURNING {COLUMNS}, {SEAT_COLUMNS}
    """  # noqa: S608 -- the condition is one of ours


def _end(asker: Asker | Bearer, reservation_id: int, status: str) -> Reservation:
    """Move the asker's hold to `status` (the guard: to EXPIRED, if it has lapsed), or read the one that was over."""
    with autocommitted() as connection:
        row: Row[Any] | None = connection.execute(
            written_once(ending_of(is_good(asker)), *NAMES),
            {"id": reservation_id, "status": status, **asking(asker)},
        ).one_or_none()
        if row is None:
            refuse_ended(connection, asker)
            row = connection.execute(
                text(f"{SELECT} WHERE reservations.id = :id AND reservations.user_id = :user_id"),
                {"id": reservation_id, "user_id": asker.id},
            ).one_or_none()
    if row is None:
        raise not_found(reservation_id)
    return Reservation.of(row)


def _lock(connection: Connection, condition: str, **values: object) -> Sequence[int]:
    """Lock the reservations that `condition` finds, in the order of their seats (the lock order); their ids."""
    found = f"SELECT id FROM reservations WHERE {condition}"  # noqa: S608 -- the condition is one of ours
    return connection.execute(text(f"{found} ORDER BY seat_id, id FOR NO KEY UPDATE"), values).scalars().all()


def _move(connection: Connection, reservation_ids: Sequence[int], status: str, asker: Asker) -> None:
    """Move locked holds to `status` in the asker's name; each lapsed one becomes EXPIRED instead."""
    for ids in portions_of_reservations(reservation_ids):
        connection.execute(
            text("""
                UPDATE reservations
                SET status = :status, changed_by = :changed_by, changed_through = :through
                WHERE id = ANY(:ids)
                  AND status = 'HELD'
            """),
            {"ids": list(ids), "status": status, "changed_by": asker.id, "through": asker.through},
        )


def _over(*reservations: Reservation) -> Refusal:
    """Why these cannot be had: the first reason of expired, released, confirmed; with the seats it is true of."""
    reasons: dict[str, type[Refusal]] = {
        "EXPIRED": HoldExpired,
        "CANCELLED": HoldReleased,
        "CONFIRMED": AlreadyConfirmed,
    }
    for status, refusal in reasons.items():
        over = [reservation for reservation in reservations if reservation.status == status]
        if over:
            return refusal(
                SENTENCES[status].format(seats=named(over)),
                seats=[{"seat_id": one.seat_id, "seat_number": one.seat_number} for one in over],
            )
    return busy()  # it was born after the first look and lives: the next try will find it


SENTENCES = {
    "EXPIRED": "Your hold on {seats} ended before it was confirmed. Hold again if it is still free.",
    "CANCELLED": "Your hold on {seats} was released.",
    "CONFIRMED": "You have bought {seats}: a confirmed seat is not released.",
}
