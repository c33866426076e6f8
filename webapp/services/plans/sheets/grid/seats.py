"""The seats in a line of a grid: which cells are seats, and their numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from webapp.services.plans.oddities import Oddities
from webapp.services.plans.plan import PlanUnusable
from webapp.services.plans.sheets.grid.cells import NOTHING, Cell, Notes
from webapp.services.plans.texts import quoted

# Letters and digits as on a seat: 12, A12, A-12, 12b; longer words are words.
_NUMBERED = re.compile(r"(?P<row>[^\W\d_]{0,3})[ .-]?(?P<number>[0-9]{1,6} ?[^\W\d_]{0,2})")
_LETTERED = re.compile(r"[^\W\d_]{1,2}")
_WITH_DECIMALS = re.compile(r"(?P<whole>[0-9]{1,6})[.,]0+")
_SAYS_SOMETHING = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class GridSeat:
    """A seat of a line: the column of its cell, its row where its own number names one, its number, and its notes."""

    column: int
    row: str | None
    number: str
    notes: Notes


def looks_like_a_seat(text: str) -> bool:
    """Whether a text alone in its line is the number of a seat rather than a name."""
    return bool(_NUMBERED.fullmatch(text) or _WITH_DECIMALS.fullmatch(text))


def seats_in(cells: Sequence[Cell], line: int, row: str | None, oddities: Oddities) -> list[GridSeat]:
    """The seats of a line whose row is known, or None; raises PlanUnusable for a cell that is no seat."""
    kept = list(cells)
    lettered = [cell for cell in kept if _LETTERED.fullmatch(cell.text)]
    if row and len(kept) > 1 and lettered == kept[-1:] and kept[-1].text == row and kept[-1].notes == NOTHING:
        oddities.note("row", "named at both ends of the line, read once", f"{quoted(row)} in line {line}")
        kept, lettered = kept[:-1], []
    if lettered and len(lettered) < len(kept):
        raise PlanUnusable(
            f"Line {line}, cell {lettered[0].column + 1}: {quoted(lettered[0].text)} is no number, but other seats of "
            "the line have numbers. Leave the cell empty where there is no seat.",
            line=line,
        )
    return [_seat(cell, line, row, oddities) for cell in kept]


def says_something(cell: Cell, line: int, oddities: Oddities) -> bool:
    """Whether a cell has a letter or digit; others are gaps, unless something is said of a seat there, and reported."""
    if _SAYS_SOMETHING.search(cell.text):
        return True
    if cell.notes != NOTHING:
        raise PlanUnusable(f"Line {line}, cell {cell.column + 1}: the seat has no number.", line=line)
    oddities.note("cell", "without a letter or digit, read as a gap", f"{quoted(cell.text)} in line {line}")
    return False


def _seat(cell: Cell, line: int, row: str | None, oddities: Oddities) -> GridSeat:
    text = cell.text
    decimals = _WITH_DECIMALS.fullmatch(text)
    if decimals:
        oddities.note(
            "number", "not written as a plain whole number, but read as one", f"{quoted(text)} in line {line}"
        )
        text = decimals["whole"]
    found = _NUMBERED.fullmatch(text)
    if found is None and not _LETTERED.fullmatch(text):
        raise PlanUnusable(
            f"Line {line}, cell {cell.column + 1}: {quoted(text)} is no seat number. In a grid every cell is a seat, "
            "with a number such as 12 or A12, or one or two letters, or it is empty.",
            line=line,
        )
    if found and found["row"] and row in (None, found["row"]):
        if row is None:
            oddities.note("seat", "read as row and number", f"{quoted(text)} in line {line}")
        else:
            oddities.note("seat", "with the row before its number, read once", f"{quoted(text)} in line {line}")
        return GridSeat(cell.column, found["row"], found["number"], cell.notes)
    return GridSeat(cell.column, row, text, cell.notes)
