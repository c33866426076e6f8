"""The seats of a plan by section and row, each row in the pieces that aisles leave of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil, sqrt
from statistics import median_low

from webapp.services.seat_maps.planned import PlannedSeat

# A row of more seats than this, or so many seats without a row, are folded into lines of so many at most.
_WIDEST_ROW, _WIDEST_CROWD, _WIDEST_FOLD = 100, 40, 80


@dataclass(slots=True)
class Row:
    """A row; its seats are indices into the plan, as people sit, a piece being those between two aisles.

    The pieces of a folded row are drawn one behind the other.
    """

    name: str | None
    pieces: list[list[int]]
    is_folded: bool = False

    @property
    def seats(self) -> list[int]:
        """All its seats, as people sit."""
        return [seat for piece in self.pieces for seat in piece]


@dataclass(slots=True)
class Section:
    """A section and its rows, in the order of the plan."""

    name: str | None
    rows: list[Row] = field(default_factory=list)

    @property
    def seats(self) -> list[int]:
        """All its seats, row by row."""
        return [seat for row in self.rows for piece in row.pieces for seat in piece]


def sections_of(seats: Sequence[PlannedSeat]) -> list[Section]:
    """The sections of the plan with all their rows."""
    found: dict[str | None, dict[str | None, list[int]]] = {}
    for index, seat in enumerate(seats):
        found.setdefault(seat.section, {}).setdefault(seat.row, []).append(index)
    return [
        Section(name, [Row(row, _pieces(seats, members)) for row, members in rows.items()])
        for name, rows in found.items()
    ]


def fold_wide_rows(sections: Sequence[Section]) -> None:
    """Fold rows that nobody would draw in one line, about as wide as deep, but never wider than a hall."""
    for row in (row for section in sections for row in section.rows):
        everyone = row.seats
        if len(everyone) > (_WIDEST_CROWD if row.name is None else _WIDEST_ROW):
            lines = ceil(len(everyone) / min(_WIDEST_FOLD, ceil(sqrt(len(everyone) * 1.8))))
            wide = ceil(len(everyone) / lines)
            row.pieces = [everyone[begin : begin + wide] for begin in range(0, len(everyone), wide)]
            row.is_folded = True


def _pieces(seats: Sequence[PlannedSeat], members: list[int]) -> list[list[int]]:
    def order(index: int) -> tuple[int, int]:
        seat = seats[index]
        return (seat.id if seat.neighbour_order is None else seat.neighbour_order, seat.id)

    members.sort(key=order)
    steps = [
        (seats[after].neighbour_order or 0) - (seats[before].neighbour_order or 0)
        for before, after in pairwise(members)
    ]
    # A row may be labelled with odd numbers only, and has no aisle at every seat for that.
    usual = max(1, median_low(steps)) if steps else 1
    pieces = [members[:1]]
    for index, step in zip(members[1:], steps, strict=True):
        if step > usual:
            pieces.append([])
        pieces[-1].append(index)
    return pieces
