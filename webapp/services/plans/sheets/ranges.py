"""Plans as CSV with the columns zone, row, start, end: each line is a run of seats side by side.

Two more columns may say of a run that it is for wheelchairs or companions, and that it is reached without a step.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from webapp.services.plans.oddities import Oddities, counted
from webapp.services.plans.places import Place
from webapp.services.plans.plan import MOST_SEATS, Accessibility, PlanUnusable
from webapp.services.plans.sheets.lines import lines_of
from webapp.services.plans.texts import LONGEST_ROW, LONGEST_SECTION, clean_text, quoted

COLUMNS = ("zone", "row", "start", "end")
MORE_COLUMNS = ("accessibility", "step_free")

T = TypeVar("T")

# Each zero has one place in it: with more, a cell of nothing but zeros and a letter would take minutes.
_NUMBER = re.compile(r"0*(0|[1-9][0-9]*)(?:[.,]0+)?")
_HIGHEST_NUMBER = 999_999
_ACCESSIBILITY: dict[str, Accessibility | None] = {"wheelchair": "wheelchair", "companion": "companion", "": None}
_YES_OR_NO = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False, "": False}


@dataclass(frozen=True)
class _Run:
    line: int
    zone: str
    row: str | None
    start: int
    end: int
    accessibility: Accessibility | None
    step_free: bool


def read_ranges(text: str, separator: str, oddities: Oddities) -> list[Place]:
    """Return the seats of a CSV plan in the order of the file, neighbours by consecutive numbers in one zone and row.

    Raises PlanUnusable, naming the line, for what cannot be read one way only.
    """
    runs = list(_runs(text, separator, oddities))
    if not runs:
        raise PlanUnusable("The file names its columns but has no line with seats.")
    orders = _neighbour_orders(runs)
    return [
        Place(
            run.zone,
            run.row,
            str(number),
            f"line {run.line}",
            neighbour_order=first_order + number - run.start,
            accessibility=run.accessibility,
            step_free=run.step_free,
        )
        for run, first_order in zip(runs, orders, strict=True)
        for number in range(run.start, run.end + 1)
    ]


def _runs(text: str, separator: str, oddities: Oddities) -> Iterator[_Run]:
    lines = ((line.number, line.cells) for line in lines_of(text, separator) if not line.is_empty)
    header_line, header = next(lines, (1, []))
    places = _columns(header, header_line, oddities)
    seats = 0
    for line, fields in lines:
        if any(field.strip() for field in fields[len(header) :]):
            raise PlanUnusable(
                f"Line {line} has {counted(len(fields), 'field')}, but line {header_line} names only {len(header)}. "
                "Put a text that contains the separator in quotes.",
                line=line,
            )
        named = {name: fields[place] if place < len(fields) else "" for name, place in places.items()}
        run = _run(line, named, oddities)
        seats += run.end - run.start + 1
        if seats > MOST_SEATS:
            raise PlanUnusable(f"Line {line} makes the plan larger than {MOST_SEATS:,} seats.", line=line)
        yield run


def _columns(header: list[str], line: int, oddities: Oddities) -> dict[str, int]:
    """Return where the columns that are read stand, by name."""
    names = [name.strip().lower() for name in header]
    known = COLUMNS + MORE_COLUMNS
    twice = next((name for name in known if names.count(name) > 1), None)
    if twice:
        raise PlanUnusable(f"Line {line} names the column {twice} twice.", line=line)
    for name in names:
        if name and name not in known:
            shown = clean_text(name, LONGEST_SECTION, f"Line {line}: the name of a column", line=line)
            oddities.note(
                "column", f"left out, since only {', '.join(known[:-1])} and {known[-1]} are read", quoted(shown)
            )
    return {name: names.index(name) for name in known if name in names}


def _run(line: int, fields: dict[str, str], oddities: Oddities) -> _Run:
    zone = clean_text(fields["zone"], LONGEST_SECTION, f"Line {line}: the zone", line=line)
    row = clean_text(fields["row"], LONGEST_ROW, f"Line {line}: the row", line=line)
    if zone is None:
        raise PlanUnusable(f"Line {line} names no zone. Write the zone on every line.", line=line)
    if row is None:
        oddities.note("line", "without a row; the seats stand directly in their zone", f"line {line}")
    start, end = (_number(fields[column], column, line, oddities) for column in ("start", "end"))
    if start > end:
        raise PlanUnusable(
            f"Line {line} starts at seat {start} but ends at seat {end}. Write the lower number first.", line=line
        )
    accessibility = _one_of(_ACCESSIBILITY, fields, "accessibility", line)
    step_free = _one_of(_YES_OR_NO, fields, "step_free", line)
    return _Run(line, zone, row, start, end, accessibility, step_free or accessibility is not None)


def _one_of(words: Mapping[str, T], fields: dict[str, str], column: str, line: int) -> T:
    """Return what a word of a column that may be missing means."""
    word = clean_text(fields.get(column, ""), 1_000, f"Line {line}: {column}", line=line) or ""
    if word.lower() not in words:
        raise PlanUnusable(
            f"Line {line}: {column} is {quoted(word)}, but must be {' or '.join(list(words)[:2])}, or empty.", line=line
        )
    return words[word.lower()]


def _number(text: str, column: str, line: int, oddities: Oddities) -> int:
    text = text.strip()
    number = _NUMBER.fullmatch(text)
    if number is None:
        shown = clean_text(text, len(text), f"Line {line}: {column}", line=line)
        what = "is empty" if shown is None else f"is {quoted(shown)}"
        raise PlanUnusable(f"Line {line}: {column} {what}, but must be a whole number such as 12.", line=line)
    if len(number[1]) > len(str(_HIGHEST_NUMBER)):
        raise PlanUnusable(f"Line {line}: {column} is higher than {_HIGHEST_NUMBER:,}.", line=line)
    if text != str(int(number[1])):
        oddities.note(
            "number", "not written as a plain whole number, but read as one", f"{quoted(text)} in line {line}"
        )
    return int(number[1])


def _neighbour_orders(runs: list[_Run]) -> list[int]:
    """Return the neighbour order of each run's first seat: it goes on after a run that ends one number earlier."""
    rows: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    for index, run in enumerate(runs):
        rows[run.zone, run.row].append(index)
    orders = [0] * len(runs)
    for indices in rows.values():
        next_number, next_order = -1, 1
        for index in sorted(indices, key=lambda index: runs[index].start):
            run = runs[index]
            orders[index] = next_order if run.start == next_number or next_number < 0 else next_order + 1
            next_number, next_order = run.end + 1, orders[index] + run.end - run.start + 1
    return orders
