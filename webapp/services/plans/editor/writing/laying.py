"""Where seats stand that have no place in their plan: in rows below all others, neighbours side by side."""

from collections import defaultdict
from collections.abc import Sequence

from webapp.services.plans.plan import PlanSeat, Point

_PITCH = 25.0
_ROW = 30.0
# A step of two pitches is read as a gap.
_GAP = 2 * _PITCH


def lay_out(seats: Sequence[PlanSeat]) -> list[Point]:
    """The place of each seat: its own, or one below all that have one."""
    points: list[Point] = [(seat.x or 0.0, seat.y or 0.0) for seat in seats]
    placed = [index for index, seat in enumerate(seats) if seat.x is not None and seat.y is not None]
    rows: dict[tuple[str | None, str | None], list[int]] = defaultdict(list)
    for index in sorted(set(range(len(seats))) - set(placed)):
        rows[seats[index].section, seats[index].row].append(index)
    left = min((points[index][0] for index in placed), default=0.0)
    down = max((points[index][1] + 2 * _ROW for index in placed), default=0.0)
    sections: dict[str | None, list[list[int]]] = defaultdict(list)
    for (section, _), row in rows.items():
        sections[section].append(row)
    for rows_of_section in sections.values():
        for row in rows_of_section:
            _lay_out_row(seats, row, (left, down), points)
            down += _ROW
        down += _ROW
    return points


def _lay_out_row(seats: Sequence[PlanSeat], row: list[int], at: Point, points: list[Point]) -> None:
    along, before = at[0], None
    for index in in_order(seats, row):
        order = seats[index].neighbour_order
        if index != before and before is not None:
            beside = order is not None and seats[before].neighbour_order == order - 1
            along += _PITCH if beside else _GAP
        points[index] = (along, at[1])
        before = index


def in_order(seats: Sequence[PlanSeat], row: Sequence[int]) -> list[int]:
    """The seats of a row along it, those without an order at its end."""
    return sorted(
        row, key=lambda index: (seats[index].neighbour_order is None, seats[index].neighbour_order or 0, index)
    )
