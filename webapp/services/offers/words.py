"""Seats and money in the words of offers."""

from collections.abc import Sequence
from decimal import Decimal

from babel.numbers import get_currency_precision

from webapp.services.seat_maps import ChartSeat

SMALL = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def number_word(number: int) -> str:
    """A small number as a word, a larger one in figures."""
    return SMALL[number] if 0 <= number < len(SMALL) else str(number)


def money(minor_units: int, currency: str) -> str:
    """An amount without needless decimals: `72 EUR`, `72.50 EUR`, `free`."""
    if not minor_units:
        return "free"
    major = Decimal(minor_units).scaleb(-get_currency_precision(currency))
    return f"{major:f}".removesuffix(".00").removesuffix(".000") + f" {currency}"


def section_and_row(seat: ChartSeat) -> str:
    """Where a seat is, as far as its plan names it: `Stalls, row C`."""
    return ", ".join(part for part in (seat.section, f"row {seat.row}" if seat.row else None) if part)


def place(seats: Sequence[ChartSeat]) -> str:
    """Where seats of one row are: `Stalls, row C, seats 12 to 14`."""
    first, last = _number(seats[0]), _number(seats[-1])
    match len(seats):
        case 1:
            which = f"seat {first}"
        case 2:
            which = f"seats {first} and {last}"
        case _:
            which = f"seats {first} to {last}"
    where = section_and_row(seats[0])
    return f"{where}, {which}" if where else f"{which[0].upper()}{which[1:]}"


def rows(blocks: Sequence[Sequence[ChartSeat]]) -> str:
    """The rows of blocks of seats: `row C`, `rows C and D`, `Stalls row C and Gallery row A`."""
    named = list(dict.fromkeys((block[0].section, block[0].row) for block in blocks))
    sections = {section for section, _ in named}
    if all(row for _, row in named) and len(sections) == 1:
        rows_named = listed([row for _, row in named if row])
        return f"row {rows_named}" if len(named) == 1 else f"rows {rows_named}"
    return listed(
        [" ".join(part for part in (section, f"row {row}" if row else None) if part) for section, row in named]
    )


def listed(words: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _number(seat: ChartSeat) -> str:
    return seat.number or seat.seat_number
