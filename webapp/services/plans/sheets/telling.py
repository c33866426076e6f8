"""Which of two forms a CSV file has: a list of ranges, or a grid with a cell for each seat."""

from webapp.services.plans.oddities import Oddities
from webapp.services.plans.places import FoundPlan
from webapp.services.plans.plan import PlanUnusable
from webapp.services.plans.sheets.grid import read_grid
from webapp.services.plans.sheets.lines import Line, first_line, likely_separator, refuse_endless
from webapp.services.plans.sheets.ranges import COLUMNS, read_ranges

# A grid may have this word, and none of the others, in its first cell.
_HEADS_ROWS = "row"


def read_sheet(text: str, oddities: Oddities) -> FoundPlan:
    """Read a plan out of a CSV file; raises PlanUnusable, naming the line, for what cannot be read one way only.

    The first line that is not empty tells the form. It names all of the columns zone, row, start and end: the file
    is a list of ranges. It names none of them, or has the word row in its first cell and no other of them: it is a
    grid. With only some of them it could be either, and is refused; so is a grid without that first cell in which
    every line could as well be a range (a name, a row, a lower and a higher number).
    """
    refuse_endless(text)
    for separator in ",;\t":
        line = first_line(text, separator)
        named = _columns_in(line)
        if len(named) > 1:
            _refuse_some(line, named)
            return FoundPlan(name=None, places=read_ranges(text, separator, oddities))
    separator = likely_separator(text)
    line = first_line(text, separator)
    named = _columns_in(line)
    start = next((column for column, cell in enumerate(line.cells) if cell.strip()), 0)
    headed = start if line.cells and _word(line.cells[start]) == _HEADS_ROWS else None
    if named and headed is None:
        _refuse_some(line, named)
    return read_grid(text, separator, oddities, headed=headed)


def _columns_in(line: Line) -> set[str]:
    return {_word(cell) for cell in line.cells} & set(COLUMNS)


def _word(cell: str) -> str:
    return cell.strip().lower()


def _refuse_some(line: Line, named: set[str]) -> None:
    missing = [column for column in COLUMNS if column not in named]
    if missing:
        raise PlanUnusable(
            "A list of ranges begins with a line that names the columns zone, row, start and end. "
            f"Missing in line {line.number}: {', '.join(missing)}. "
            "If the file has a cell for each seat instead, take these words out of its first line.",
            line=line.number,
        )
