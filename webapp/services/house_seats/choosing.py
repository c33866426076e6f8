"""Which seats are meant: by id, by number, by row, by section, or by the block that keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, text

from webapp.services.refusals import Invalid, NotFound
from webapp.services.seat_labels import expand_labels, labels_as_typed

# Seats of one act, those of all its dates together: more would keep buyers waiting for its end.
MOST_SEATS = 10_000


@dataclass(frozen=True)
class Choice:
    """Seats of a show, named in any of these ways, and the other shows in which those of the same numbers are meant.

    Numbers are normalized; ranges are as they were typed (`expand_labels`). A row is named by its section (None where
    it is in none) and its name.
    """

    show_id: int
    other_show_ids: Sequence[int] = ()
    seat_ids: Sequence[int] = ()
    seat_numbers: Sequence[str] = ()
    seat_ranges: str = ""
    rows: Sequence[tuple[str | None, str]] = ()
    sections: Sequence[str] = ()
    block_ids: Sequence[int] = ()


@dataclass(frozen=True)
class ChosenSeat:
    """A seat by its number, and by where it is as far as the plan of the chosen show names that."""

    seat_number: str
    section: str | None
    row: str | None
    number: str | None


def chosen(connection: Connection, choice: Choice) -> Sequence[ChosenSeat]:
    """The seats of the choice in the order of the plan, then the numbers that no seat of its show has.

    Raises `NotFound` for ids, rows, sections and blocks that the show does not have, `LabelUnusable` for ranges that
    cannot be read, and `Invalid` for nothing at all.
    """
    seat_numbers = [*choice.seat_numbers, *_spread_out(connection, choice)]
    found = _named(connection, choice, seat_numbers)
    _refuse_unknown(choice, {seat.id for seat in found}, {(seat.section, seat.row) for seat in found})
    _refuse_unknown_blocks(connection, choice)
    seats = [ChosenSeat(seat.seat_number, seat.section, seat.row, seat.number) for seat in found]
    there = {seat.seat_number for seat in seats}
    missing = [number for number in dict.fromkeys(seat_numbers) if number not in there]
    everything = [*seats, *(ChosenSeat(number, None, None, None) for number in missing)]
    if not everything and not choice.block_ids:
        raise Invalid("Choose at least one seat.", errors=[{"pointer": "#", "detail": "Choose at least one seat."}])
    if len(everything) * (1 + len(set(choice.other_show_ids))) > MOST_SEATS:
        sentence = f"These are more than {MOST_SEATS:,} seats on all dates together. Choose fewer at a time."
        raise Invalid(sentence, errors=[{"pointer": "#", "detail": sentence}])
    return everything


def _named(connection: Connection, choice: Choice, seat_numbers: Sequence[str]) -> Sequence[Row[Any]]:
    """The seats of the show that are named in any way, in the order of the plan."""
    # Hashed lists: an array would be gone through for each of the show's seats.
    return connection.execute(
        text("""
            SELECT seats.id, seats.seat_number, seats.section, seats.row, seats.number
            FROM seats
            WHERE seats.show_id = :show_id
              AND (seats.id IN (SELECT unnest(CAST(:seat_ids AS bigint[])))
                   OR seats.seat_number IN (SELECT unnest(CAST(:seat_numbers AS text[])))
                   OR seats.section IN (SELECT unnest(CAST(:sections AS text[])))
                   OR (coalesce(seats.section, ''), coalesce(seats.row, '')) IN (
                       SELECT named.section, named.row
                       FROM unnest(CAST(:row_sections AS text[]), CAST(:row_names AS text[])) AS named (section, row)
                   )
                   OR seats.id IN (
                       SELECT reservations.seat_id
                       FROM reservations
                       WHERE reservations.house_block_id = ANY(:block_ids)
                         AND reservations.status = 'HELD'
                         AND reservations.hold_expiry > statement_timestamp()
                   ))
            ORDER BY seats.plan_order, seats.id
        """),
        {
            "show_id": choice.show_id,
            "seat_ids": list(choice.seat_ids),
            "seat_numbers": seat_numbers,
            "sections": list(choice.sections),
            "row_sections": [section or "" for section, _ in choice.rows],
            "row_names": [name for _, name in choice.rows],
            "block_ids": list(choice.block_ids),
        },
    ).all()


def _spread_out(connection: Connection, choice: Choice) -> Sequence[str]:
    """The numbers in the ranges. One that a seat of the show has is that seat, also where it looks like a range."""
    if not choice.seat_ranges:
        return ()
    known = connection.execute(
        text("SELECT seat_number FROM seats WHERE show_id = :show_id AND seat_number = ANY(:typed)"),
        {"show_id": choice.show_id, "typed": labels_as_typed(choice.seat_ranges)},
    ).scalars()
    return expand_labels(choice.seat_ranges, set(known))


def _refuse_unknown(choice: Choice, seat_ids: set[int], places: set[tuple[str | None, str | None]]) -> None:
    if missing := [str(seat_id) for seat_id in choice.seat_ids if seat_id not in seat_ids]:
        raise NotFound(f"There is no seat with the id {', '.join(missing[:10])} in this show.", seats=missing)
    sections = {section for section, _ in places}
    for name in choice.sections:
        if name not in sections:
            raise NotFound(f"There is no section {name} in this show.")
    for section, row in choice.rows:
        if (section, row) not in places:
            where = f"section {section}" if section else "this show, outside its sections"
            raise NotFound(f"There is no row {row} in {where}.")


def _refuse_unknown_blocks(connection: Connection, choice: Choice) -> None:
    if not choice.block_ids:
        return
    known = connection.execute(
        text("""
            SELECT id
            FROM house_blocks
            WHERE show_id = :show_id
              AND id = ANY(:block_ids)
        """),
        {"show_id": choice.show_id, "block_ids": list(choice.block_ids)},
    ).scalars()
    if unknown := set(choice.block_ids) - set(known):
        raise NotFound(f"There is no block {min(unknown)} of seats in this show.")
