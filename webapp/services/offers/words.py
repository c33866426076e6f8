"""Seats and money in the words of offers."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby, pairwise

from babel.numbers import get_currency_precision

from webapp.services.seat_maps import ChartSeat

SMALL = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def number_word(number: int) -> str:
    """A small number as a word, a larger one in figures."""
    return SMALL[number] if 0 <= number < len(SMALL) else str(number)


def money(minor_units: int, currency: str) -> str:
    """An amount without needless decimals: `72 EUR`, `1,072.50 EUR`, `free`."""
    if not minor_units:
        return "free"
    major = Decimal(minor_units).scaleb(-get_currency_precision(currency))
    return f"{major:,f}".removesuffix(".00").removesuffix(".000") + f" {currency}"


def section_and_row(seat: ChartSeat) -> str:
    """Where a seat is, as far as its plan names it: `Stalls, row C`."""
    return ", ".join(part for part in (seat.section, f"row {seat.row}" if seat.row else None) if part)


def place(seats: Sequence[ChartSeat]) -> str:
    """Where seats are, row by row: `Stalls, row C, seats 12 to 14`."""
    return "; ".join(_in_row(list(row)) for _, row in groupby(seats, key=lambda seat: (seat.section, seat.row)))


def _in_row(seats: Sequence[ChartSeat]) -> str:
    where, which = section_and_row(seats[0]), numbered(seats)
    return f"{where}, {which}" if where else begun(which)


def numbered(seats: Sequence[ChartSeat]) -> str:
    """Seats of one row by their numbers: `seat 12`, `seats 12 to 14`, `seats 3, 1 and 2`.

    Evenly counted ones from the lowest number on, others as people sit.
    """
    numbers = [seat.number or seat.seat_number for seat in seats]
    if len(numbers) == 1:
        return f"seat {numbers[0]}"
    step = _step(numbers)
    if step < 0:
        numbers.reverse()
    if abs(step) == 1 and len(numbers) > 2:
        return f"seats {numbers[0]} to {numbers[-1]}"
    return f"seats {listed(numbers)}"


def _step(numbers: Sequence[str]) -> int:
    """By how much the numbers rise from each to the next; 0 when that varies, or some are no whole numbers."""
    if not all(number.isdecimal() for number in numbers):
        return 0
    steps = {after - before for before, after in pairwise(map(int, numbers))}
    return steps.pop() if len(steps) == 1 else 0


def begun(words: str) -> str:
    """The words with a capital at their beginning, and nowhere else."""
    return f"{words[0].upper()}{words[1:]}"


def rows(blocks: Sequence[Sequence[ChartSeat]]) -> str:
    """The rows of blocks of seats: `row C`, `rows C and D`, `Stalls row C and Gallery row A`.

    Nothing where the plan names one of them not at all.
    """
    named = list(dict.fromkeys((block[0].section, block[0].row) for block in blocks))
    sections = {section for section, _ in named}
    if (None, None) in named:
        return ""
    if all(row for _, row in named) and len(sections) == 1:
        rows_named = listed([row for _, row in named if row])
        return f"row {rows_named}" if len(named) == 1 else f"rows {rows_named}"
    return listed(
        [" ".join(part for part in (section, f"row {row}" if row else None) if part) for section, row in named]
    )


def listed(words: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
