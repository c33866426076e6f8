"""Rows divided into pieces, as few as tell who sits beside whom when they are read."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from webapp.services.plans.comparing import side_by_side
from webapp.services.plans.editor.writing.laying import in_order
from webapp.services.plans.neighbours import order_rows
from webapp.services.plans.places import Place
from webapp.services.plans.plan import PlanSeat, Point

_Row = tuple[str | None, str | None]
_Pieces = list[list[int]]


def divide(seats: Sequence[PlanSeat], points: Sequence[Point]) -> dict[_Row, _Pieces]:
    """For each row, in the order of the plan, the seats of its pieces by their indices.

    A row is one piece, in the order of the plan, or in that of its neighbours, if it is read so; else each run of
    neighbours is a piece.
    """
    rows: dict[_Row, list[int]] = defaultdict(list)
    for index, seat in enumerate(seats):
        rows[seat.section, seat.row].append(index)
    wanted: dict[_Row, set[frozenset[int]]] = defaultdict(set)
    for pair in side_by_side(seats):
        wanted[seats[pair[0]].section, seats[pair[0]].row].add(frozenset(pair))
    divided = {row: [indices] for row, indices in rows.items()}
    ways: list[Callable[[list[int]], _Pieces]] = [
        lambda row: [in_order(seats, row)],
        lambda row: list(_runs(seats, in_order(seats, row))),
    ]
    for way in ways:
        read = _read(divided, points)
        wrong = [row for row in divided if read[row] != wanted[row]]
        divided |= {row: way(rows[row]) for row in wrong}
    return divided


def _runs(seats: Sequence[PlanSeat], row: list[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for index in row:
        order = seats[index].neighbour_order
        if run and (order is None or seats[run[-1]].neighbour_order != order - 1):
            yield run
            run = []
        run.append(index)
    yield run


def _read(divided: dict[_Row, _Pieces], points: Sequence[Point]) -> dict[_Row, set[frozenset[int]]]:
    """Who is beside whom when the pieces are read."""
    places = {
        row: [[_place(index, points[index]) for index in piece] for piece in pieces] for row, pieces in divided.items()
    }
    order_rows(list(places.values()))
    read: dict[_Row, set[frozenset[int]]] = {}
    for row, pieces in places.items():
        ordered = sorted((place.neighbour_order or 0, int(place.source)) for piece in pieces for place in piece)
        read[row] = {frozenset((one[1], other[1])) for one, other in pairwise(ordered) if one[0] + 1 == other[0]}
    return read


def _place(index: int, point: Point) -> Place:
    return Place(None, None, None, str(index), x=point[0], y=point[1])
