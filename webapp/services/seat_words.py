"""Seats in the words of sentences: by their number where that is what people say, else by where they are."""

from collections.abc import Iterable
from itertools import groupby
from typing import Protocol


class Named(Protocol):
    """A seat as far as its plan names it."""

    @property
    def seat_number(self) -> str:
        """What it is called in its show."""

    @property
    def section(self) -> str | None:
        """Its part of the hall."""

    @property
    def row(self) -> str | None:
        """Its row."""

    @property
    def number(self) -> str | None:
        """Its number in the row."""


def named(seats: Iterable[Named]) -> str:
    """The seats: `seat A1`, `seats A1, A2`, or, where a number is only made up to be unique, `Stalls, row C, seats 12,
    13; Gallery, row A, seat 1`."""
    all_of_them = list(seats)
    if all(map(_is_known_by_number, all_of_them)):
        return _seats([seat.seat_number for seat in all_of_them])
    return "; ".join(
        ", ".join([*([section] if section else []), *([f"row {row}"] if row else []), _seats(list(map(_number, some)))])
        for (section, row), some in groupby(all_of_them, key=lambda seat: (seat.section, seat.row))
    )


def spanned(seats: Iterable[Named]) -> list[str]:
    """The seats row by row, numbers that follow one another as a span: `Stalls, row C, seats 12 to 18, 21`."""
    return [
        ", ".join([*([section] if section else []), *([f"row {row}"] if row else []), _spans(list(map(_number, some)))])
        for (section, row), some in groupby(seats, key=lambda seat: (seat.section, seat.row))
    ]


def beginning(words: str) -> str:
    """The words as a sentence begins with them."""
    return words[:1].upper() + words[1:]


def _is_known_by_number(seat: Named) -> bool:
    """Whether the seat number says no more than row and number do, or is all there is."""
    if not seat.number:
        return True
    return seat.seat_number == "".join(f"{seat.row or ''}{seat.number}".split()).upper()


def _seats(numbers: list[str]) -> str:
    return f"seat{'' if len(numbers) == 1 else 's'} {', '.join(numbers)}"


def _spans(numbers: list[str]) -> str:
    spans: list[list[str]] = []
    for number in numbers:
        follows = spans and number.isdecimal() and spans[-1][-1].isdecimal() and int(number) == int(spans[-1][-1]) + 1
        if follows:
            spans[-1].append(number)
        else:
            spans.append([number])
    told = [", ".join(span) if len(span) < 3 else f"{span[0]} to {span[-1]}" for span in spans]
    return f"seat{'' if len(numbers) == 1 else 's'} {', '.join(told)}"


def _number(seat: Named) -> str:
    return seat.number or seat.seat_number
