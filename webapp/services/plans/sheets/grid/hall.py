"""The hall that a grid is read into, line by line: sections, rows and seats, with their order along the row."""

from collections.abc import Sequence

from webapp.services.plans.marks import settle_accessibility
from webapp.services.plans.oddities import Oddities
from webapp.services.plans.places import Place
from webapp.services.plans.plan import MOST_SEATS, PlanUnusable
from webapp.services.plans.sheets.grid.cells import NOTHING, Cell
from webapp.services.plans.sheets.grid.layout import GridLine
from webapp.services.plans.sheets.grid.seats import GridSeat, seats_in
from webapp.services.plans.texts import LONGEST_ROW, LONGEST_SECTION, clean_text, quoted

_Row = tuple[str | None, str | None]


class Hall:
    """The places found so far, their x and y counted in cells."""

    def __init__(self, oddities: Oddities, *, column_of_names: int | None, may_be_nameless: bool) -> None:
        self.places: list[Place] = []
        self._oddities = oddities
        self._column_of_names = column_of_names
        self._may_be_nameless = may_be_nameless
        self._section: str | None = None
        self._notes = NOTHING
        self._seats_before = 0
        self._lines: dict[_Row, int] = {}
        self._last_orders: dict[_Row, int] = {}
        self._nameless: dict[tuple[str | None, str], int] = {}

    def begin_section(self, line: GridLine) -> None:
        """Let the rows to come belong to the section that the line names."""
        self.end_section()
        [cell] = line.cells
        self._section = clean_text(
            cell.text, LONGEST_SECTION, f"Line {line.number}: the section's name", line=line.number
        )
        self._notes = cell.notes
        self._seats_before = len(self.places)

    def end_section(self) -> None:
        """Tell of a section that has no seats."""
        if self._section and len(self.places) == self._seats_before:
            self._oddities.note("section", "without seats, left out", quoted(self._section))

    def add_row(self, line: GridLine) -> None:
        """Add the seats of a line. Raises PlanUnusable."""
        name, cells = self._name_of(line)
        notes = (name.notes if name else NOTHING).over(self._notes)
        row = self._row_called(name.text, line.number) if name else None
        seats = seats_in(cells, line.number, row, self._oddities)
        if row and not seats:
            self._oddities.note("row", "without seats, left out", f"{quoted(row)} in line {line.number}")
        if len(self.places) + len(seats) > MOST_SEATS:
            raise PlanUnusable(f"Line {line.number} makes the plan larger than {MOST_SEATS:,} seats.", line=line.number)
        self._refuse_rows_again(seats, row, line.number)
        orders = self._orders(seats, line.number)
        for seat, order in zip(seats, orders, strict=True):
            said = seat.notes.over(notes)
            place = Place(self._section, seat.row, seat.number, f"cell {seat.column + 1} of line {line.number}")
            place.x, place.y, place.neighbour_order = seat.column, line.down, order
            place.category = said.category
            settle_accessibility(place, said.marks, self._oddities)
            self.places.append(place)

    @staticmethod
    def _row_called(name: str, line: int) -> str | None:
        return clean_text(name.removesuffix(":"), LONGEST_ROW, f"Line {line}: the row", line=line)

    def _name_of(self, line: GridLine) -> tuple[Cell | None, Sequence[Cell]]:
        """The cell that names the row of the line, where one does, and its other cells."""
        if self._column_of_names is None:
            return None, line.cells
        if line.cells[0].column == self._column_of_names:
            return line.cells[0], line.cells[1:]
        if not self._may_be_nameless:
            raise PlanUnusable(
                f"Line {line.number} has seats but no name of a row in its first column, where other lines have one. "
                "Write one there; or, if the line only numbers the columns and is the first, write row there.",
                line=line.number,
            )
        self._oddities.note("line", "without a row; the seats stand directly in their section", f"line {line.number}")
        return None, line.cells

    def _refuse_rows_again(self, seats: Sequence[GridSeat], row: str | None, line: int) -> None:
        """Refuse what would be misread: letters taken for the name of a row, and rows that have no name at all."""
        earlier = self._lines.get((self._section, row))
        if earlier and row and any(not any(map(str.isdecimal, seat.number)) for seat in seats):
            raise PlanUnusable(
                f"Line {line} begins with the row {quoted(row)}, as line {earlier} does, and its seats are letters. If "
                "the first column is a seat, put a column with the names of the rows before it, with row above them.",
                line=line,
            )
        for seat in seats:
            before = None if seat.row else self._nameless.setdefault((self._section, seat.number), line)
            if before not in (None, line):
                raise PlanUnusable(
                    f"Seat {quoted(seat.number)} stands in line {before} and in line {line}, and these rows have no "
                    "names. Write the name of each row in the first column, such as A, or 1: where it is a number.",
                    line=line,
                )

    def _orders(self, seats: Sequence[GridSeat], line: int) -> list[int]:
        """The orders of a line's seats in their rows: by their columns, and behind those of earlier lines."""
        orders: list[int] = []
        shifts: dict[_Row, int] = {}
        for seat in seats:
            row = (self._section, seat.row)
            if row not in shifts:
                shifts[row] = self._last_orders.get(row, -1) + 2 - seat.column
                self._note_line(row, line)
            orders.append(shifts[row] + seat.column)
        for seat, order in zip(seats, orders, strict=True):
            self._last_orders[self._section, seat.row] = order
        return orders

    def _note_line(self, row: _Row, line: int) -> None:
        earlier = self._lines.setdefault(row, line)
        if earlier != line and row[1]:
            self._oddities.note(
                "row",
                "in several lines; seats of different lines do not count as neighbours",
                f"{quoted(row[1])} in lines {earlier} and {line}",
            )
