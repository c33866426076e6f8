"""Holding seats: one in one statement, several all or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from sqlalchemy import Connection, Row

from webapp.services.accounts.tokens import ended
from webapp.services.asker import Asker, Bearer
from webapp.services.database.clock import rfc3339
from webapp.services.database.refusing import busy
from webapp.services.database.statements import autocommitted, transaction, written_once
from webapp.services.playbills import WHY_CLOSED
from webapp.services.refusals import LonelySeat, NotFound, NotOnSale, OthersFirst, SeatTaken
from webapp.services.reservations.bearers import asking, is_good, refuse_ended
from webapp.services.reservations.others_first import refuse_waiting
from webapp.services.reservations.reading import COLUMNS, LIVE_RESERVATION, NAMES, NEVER, SEAT_COLUMNS, Reservation
from webapp.services.seat_words import beginning, named

# A seat that was taken and is free again by the time we ask who has it is worth another try, but not for ever. With
# three tries, of crowds that hold four seats for moments, one in a thousand was sent away.
ATTEMPTS = 5


@dataclass(frozen=True)
class SeatChoice:
    """The seats somebody wants, by id or by normalized seat number; numbers need the show they are of."""

    seat_ids: tuple[int, ...] = ()
    seat_numbers: tuple[str, ...] = ()
    show_id: int | None = None

    @cached_property
    def seats(self) -> list[int] | list[str]:
        """What was asked for, each seat once."""
        return list(dict.fromkeys(self.seat_numbers)) if self.seat_numbers else list(dict.fromkeys(self.seat_ids))

    @property
    def condition(self) -> str:
        """The SQL that finds the seats by the `values`.

        One seat by an `=`: for a list, whose length PostgreSQL does not know beforehand, it plans each time anew.
        """
        by = "seats.seat_number" if self.seat_numbers else "seats.id"
        found = f"{by} = :seat" if len(self.seats) == 1 else f"{by} = ANY(:seats)"
        return found if self.show_id is None else f"seats.show_id = :show_id AND {found}"

    @property
    def values(self) -> dict[str, object]:
        """What the `condition` asks for."""
        seats: dict[str, object] = {"seat": self.seats[0]} if len(self.seats) == 1 else {"seats": self.seats}
        return seats if self.show_id is None else {**seats, "show_id": self.show_id}


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
        except NotOnSale:
            # No more is sold, but what one holds already one holds.
            holding = _held_before(asker, choice)
            if holding is None:
                raise
        except LonelySeat:
            # Where some of the seats are taken, that is why the others leave one lonely.
            with autocommitted() as connection:
                _refuse_taken(asker, _standing(connection, asker, choice))
            raise
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
    # One seat is one statement; of several, a part must be able to be undone.
    with autocommitted() if len(choice.seats) == 1 else transaction() as connection:
        new = _insert(connection, asker, choice, minutes)
        if len(new) == len(choice.seats):
            connection.commit()
            return Holding([Reservation.of(row) for row in new], created=len(new), lonely_seats=new[0].lonely_seats)
        standing = _standing(connection, asker, choice)
        _refuse_missing(choice, standing)
        _refuse_taken(asker, standing)
        if not all(seat.id for seat in standing):
            return None
        connection.commit()
        rule = new[0].lonely_seats if new else "off"
        return Holding([Reservation.of(seat) for seat in standing], created=len(new), lonely_seats=rule)


def _refuse_to_wait_for(asker: Asker | Bearer, choice: SeatChoice) -> None:
    """Raise why the seats cannot be had, all of them told; or return, where that is over by now."""
    with autocommitted() as connection:
        standing = _standing(connection, asker, choice)
        _refuse_missing(choice, standing)
        _refuse_taken(asker, standing)
    refuse_waiting(asker, [seat.wanted_id for seat in standing])


def _held_before(asker: Asker | Bearer, choice: SeatChoice) -> Holding | None:
    """The asker's live holds on the seats, if that is all of them."""
    with autocommitted() as connection:
        standing = _standing(connection, asker, choice)
    own = [seat for seat in standing if seat.user_id == asker.id and seat.status == "HELD"]
    return Holding([Reservation.of(seat) for seat in own], created=0) if len(own) == len(choice.seats) else None


def _insert(
    connection: Connection, asker: Asker | Bearer, choice: SeatChoice, minutes: int | None
) -> Sequence[Row[Any]]:
    """Insert a hold for each seat that is free, in seat order (the lock order); the guards do the rest."""
    return connection.execute(
        written_once(holding_of(choice.condition, is_good(asker)), *NAMES, "lonely_seats"),
        {"minutes": minutes, **asking(asker), **choice.values},
    ).all()


