"""Plans written as lists of ranges, for as long as a list can say who sits beside whom."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from webapp.services.plans.comparing import side_by_side
from webapp.services.plans.plan import Plan, PlanSeat
from webapp.services.plans.sheets.ranges import COLUMNS, MORE_COLUMNS
from webapp.services.plans.texts import quoted
from webapp.services.plans.written import PlanUnwritable

_NUMBER = re.compile("0|[1-9][0-9]{0,5}")
# What spreadsheets compute, in half and in full width; a plain number is none, whatever its sign.
_FORMULA = re.compile(r"(?:^|;)\s*[=+\-@＝＋－＠](?![0-9]+$)")  # noqa: RUF001 -- full width is meant


@dataclass(frozen=True, slots=True)
class _Run:
    """Seats of one row with numbers that follow one another, by their indices."""

    seats: list[int]

    def line(self, seats: Sequence[PlanSeat]) -> tuple[str | None, ...]:
        """The line that says it."""
        first, last = seats[self.seats[0]], seats[self.seats[-1]]
        step_free = "yes" if first.step_free else "no"
        return first.section, first.row, first.number, last.number, first.accessibility, step_free


def ranges_of(plan: Plan) -> tuple[str, list[int]]:
    """The plan as CSV, and its seats in the order in which they are read from it.

    Raises PlanUnwritable for a seat that no line can name, and for rows whose neighbours are not those by number.
    """
    for seat in plan.seats:
        _refuse_unsayable(seat)
    _refuse_other_neighbours(plan.seats)
    runs = list(_runs(plan.seats))
    written = StringIO()
    sheet = csv.writer(written, lineterminator="\r\n")
    sheet.writerow(COLUMNS + MORE_COLUMNS)
    sheet.writerows(run.line(plan.seats) for run in runs)
    return written.getvalue(), [index for run in runs for index in run.seats]


def _refuse_unsayable(seat: PlanSeat) -> None:
    said = seat.seat_number
    if seat.section is None:
        raise PlanUnwritable(f"Seat {said} stands in no section, and every line must name a zone.", seat=said)
    if not _NUMBER.fullmatch(seat.number or ""):
        number = f"has the number {quoted(seat.number)}" if seat.number else "has no number"
        raise PlanUnwritable(f"Seat {said} {number}, and ranges go from one whole number to another.", seat=said)
    if seat.accessibility and not seat.step_free:
        raise PlanUnwritable(
            f"Seat {said} is for wheelchairs or companions, but behind a step: a list of ranges cannot say so.",
            seat=said,
        )
    for text in (seat.section, seat.row or ""):
        if _FORMULA.search(text):
            raise PlanUnwritable(
                f"{quoted(text)} begins as a formula does, which a spreadsheet would compute. Give it another name.",
                seat=said,
            )


def _refuse_other_neighbours(seats: Sequence[PlanSeat]) -> None:
    wanted = {frozenset(pair) for pair in side_by_side(seats)}
    read = {frozenset(pair) for row in _rows(seats) for pair in _by_number(seats, row)}
    for pair in sorted(map(sorted, wanted ^ read)):
        one, other = (seats[index].seat_number for index in pair)
        if frozenset(pair) in wanted:
            why = f"Seats {one} and {other} are side by side, but their numbers do not follow one another"
        else:
            why = f"Seats {one} and {other} are not side by side, but their numbers follow one another"
        raise PlanUnwritable(f"{why}: a list of ranges cannot say so.", seat=one)


def _rows(seats: Sequence[PlanSeat]) -> list[list[int]]:
    """The seats of each row by their numbers, of equal ones in the order of the plan."""
    rows: dict[tuple[str | None, str | None], list[int]] = defaultdict(list)
    for index, seat in enumerate(seats):
        rows[seat.section, seat.row].append(index)
    return [sorted(row, key=lambda index: int(seats[index].number or 0)) for row in rows.values()]


def _by_number(seats: Sequence[PlanSeat], row: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Who would be beside whom: of several seats with one number, the first that has it."""
    first: dict[int, int] = {}
    for index in row:
        first.setdefault(int(seats[index].number or 0), index)
    for number, index in first.items():
        if number + 1 in first:
            yield index, first[number + 1]


def _runs(seats: Sequence[PlanSeat]) -> Iterator[_Run]:
    for row in _rows(seats):
        run: list[int] = []
        for index in row:
            if run and not _goes_on(seats[run[-1]], seats[index]):
                yield _Run(run)
                run = []
            run.append(index)
        yield _Run(run)


def _goes_on(seat: PlanSeat, other: PlanSeat) -> bool:
    alike = (seat.accessibility, seat.step_free) == (other.accessibility, other.step_free)
    return alike and int(seat.number or 0) + 1 == int(other.number or 0)
