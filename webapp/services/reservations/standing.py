"""How the seats stand that somebody wants, and the no to whoever cannot have them all."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, text

from webapp.services.accounts.tokens import ended
from webapp.services.asker import Asker, Bearer
from webapp.services.database.clock import rfc3339
from webapp.services.database.statements import written_once
from webapp.services.playbills import VISIBLE
from webapp.services.refusals import NotFound, SeatTaken
from webapp.services.reservations.bearers import asking, is_good, refuse_ended
from webapp.services.reservations.reading import COLUMNS, LIVE_RESERVATION, NAMES, NEVER, SEAT_COLUMNS
from webapp.services.reservations.seat_choice import SeatChoice
from webapp.services.seat_words import beginning, named

# What is told of a seat that is wanted, whether or not a reservation has it; then, whether the asker may have it told.
WANTED = "seats.id AS wanted_id, seats.show_id AS wanted_show"
NAMES_WANTED = (*NAMES, "wanted_id", "wanted_show", "is_good")


def seats_wanted(connection: Connection, asker: Asker | Bearer, choice: SeatChoice) -> Sequence[Row[Any]]:
    """Every seat asked for, with the reservation that has it just now, if any. Raises `NotSignedIn`."""
    standing = connection.execute(
        written_once(
            f"""
            SELECT {COLUMNS}, {SEAT_COLUMNS}, {WANTED}, {is_good(asker)}
            FROM seats
            {LIVE_RESERVATION}
            WHERE {choice.condition}
            ORDER BY seats.id
            """,  # noqa: S608 -- the conditions are ours
            *NAMES_WANTED,
        ),
        {**asking(asker), **choice.values},
    ).all()
    if not standing:
        refuse_ended(connection, asker)
    elif not standing[0].is_good:
        raise ended()
    return standing


def seats_in_sight(connection: Connection, asker: Asker | Bearer, choice: SeatChoice) -> Sequence[Row[Any]]:
    """Those of the seats asked for whose show the asker may know of, by their ids and numbers."""
    return connection.execute(
        text(f"""
            SELECT seats.id AS wanted_id, seats.seat_number
            FROM seats
            JOIN shows ON shows.id = seats.show_id
            WHERE {choice.condition} AND {VISIBLE}
        """),  # noqa: S608 -- made of constants
        {"viewer_id": asker.id, **choice.values},
    ).all()


def refuse_missing(choice: SeatChoice, standing: Sequence[Row[Any]]) -> None:
    """Raise `NotFound` where there is no such seat."""
    found = {seat.seat_number if choice.seat_numbers else seat.wanted_id for seat in standing}
    missing = [str(seat) for seat in choice.seats if seat not in found]
    if missing:
        what = "seat" if choice.seat_numbers else "seat with the id"
        where = "" if choice.show_id is None else " in this show"
        raise NotFound(f"There is no {what} {', '.join(missing)}{where}.", seats=missing)


def refuse_taken(asker: Asker | Bearer, standing: Sequence[Row[Any]]) -> None:
    """Raise `SeatTaken` where somebody has one, or the asker has bought it."""
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
