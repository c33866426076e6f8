"""The lines of a grid, before its seats are read: what each of them is, and whether the first column names the rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from webapp.services.plans.oddities import Oddities
from webapp.services.plans.plan import MOST_SEATS, PlanUnusable
from webapp.services.plans.sheets.grid.cells import Cell, read_cell
from webapp.services.plans.sheets.grid.seats import looks_like_a_seat, says_something
from webapp.services.plans.sheets.lines import Line
from webapp.services.plans.texts import quoted
from webapp.services.plans.wording import means_stage

_DIGIT = re.compile(r"\d")
# A row or a seat may be named by so many letters, so that alone in a line they are no section for sure.
_LONGEST_LETTERS = 2
_MOST_CELLS_IN_ALL = 2 * MOST_SEATS

Kind = Literal["seats", "section", "stage"]


@dataclass(frozen=True, slots=True)
class GridLine:
    """A line with something in it: its number in the file, how far down it lies, what it is, and its cells."""

    number: int
    down: int
    kind: Kind
    cells: list[Cell]


def grid_lines(lines: Iterator[Line], oddities: Oddities, *, heads_rows: bool) -> list[GridLine]:
    """The lines that are not empty, but for a first one that heads the rows.

    Raises PlanUnusable for one that could be read in two ways.
    """
    found: list[GridLine] = []
    in_all = 0
    heading = heads_rows
    for down, line in enumerate(lines):
        read = (read_cell(written, line.number, column) for column, written in enumerate(line.cells))
        cells = [cell for cell in read if cell and says_something(cell, line.number, oddities)]
        in_all += len(cells)
        if in_all > _MOST_CELLS_IN_ALL:
            raise PlanUnusable(f"Line {line.number} makes the plan larger than {MOST_SEATS:,} seats.", line=line.number)
        if cells and heading:
            _note_heading(cells[1:], line.number, oddities)
            heading = False
        elif cells:
            found.append(GridLine(line.number, down, _kind(cells, line.number, heads_rows=heads_rows), cells))
    return found


def _note_heading(cells: Sequence[Cell], line: int, oddities: Oddities) -> None:
    for cell in cells:
        oddities.note("cell", "of the line that heads the rows, left out", f"{quoted(cell.text)} in line {line}")


def _kind(cells: Sequence[Cell], line: int, *, heads_rows: bool) -> Kind:
    """What a line is: a row, or, when it has but one cell that is no seat, a section or the stage."""
    text = cells[0].text
    if len(cells) > 1 or looks_like_a_seat(text) or text.endswith(":"):
        return "seats"
    if means_stage(text):
        return "stage"
    if len(text) > _LONGEST_LETTERS:
        return "section"
    if heads_rows:
        return "seats"
    raise PlanUnusable(
        f"Line {line} holds {quoted(text)} and nothing else: a section, a row without seats, or a seat? Take a row "
        f"without seats out, and write a section in more letters, as in Section {text}.",
        line=line,
    )


def column_of_names(lines: Sequence[GridLine]) -> int | None:
    """The first column that is used, if it holds the names of the rows, where nothing above it says so.

    It does where none of its texts has a digit, or all that have one end with a colon. Raises PlanUnusable when some
    are names and others seats, or when the lines may as well be ranges.
    """
    rows = [line for line in lines if line.kind == "seats"]
    if rows and all(map(_may_be_a_range, rows)) and not all(map(_counts_on, rows)):
        raise PlanUnusable(
            "Every line may be a range without the names of its columns, or a row of a grid with a cell for each seat. "
            "For ranges, write zone, row, start and end above them; for a grid, write row above its first column.",
            line=rows[0].number,
        )
    column = min((line.cells[0].column for line in rows), default=0)
    first = [(line.number, line.cells[0].text) for line in rows if line.cells[0].column == column]
    names = [(number, text) for number, text in first if is_row_name(text)]
    if names and len(names) < len(first):
        number, text = next(one for one in first if one not in names)
        raise PlanUnusable(
            f"The first column holds the name of a row, {quoted(names[0][1])} in line {names[0][0]}, and what looks "
            f"like a seat, {quoted(text)} in line {number}. Write row above the first column if it names the rows, or "
            f"a colon behind such a name, as in {text}: for this one.",
            line=number,
        )
    return column if names else None


def is_row_name(text: str) -> bool:
    """Whether a text in the first column, where nothing heads it, is the name of a row rather than a seat."""
    return text.endswith(":") or not _DIGIT.search(text)


def _may_be_a_range(line: GridLine) -> bool:
    texts = {cell.column - line.cells[0].column: cell.text for cell in line.cells}
    start, end = texts.get(2, ""), texts.get(3, "")
    return (
        max(texts) == 3
        and not texts[0].isdecimal()
        and start.isdecimal()
        and end.isdecimal()
        and int(start) <= int(end)
    )


def _counts_on(line: GridLine) -> bool:
    """Whether its numbers follow one another by ones or twos, as on seats."""
    numbers = [int(cell.text) for cell in line.cells[1:] if cell.text.isdecimal()]
    return len(numbers) == len(line.cells) - 1 and all(0 < other - one <= 2 for one, other in pairwise(numbers))
