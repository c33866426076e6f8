"""Rows of a plan without coordinates, lined up: each section in columns, and row by row what stands side by side."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from webapp.services.seat_maps.drawing.grouping import Row, Section
from webapp.services.seat_maps.drawing.words import Side, side_of
from webapp.services.seat_maps.planned import PlannedSeat

# The name of a line, alike in all columns that share it: the row's, and which fold of it.
Key = tuple[str, int]

# What an aisle within a row is wider than the step to a neighbour, in pitches.
_AISLE = 1.0

_LETTER_AND_NUMBER = re.compile(r"([^\W\d]+)[ .-]?([0-9]+)")


@dataclass(slots=True)
class Column:
    """A block of rows one behind the other: `lines` are their pieces, from left to right once `turned` is heeded."""

    side: Side | None
    lines: dict[Key, list[list[int]]] = field(default_factory=dict)

    def offsets(self, key: Key) -> list[float]:
        """How far each seat of the line stands from its first one."""
        along: list[float] = []
        for piece in self.lines.get(key, ()):
            begin = along[-1] + 1 + _AISLE if along else 0.0
            along += [begin + place for place in range(len(piece))]
        return along

    def turn(self) -> None:
        """Let the seats run the other way, from right to left."""
        for key, pieces in self.lines.items():
            self.lines[key] = [piece[::-1] for piece in reversed(pieces)]

    def numbers(self, seats: Sequence[PlannedSeat], key: Key) -> tuple[int, int] | None:
        """The least and the greatest seat number of the line, if all are numbers."""
        found = [seats[seat].number or "" for piece in self.lines.get(key, ()) for seat in piece]
        if not found or not all(number.isascii() and number.isdecimal() for number in found):
            return None
        return min(map(int, found)), max(map(int, found))


def has_lettered_blocks(sections: Iterable[Section]) -> bool:
    """Whether rows A3 and B3 of one section are two blocks of row 3."""
    for section in sections:
        found: dict[str, set[str]] = {}
        for letters, number in filter(None, map(_letters_and_number, section.rows)):
            found.setdefault(number, set()).add(letters)
        twice = sum(len(letters) > 1 for letters in found.values())
        # With rows A1 to A9 and B1 to B9 of single seats a letter is a row all the same: its numbers are no depth.
        if twice >= 2 and max(len(row.seats) for row in section.rows) > 1:
            return True
    return False


def columns_of(section: Section, *, lettered: bool) -> list[Column]:
    """The columns of a section: one, or in a house with `lettered` blocks one for each letter."""
    side = side_of(section.name)
    split = [_letters_and_number(row) for row in section.rows]
    if not lettered or not all(split):
        return [_column(side, [(row.name or "", row) for row in section.rows])]
    columns: dict[str, list[tuple[str, Row]]] = {}
    for row, (letters, number) in zip(section.rows, filter(None, split), strict=True):
        columns.setdefault(letters, []).append((number, row))
    return [_column(side, rows) for rows in columns.values()]


def in_order(keys: Iterable[Key]) -> list[Key]:
    """Lines from front to back: by name where all names are letters or all are numbers, else as the plan has them."""
    found = list(dict.fromkeys(keys))
    names = [name for name, _ in found]
    if all(re.fullmatch(r"[0-9]+", name) for name in names):
        return sorted(found, key=lambda key: (int(key[0]), key[1]))
    if all(re.fullmatch(r"[A-Za-z]{1,3}", name) for name in names):
        return sorted(found, key=lambda key: (len(key[0]), key[0], key[1]))
    pairs = [re.fullmatch(r"([A-Za-z]+)[ .-]?([0-9]+)", name) for name in names]
    if all(pairs):
        ends = {key: (pair[1], int(pair[2]), key[1]) for key, pair in zip(found, pairs, strict=True) if pair}
        return sorted(found, key=lambda key: ends[key])
    return found


def _letters_and_number(row: Row) -> tuple[str, str] | None:
    match = _LETTER_AND_NUMBER.fullmatch(row.name or "")
    return (match[1], match[2]) if match else None


def _column(side: Side | None, rows: Iterable[tuple[str, Row]]) -> Column:
    column = Column(side)
    for name, row in rows:
        for fold, pieces in enumerate([[piece] for piece in row.pieces] if row.is_folded else [row.pieces]):
            column.lines[name, fold] = pieces
    return column
