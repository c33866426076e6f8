"""Holding seats: one in one statement, several all or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import Row

from webapp.services.asker import Asker, Bearer
from webapp.services.database.refusing import busy
from webapp.services.database.statements import autocommitted, transaction, written_once
from webapp.services.playbills import WHY_CLOSED
from webapp.services.refusals import LonelySeat, NotFound, NotOnSale, OthersFirst
from webapp.services.reservations.bearers import asking, is_good
from webapp.services.reservations.others_first import refuse_waiting
from webapp.services.reservations.reading import COLUMNS, HAS_THE_SEAT, NAMES, SEAT_COLUMNS, Reservation
from webapp.services.reservations.seat_choice import SeatChoice
from webapp.services.reservations.standing import (
    NAMES_WANTED,
    WANTED,
    refuse_missing,
    refuse_taken,
    seats_in_sight,
    seats_wanted,
)

# A seat that was taken and is free again by the time we ask who has it is worth another try, but not for ever. With
# three tries, of crowds that hold four seats for moments, one in a thousand was sent away.
ATTEMPTS = 5

# Of a show on sale nothing is inserted for a seat that is seen to be taken: to find that out by inserting would cost
# all that the guards ask for, and in a rush it is what most are told, by the same statement.
SEEMS_FREE = f"""(
    {WHY_CLOSED} IS NOT NULL
    OR NOT EXISTS (SELECT FROM reservations WHERE {HAS_THE_SEAT})
)"""


@dataclass(frozen=True)
class Holding:
    """The reservations of all the seats asked for, in seat order; `created` counts those that are new.

    `lonely_seats` is the show's rule, where a seat was new.
    """

    reservations: Sequence[Reservation]
    created: int
    lonely_seats: str = "off"


def hold(asker: Asker | Bearer, choice: SeatChoice, *, minutes: int | None) -> Holding:
    """Hold all the seats for `minutes` (1 to 20; None: as long as the show has it), or none of them.

    A seat the asker already holds counts as held and is not extended. Raises `SeatTaken`, `SeatLimitReached`,
    `LonelySeat`, `OthersFirst`, `NotOnSale` or `NotFound`, and `NotSignedIn` for a bearer whose token was ended;
    then nothing was held.
    """
    for _ in range(ATTEMPTS):
        try:
            holding = _try(asker, choice, minutes)
        except NotOnSale as refusal:
            # No more is sold, but what one holds already one holds.
            holding = _held_before(asker, choice)
            if holding is None:
                if refusal.facts["reason"] == "cancelled":  # as a draft may be, too
                    _refuse_out_of_sight(asker, choice)
                raise
        except NotFound as refusal:
            if "seats" not in refusal.facts:
                _refuse_out_of_sight(asker, choice)
            raise
        except LonelySeat as refusal:
            _refuse_for_lonely(asker, choice, refusal)
            continue
        except OthersFirst:
            if len(choice.seats) == 1:
                raise
            _refuse_to_wait_for(asker, choice)
            continue
        if holding:
            return holding
    raise busy()


def _try(asker: Asker | Bearer, choice: SeatChoice, minutes: int | None) -> Holding | None:
    """Hold the seats; None when one was taken and is free again, so that it is worth another try."""
    attempt = _try_one if len(choice.seats) == 1 else _try_several
    return attempt(asker, choice, minutes)


def _try_one(asker: Asker | Bearer, choice: SeatChoice, minutes: int | None) -> Holding | None:
    # One statement: there is no part of it to be undone.
    with autocommitted() as connection:
        found = connection.execute(
            written_once(hold_or_owner(choice.condition, is_good(asker)), *NAMES_WANTED, "lonely_seats", "is_new"),
            {"minutes": minutes, **asking(asker), **choice.values},
        ).first()
        if found and found.is_new:
            return Holding([Reservation.of(found)], created=1, lonely_seats=found.lonely_seats)
        # Where nobody had the seat and it was not to be held, somebody took it since the statement began, or the asker
        # may not have it told, or there is no such seat.
        standing = [found] if found and found.id and found.is_good else seats_wanted(connection, asker, choice)
    return _held_or_refused(asker, choice, standing)


def _try_several(asker: Asker | Bearer, choice: SeatChoice, minutes: int | None) -> Holding | None:
    # All or nothing: a part must be able to be undone.
    with transaction() as connection:
        # Each is judged when its turn comes, which may be after waiting for another: by the guards, not by a condition.
        new = connection.execute(
            written_once(hold_free_ones(choice.condition, is_good(asker)), *NAMES, "lonely_seats"),
            {"minutes": minutes, **asking(asker), **choice.values},
        ).all()
        if len(new) == len(choice.seats):
            connection.commit()
            return Holding([Reservation.of(row) for row in new], created=len(new), lonely_seats=new[0].lonely_seats)
        holding = _held_or_refused(asker, choice, seats_wanted(connection, asker, choice))
        if holding is None:
            return None
        connection.commit()
        return replace(holding, created=len(new), lonely_seats=new[0].lonely_seats if new else "off")


def _held_or_refused(asker: Asker | Bearer, choice: SeatChoice, standing: Sequence[Row[Any]]) -> Holding | None:
    """The asker's own holds of all the seats, or None where one is free; raises why they cannot be had."""
    refuse_missing(choice, standing)
    refuse_taken(asker, standing)
    if not all(seat.id for seat in standing):
        return None
    return Holding([Reservation.of(seat) for seat in standing], created=0)


