"""What would come of an act on some seats, date by date: those that it can be done with, and what is in its way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, ClassVar, Literal

from sqlalchemy import Connection, Row, text

from webapp.services.database.clock import rfc3339
from webapp.services.house_seats.choosing import ChosenSeat
from webapp.services.house_seats.dates import Date
from webapp.services.refusals import Refusal
from webapp.services.reservations.reading import NEVER
from webapp.services.seat_words import named

Reason = Literal["missing", "held", "sold", "blocked", "not blocked"]
WORDS: dict[Reason, tuple[str, str]] = {
    "missing": ("does not exist", "do not exist"),
    "held": ("is held by a buyer", "are held by buyers"),
    "sold": ("is sold", "are sold"),
    "blocked": ("is blocked already", "are blocked already"),
    "not blocked": ("is not blocked", "are not blocked"),
}

# A sentence and a document name no more seats than these; a preview names all.
MOST_NAMED, MOST_TOLD = 12, 100


@dataclass(frozen=True)
class SeatOfDate(ChosenSeat):
    """A seat in one of the shows, with the reservation that has it, if any."""

    seat_id: int
    reservation_id: int | None


@dataclass(frozen=True)
class Obstacle(ChosenSeat):
    """Why it cannot be done with a seat: `who` is its buyer's name, or the reason it is blocked for, `until` when that
    ends, where an end is set."""

    seat_id: int | None
    reason: Reason
    who: str | None
    until: datetime | None


@dataclass(frozen=True)
class Outlook:
    """What an act would do on one date; `release_at` is when the seats would be free again by themselves."""

    date: Date
    seats: Sequence[SeatOfDate]
    obstacles: Sequence[Obstacle] = ()
    release_at: datetime | None = None


class SeatsNotFree(Refusal):
    """Seats that the house wants do not exist, or somebody has them, on any of the dates; `dates` tells which and why.
    Nothing was blocked."""

    title: ClassVar[str] = "Seats not free"


class SeatsNotBlocked(Refusal):
    """Seats that are to be released do not exist, or the house does not keep them, on any of the dates; `dates` tells
    which. Nothing was released."""

    title: ClassVar[str] = "Seats not blocked"


def outlooks(
    connection: Connection,
    dates: Sequence[Date],
    seats: Sequence[ChosenSeat],
    obstacle: Callable[[Row[Any]], Reason | None],
) -> Sequence[Outlook]:
    """How the seats stand on each date just now; `obstacle` tells what, of how one stands, is in the way."""
    # Each seat is looked up by itself (OFFSET keeps it so): of a large hall that was brought in a moment ago there are
    # no statistics yet, and all its seats would be compared with each that is wanted.
    rows = connection.execute(
        text("""
            SELECT dates.show_id, dates.number AS date_number, wanted.number AS wanted_number, seats.id AS seat_id,
                   reservations.id AS reservation_id, reservations.status, reservations.hold_expiry,
                   reservations.house_block_id, coalesce(house_blocks.reason, users.name) AS who
            FROM unnest(CAST(:show_ids AS integer[])) WITH ORDINALITY AS dates (show_id, number)
            CROSS JOIN unnest(CAST(:seat_numbers AS text[])) WITH ORDINALITY AS wanted (seat_number, number)
            LEFT JOIN LATERAL (
                SELECT id
                FROM seats
                WHERE seats.show_id = dates.show_id
                  AND seats.seat_number = wanted.seat_number
                OFFSET 0
            ) AS seats ON true
            LEFT JOIN LATERAL (
                SELECT id, status, hold_expiry, house_block_id, user_id
                FROM reservations
                WHERE reservations.seat_id = seats.id
                  AND reservations.status IN ('HELD','CONFIRMED')
                  AND (reservations.status = 'CONFIRMED' OR reservations.hold_expiry > clock_timestamp())
                OFFSET 0
            ) AS reservations ON true
            LEFT JOIN users ON users.id = reservations.user_id
            LEFT JOIN house_blocks ON house_blocks.id = reservations.house_block_id
            ORDER BY dates.number, wanted.number
        """),
        {
            "show_ids": [date.show_id for date in dates],
            "seat_numbers": [seat.seat_number for seat in seats],
        },
    ).all()
    found = {number: list(some) for number, some in groupby(rows, key=lambda row: row.date_number)}
    return [
        _outlook(date, [(seats[row.wanted_number - 1], row) for row in found.get(number, ())], obstacle)
        for number, date in enumerate(dates, start=1)
    ]


def _outlook(
    date: Date, standing: Sequence[tuple[ChosenSeat, Row[Any]]], obstacle: Callable[[Row[Any]], Reason | None]
) -> Outlook:
    fit, unfit = [], []
    for seat, row in standing:
        place = (seat.seat_number, seat.section, seat.row, seat.number)
        if reason := obstacle(row):
            until = row.hold_expiry if row.status == "HELD" and row.hold_expiry != NEVER else None
            unfit.append(Obstacle(*place, row.seat_id, reason, row.who, until))
        else:
            fit.append(SeatOfDate(*place, row.seat_id, row.reservation_id))
    return Outlook(date, fit, unfit)


def stands_as(row: Row[Any]) -> Reason | None:
    """Why the seat is not free, if it is not."""
    if row.seat_id is None:
        return "missing"
    if row.reservation_id is None:
        return None
    if row.house_block_id is not None:
        return "blocked"
    return "held" if row.status == "HELD" else "sold"


def refuse_obstacles(refusal: type[Refusal], nothing_done: str, outlooks: Sequence[Outlook]) -> None:
    """Raise the refusal where anything is in the way on any date."""
    barred = [outlook for outlook in outlooks if outlook.obstacles]
    if barred:
        told = [_told(outlook, several=len(outlooks) > 1) for outlook in barred[:3]]
        more = f" So it is on {len(barred) - 3} more dates." if len(barred) > 3 else ""
        raise refusal(f"{nothing_done} {' '.join(told)}{more}", dates=[_fact(outlook) for outlook in barred])


def _told(outlook: Outlook, *, several: bool) -> str:
    """What is in the way on one date, as a sentence."""
    clauses = []
    for reason, words in WORDS.items():
        seats = [obstacle for obstacle in outlook.obstacles if obstacle.reason == reason]
        if seats:
            more = f" and {len(seats) - MOST_NAMED} more" if len(seats) > MOST_NAMED else ""
            clauses.append(f"{named(seats[:MOST_NAMED])}{more} {words[len(seats) > 1]}")
    sentence = ", ".join(clauses)
    return f"On {outlook.date.name}: {sentence}." if several else f"{sentence[:1].upper()}{sentence[1:]}."


def _fact(outlook: Outlook) -> dict[str, object]:
    return {
        "show_id": outlook.date.show_id,
        "starts_at": rfc3339(outlook.date.starts_at),
        "obstacles": len(outlook.obstacles),
        "seats": [
            {
                "seat_id": seat.seat_id,
                "seat_number": seat.seat_number,
                "reason": seat.reason,
            }
            for seat in outlook.obstacles[:MOST_TOLD]
        ],
    }
