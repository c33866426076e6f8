"""The lines of a CSV file, whatever parts its cells, with the numbers by which an organizer finds them."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from webapp.services.plans.plan import MOST_SEATS, PlanUnusable

# More columns than the widest hall has seats in a row, aisles included.
MOST_CELLS = 5_000
_MOST_LINES = 2 * MOST_SEATS
_TELLING_LINES = 1_000
# What Excel writes into the first line to say what parts the cells.
_NOTE = re.compile("sep=(?P<separator>[,;\t])", re.IGNORECASE)
_QUOTED = re.compile('"[^"]*"')


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: its number, counted from 1, and its cells as they are written."""

    number: int
    cells: list[str]

    @property
    def is_empty(self) -> bool:
        """Whether no cell has anything in it."""
        return not any(cell.strip() for cell in self.cells)


def refuse_endless(text: str) -> None:
    """Refuse a file that has more lines than a plan can need. Raises PlanUnusable."""
    if text.count("\n") + text.count("\r") > _MOST_LINES:
        raise PlanUnusable("The file has too many lines to be a seating plan.")


def lines_of(text: str, separator: str) -> Iterator[Line]:
    """Yield all lines, the empty ones too, but for Excel's note about the separator. Raises PlanUnusable."""
    rows = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 1
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error:
            raise PlanUnusable(
                f"Line {number} has a quotation mark out of place, or one that is never closed.", line=number
            ) from None
        if len(cells) > MOST_CELLS:
            raise PlanUnusable(f"Line {number} has more than {MOST_CELLS:,} cells.", line=number)
        if number > 1 or not cells or not cells[0].lower().startswith("sep="):
            yield Line(number, cells)
        number = rows.line_num + 1


def first_line(text: str, separator: str) -> Line:
    """The first line that is not empty, or an empty one."""
    return next((line for line in lines_of(text, separator) if not line.is_empty), Line(1, []))


def likely_separator(text: str) -> str:
    """What parts the cells: what the file itself notes, else what most of its lines have, of equals the rarer sign.

    Numbers may hold commas and names semicolons, but hardly anything holds a tab.
    """
    start = list(islice(StringIO(text), _TELLING_LINES))
    if start and (noted := _NOTE.match(start[0])):
        return noted["separator"]
    bare = [_QUOTED.sub("", line) for line in start]
    return max("\t;,", key=lambda separator: sum(separator in line for line in bare))