def _refuse_for_lonely(asker: Asker | Bearer, choice: SeatChoice, refusal: LonelySeat) -> None:
    """Raise why the seats cannot be had that leave others lonely; or return, where one is lonely no more.

    Where some of them are taken, that is why; and one of them was the lonely one, if it has come back since.
    """
    with autocommitted() as connection:
        wanted = seats_wanted(connection, asker, choice)
    refuse_taken(asker, wanted)
    if {seat["seat_id"] for seat in refusal.facts["seats"]}.isdisjoint(seat.wanted_id for seat in wanted):
        raise refusal


def _refuse_out_of_sight(asker: Asker | Bearer, choice: SeatChoice) -> None:
    """Refuse seats of somebody else's draft like those that are not there: nobody learns of it, nor which it has."""
    with autocommitted() as connection:
        refuse_missing(choice, seats_in_sight(connection, asker, choice))


def _refuse_to_wait_for(asker: Asker | Bearer, choice: SeatChoice) -> None:
    """Raise why the seats cannot be had, all of them told; or return, where that is over by now."""
    with autocommitted() as connection:
        standing = seats_wanted(connection, asker, choice)
        refuse_missing(choice, standing)
        refuse_taken(asker, standing)
    refuse_waiting(asker, [seat.wanted_id for seat in standing])


def _held_before(asker: Asker | Bearer, choice: SeatChoice) -> Holding | None:
    """The asker's live holds on the seats, if that is all of them."""
    with autocommitted() as connection:
        standing = seats_wanted(connection, asker, choice)
    own = [seat for seat in standing if seat.user_id == asker.id and seat.status == "HELD"]
    return Holding([Reservation.of(seat) for seat in own], created=0) if len(own) == len(choice.seats) else None


@cache
def hold_free_ones(choice: str, is_good: str) -> str:
    """The statement that holds the seats of a choice which are free."""
    return f"""
        WITH held AS ({_inserting(choice, is_good)})
        SELECT {COLUMNS}, {SEAT_COLUMNS}, shows.lonely_seats
        FROM held AS reservations
        JOIN seats ON seats.id = reservations.seat_id
        JOIN shows ON shows.id = reservations.show_id
        ORDER BY reservations.seat_id
    """  # noqa: S608 -- the conditions are ours


@cache
def hold_or_owner(choice: str, is_good: str) -> str:
    """The statement that holds the one seat of a choice, or tells which reservation has it already.

    Either or: what nothing was inserted for has not waited for anybody, so it is as true as when the statement began.
    """
    return f"""
        WITH held AS ({_inserting(choice, is_good, SEEMS_FREE)})
        SELECT {COLUMNS}, {SEAT_COLUMNS}, {WANTED}, {is_good}, shows.lonely_seats, reservations.is_new
        FROM seats
        JOIN shows ON shows.id = seats.show_id
        LEFT JOIN LATERAL (
            SELECT {COLUMNS}, true AS is_new
            FROM held AS reservations
            UNION ALL
            SELECT {COLUMNS}, false
            FROM reservations
            WHERE {HAS_THE_SEAT} AND {WHY_CLOSED} IS NULL
        ) AS reservations ON true
        WHERE {choice}
    """  # noqa: S608 -- the conditions are ours


def _inserting(*conditions: str) -> str:
    """A hold for each seat that is free, in seat order (the lock order); the guards do the rest."""
    return f"""
            INSERT INTO reservations (user_id, seat_id, show_id, price, hold_expiry, changed_by, changed_through)
            SELECT :user_id, seats.id, seats.show_id, categories.price,
                   statement_timestamp()
                       + make_interval(mins => coalesce(CAST(:minutes AS integer), shows.hold_minutes)),
                   :user_id, :through
            FROM seats
            JOIN categories ON categories.id = seats.category_id
            JOIN shows ON shows.id = seats.show_id
            WHERE {" AND ".join(conditions)}
            ORDER BY seats.id
            ON CONFLICT DO NOTHING
            RETURNING {COLUMNS}
    """  # noqa: S608 -- the conditions are ours
