"""Plans as grids: every line of the sheet is a row of the hall as it lies, every cell that is not empty a seat.

- A seat's cell holds its number (12, A12, 12b), or one or two letters where the seats of a row are lettered. Cells side
  by side are neighbours; empty cells between them, or cells without a letter or digit, are a gap.
- The first column that is used names the rows where its texts have no digit (A, Upper) or end with a colon (12:), or
  where the word row stands above it. Without such names numbers are unique in a section, or hold their row (A12).
- A line with one cell, of more than two letters, begins a section: the rows below it, up to the next one, belong to it.
  The word stage alone in its line, or one like it, is where the stage is drawn. Empty lines are empty space.
- Behind a seat's number, a row's name or a section's name may stand, for that seat or for all of its seats, in square
  brackets for whom it is (12 [wheelchair], 13 [companion], B [step-free]; in short [w], [c], [s]), and in braces its
  category (Balcony {Second price}). What a seat says counts before what its row says, and that before its section.

What can be read in two ways is refused, with its line.
"""

from webapp.services.plans.oddities import Oddities
from webapp.services.plans.places import FoundPlan, Place
from webapp.services.plans.plan import PlanArea, PlanCategory, PlanUnusable
from webapp.services.plans.sheets.grid.hall import Hall
from webapp.services.plans.sheets.grid.layout import GridLine, column_of_names, grid_lines
from webapp.services.plans.sheets.lines import lines_of

# How far apart cells lie, in the units of the plan.
_ACROSS = 25.0
_DOWN = 30.0


def read_grid(text: str, separator: str, oddities: Oddities, *, headed: int | None) -> FoundPlan:
    """Read a grid; `headed` is the column headed by the word row, if one is. Raises PlanUnusable with the line."""
    lines = grid_lines(lines_of(text, separator), oddities, heads_rows=headed is not None)
    names = headed if headed is not None else column_of_names(lines)
    hall = Hall(oddities, column_of_names=names, may_be_nameless=headed is not None)
    for line in lines:
        if line.kind == "section":
            hall.begin_section(line)
        elif line.kind == "seats":
            hall.add_row(line)
    hall.end_section()
    if not hall.places:
        raise PlanUnusable(
            "The file has no seats: it is neither a list of ranges, with the columns zone, row, start and end, nor a "
            "grid with a cell for each seat."
        )
    for place in hall.places:
        place.x, place.y = (place.x or 0) * _ACROSS, (place.y or 0) * _DOWN
    categories = dict.fromkeys(place.category for place in hall.places if place.category)
    oddities.note("file", "read as a grid, with a cell for each seat", _how(names))
    return FoundPlan(
        name=None,
        places=hall.places,
        categories=[PlanCategory(name=name) for name in categories],
        areas=[_stage(line, hall.places) for line in lines if line.kind == "stage"],
    )


def _how(names: int | None) -> str:
    return "no column names the rows" if names is None else "the first column names the rows"


def _stage(line: GridLine, places: list[Place]) -> PlanArea:
    """The stage in the line that names it, as broad as the seats."""
    across = [place.x for place in places if place.x is not None]
    left, right = min(across) - _ACROSS / 2, max(across) + _ACROSS / 2
    top, bottom = (line.down - 0.4) * _DOWN, (line.down + 0.4) * _DOWN
    return PlanArea(
        kind="stage", label=line.cells[0].text, points=[(left, top), (right, top), (right, bottom), (left, bottom)]
    )