@cache
def holding_of(condition: str, may_hold: str) -> str:
    """The one statement that holds the seats of which the condition is true, for whom it is true that they may.

    Seats of a show on sale that are seen to be taken are left out: to find that out by inserting would cost all that
    the guards ask for.
    """
    return f"""
        WITH held AS (
            INSERT INTO reservations (user_id, seat_id, show_id, price, hold_expiry, changed_by, changed_through)
            SELECT :user_id, seats.id, seats.show_id, categories.price,
                   statement_timestamp()
                       + make_interval(mins => coalesce(CAST(:minutes AS integer), shows.hold_minutes)),
                   :user_id, :through
            FROM seats
            JOIN categories ON categories.id = seats.category_id
            JOIN shows ON shows.id = seats.show_id
            {LIVE_RESERVATION}
            WHERE {condition}
              AND (reservations.id IS NULL OR {WHY_CLOSED} IS NOT NULL)
              AND {may_hold}
            ORDER BY seats.id
            ON CONFLICT DO NOTHING
            RETURNING {COLUMNS}
        )
        SELECT {COLUMNS}, {SEAT_COLUMNS}, shows.lonely_seats
        FROM held AS reservations
        JOIN seats ON seats.id = reservations.seat_id
        JOIN shows ON shows.id = reservations.show_id
        ORDER BY reservations.seat_id
    """  # noqa: S608 -- the conditions are ours


def _standing(connection: Connection, asker: Asker | Bearer, choice: SeatChoice) -> Sequence[Row[Any]]:
    """Every seat asked for, with the reservation that has it just now, if any. Raises `NotSignedIn`."""
    standing = connection.execute(
        written_once(
            f"""
            SELECT {COLUMNS}, {SEAT_COLUMNS}, seats.id AS wanted_id, seats.show_id AS wanted_show, {is_good(asker)}
            FROM seats
            {LIVE_RESERVATION}
            WHERE {choice.condition}
            ORDER BY seats.id
            """,  # noqa: S608 -- the conditions are ours
            *NAMES,
            "wanted_id",
            "wanted_show",
            "is_good",
        ),
        {**asking(asker), **choice.values},
    ).all()
    if not standing:
        refuse_ended(connection, asker)
    elif not standing[0].is_good:
        raise ended()
    return standing


def _refuse_missing(choice: SeatChoice, standing: Sequence[Row[Any]]) -> None:
    found = {seat.seat_number if choice.seat_numbers else seat.wanted_id for seat in standing}
    missing = [str(seat) for seat in choice.seats if seat not in found]
    if missing:
        named = "seat" if choice.seat_numbers else "seat with the id"
        where = "" if choice.show_id is None else " in this show"
        raise NotFound(f"There is no {named} {', '.join(missing)}{where}.", seats=missing)


def _refuse_taken(asker: Asker | Bearer, standing: Sequence[Row[Any]]) -> None:
    taken = [seat for seat in standing if seat.id and not (seat.user_id == asker.id and seat.status == "HELD")]
    if taken:
        refusal = SeatTaken(_why_taken(asker, taken), seats=[_taken_fact(asker, seat) for seat in taken])
        raise refusal.of(standing[0].wanted_show, [seat.wanted_id for seat in standing])


def _why_taken(asker: Asker | Bearer, taken: Sequence[Row[Any]]) -> str:
    seats = named(taken)
    # What the house keeps (nobody's) nobody was faster to take, and it may never be had.
    if all(seat.user_id is None for seat in taken):
        is_not = "is" if len(taken) == 1 else "are"
        return beginning(f"{seats} {is_not} not for sale.{'' if len(taken) == 1 else ' Nothing was held.'}")
    if len(taken) > 1:
        return f"Somebody was faster: {seats} are taken. Nothing was held."
    if taken[0].user_id == asker.id:
        return f"You have already bought {seats}."
    how = "sold" if taken[0].status == "CONFIRMED" else "held by another buyer"
    return f"Somebody was faster: {seats} is {how}."


def _taken_fact(asker: Asker | Bearer, seat: Row[Any]) -> dict[str, object]:
    fact: dict[str, object] = {"seat_id": seat.seat_id, "seat_number": seat.seat_number}
    if seat.status == "HELD":
        until = {} if seat.hold_expiry == NEVER else {"held_until": rfc3339(seat.hold_expiry)}
        return fact | {"reason": "held" if seat.user_id else "house"} | until
    return fact | {"reason": "yours" if seat.user_id == asker.id else "sold"}
