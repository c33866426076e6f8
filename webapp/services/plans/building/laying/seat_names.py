"""Seats and rows of a block as people name them: "A5, B1-B3", "A-C"; where rows have numbers, "1/5, 2/1-3"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from webapp.services.plans.building.laying.blaming import Note, unfit
from webapp.services.plans.building.sketch import RowBlock

_DASHES = re.compile("\\s*[-\u2010-\u2015\u2212]\\s*")
_SEPARATORS = re.compile(r"[,;\r\n]")
_LETTERED = re.compile(r"([A-Z]+)[ /]?([0-9]{1,6})(?:-(?:([A-Z]+)[ /]?)?([0-9]{1,6}))?")
_NUMBERED = re.compile(r"([0-9]{1,6})/([0-9]{1,6})(?:-(?:([0-9]{1,6})/)?([0-9]{1,6}))?")
_ROWS = re.compile(r"([A-Z]+|[0-9]{1,6})(?:-([A-Z]+|[0-9]{1,6}))?")

_SAID = {
    "left_out": "left out",
    "wheelchairs": "for a wheelchair",
    "companions": "for a companion",
    "step_free_rows": "without a step",
    "other_categories": "of another category",
}

# A seat by the rank of its row, from the front, and its number.
Seat = tuple[int, int]


@dataclass(frozen=True)
class Named:
    """What a block has, by name: the rank of each row, and the numbers of its seats."""

    block: RowBlock
    rows: Mapping[str, int]
    numbers: list[set[int]]

    def seats(self, field: str, text: str, missing: list[str]) -> Iterator[Seat]:
        """The seats that the text of a field names; what the block has not is told in `missing`. Raises `Invalid`."""
        for item in _items(text):
            yield from self._span(field, item, missing)

    def whole_rows(self, field: str, text: str, missing: list[str]) -> Iterator[int]:
        """The ranks of the rows that the text of a field names. Raises `Invalid`."""
        for item in _items(text):
            found = _ROWS.fullmatch(item)
            if found is None:
                raise self._unreadable(field, item, f"Name rows as in {self._row_example()}.")
            yield from self._rows(item, found, missing)

    def rows_or_seats(self, field: str, text: str, missing: list[str]) -> Iterator[Seat]:
        """The seats that the text names, one by one or as whole rows. Raises `Invalid`."""
        for item in _items(text):
            if found := _ROWS.fullmatch(item):
                for row in self._rows(item, found, missing):
                    yield from ((row, number) for number in self.numbers[row])
            else:
                yield from self._span(field, item, missing)

    def note_missing(self, field: str, missing: Sequence[str], notes: list[Note]) -> None:
        """Note what the text of a field names although the block has it not, or not all of it."""
        if missing:
            shown = ", ".join(missing[:5]) + (f" and {len(missing) - 5} more" if len(missing) > 5 else "")
            what = f"{self.block.section} has no {shown}, or not all of it, but that is named to be {_SAID[field]}."
            notes.append(Note(what, self.block.id, field))

    def _span(self, field: str, item: str, missing: list[str]) -> Iterator[Seat]:
        shape = _NUMBERED if self.block.row_names == "numbers" else _LETTERED
        found = shape.fullmatch(item)
        if found is None:
            raise self._unreadable(field, item, f"Name seats as in {self._seat_example()}.")
        row, first, other, last = found[1], int(found[2]), found[3], int(found[4] or found[2])
        if other and other != row:
            raise self._unreadable(field, item, "Write one range for each row.")
        if first > last:
            raise self._unreadable(field, item, "Write the lower number first.")
        rank = self.rows.get(row)
        numbers = self.numbers[rank] if rank is not None else set()
        if rank is None or not {first, last} <= numbers:
            missing.append(_shown(item))
        if rank is not None:
            yield from ((rank, number) for number in numbers if first <= number <= last)

    def _rows(self, item: str, found: re.Match[str], missing: list[str]) -> Iterator[int]:
        ends = [self.rows.get(name) for name in (found[1], found[2] or found[1])]
        known = [rank for rank in ends if rank is not None]
        if len(known) < 2:
            missing.append(_shown(item))
        if known:
            yield from range(min(known), max(known) + 1)

    def _unreadable(self, field: str, item: str, advice: str) -> Exception:
        return unfit(self.block, field, f'"{_shown(item)}" cannot be read. {advice}')

    def _seat_example(self) -> str:
        return "1/5, 2/1-2/3" if self.block.row_names == "numbers" else "A5, B1-B3"

    def _row_example(self) -> str:
        return "1, 3-5" if self.block.row_names == "numbers" else "A, C-E"


def _items(text: str) -> Iterator[str]:
    for piece in _SEPARATORS.split(text):
        if item := _DASHES.sub("-", " ".join(piece.upper().split())):
            yield item


def _shown(item: str) -> str:
    return item if len(item) <= 40 else f"{item[:39]}…"
