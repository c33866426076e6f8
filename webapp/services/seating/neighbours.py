"""Who may claim which place among the neighbours of a row."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, text

from webapp.services.plans.plan import PlanSeat

_Place = tuple[str, str, int | None]


def one_in_each_place(connection: Connection, show_id: int, seats: Sequence[PlanSeat]) -> Sequence[PlanSeat]:
    """The seats, without their place where an earlier seat of the show has it: who would be whose neighbour?"""
    taken = _places_in_show(connection, show_id, {_place(seat) for seat in seats})
    placed: list[PlanSeat] = []
    for seat in seats:
        place = _place(seat)
        placed.append(replace(seat, neighbour_order=None) if place in taken else seat)
        if seat.neighbour_order is not None:
            taken.add(place)
    return placed


def _place(seat: PlanSeat) -> _Place:
    """The seat's place in its row, as the guard of lonely seats tells rows apart."""
    return (seat.section or "", seat.row or "", seat.neighbour_order)


def _places_in_show(connection: Connection, show_id: int, places: set[_Place]) -> set[_Place]:
    """Those of the places that seats of the show have."""
    sections, rows, orders = zip(*places, strict=True) if places else ((), (), ())
    found = connection.execute(
        text("""
            SELECT DISTINCT given.section, given.row, given.neighbour_order
            FROM unnest(CAST(:sections AS text[]), CAST(:rows AS text[]), CAST(:orders AS integer[]))
                 AS given (section, row, neighbour_order)
            JOIN seats
              ON seats.show_id = :show_id
             AND coalesce(seats.section, '') = given.section
             AND coalesce(seats.row, '') = given.row
             AND seats.neighbour_order = given.neighbour_order
        """),
        {"show_id": show_id, "sections": list(sections), "rows": list(rows), "orders": list(orders)},
    )
    return {(row.section, row.row, row.neighbour_order) for row in found}
