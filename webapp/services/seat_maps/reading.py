"""How the seats of a show stand: as a list for clients, and as a map for buyers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, text

from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted
from webapp.services.reservations.reading import LIVE_RESERVATION

Availability = Literal["available", "held", "sold", "yours"]


@dataclass(frozen=True)
class Category:
    """A price class; `rank` 0 is the dearest."""

    id: int
    name: str
    price: int
    rank: int


@dataclass(frozen=True)
class CategoryOnMap(Category):
    """A price class in the legend of a map, with the number of its free seats."""

    available: int


@dataclass(frozen=True, slots=True)
class MapSeat:
    """A seat as one viewer sees it; one's own has its `reservation_id`, and is `confirmed` once it is bought."""

    id: int
    seat_number: str
    section: str | None
    row: str | None
    number: str | None
    neighbour_order: int | None
    category: Category
    availability: Availability
    reservation_id: int | None
    confirmed: bool


@dataclass(frozen=True)
class MapRow:
    """A row of seats, in the order people sit."""

    name: str | None
    seats: Sequence[MapSeat]


@dataclass(frozen=True)
class Section:
    """A part of the house."""

    name: str | None
    rows: Sequence[MapRow]


@dataclass(frozen=True)
class SeatMap:
    """All seats of a show by section and row, in the order of their plan."""

    sections: Sequence[Section]
    categories: Sequence[CategoryOnMap]
    seats: int
    available: int


@dataclass(frozen=True)
class SeatAvailability:
    """How a seat stands, as clients read it; `hold_expiry` only while it is HELD."""

    seat_id: int
    seat_number: str
    status: Literal["AVAILABLE", "HELD", "CONFIRMED"]
    hold_expiry: datetime | None


def seat_map(show_id: int, viewer: Asker | None) -> SeatMap:
    """The seat map of the show as the viewer sees it."""
    seats, categories = _read(show_id, viewer)
    free = Counter(seat.category.id for seat in seats if seat.availability == "available")
    return SeatMap(
        sections=_sections(seats),
        categories=[CategoryOnMap(one.id, one.name, one.price, one.rank, free[one.id]) for one in categories],
        seats=len(seats),
        available=sum(seat.availability == "available" for seat in seats),
    )


def map_seats(show_id: int, viewer: Asker | None, seat_ids: Sequence[int]) -> Sequence[MapSeat]:
    """Some seats of the show as the viewer sees them, in the order of the plan."""
    return _read(show_id, viewer, seat_ids)[0]


def _read(
    show_id: int, viewer: Asker | None, seat_ids: Sequence[int] | None = None
) -> tuple[Sequence[MapSeat], Sequence[Category]]:
    """The seats, all or those with `seat_ids`, and the categories of the show."""
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"""
                SELECT seats.id, seats.seat_number, seats.section, seats.row, seats.number, seats.neighbour_order,
                       seats.category_id, reservations.id AS reservation_id, reservations.user_id, reservations.status
                FROM seats
                {LIVE_RESERVATION}
                WHERE seats.show_id = :show_id
                  AND (CAST(:seat_ids AS bigint[]) IS NULL OR seats.id = ANY(:seat_ids))
                ORDER BY seats.id
            """),  # noqa: S608 -- made of constants
            {"show_id": show_id, "seat_ids": None if seat_ids is None else list(seat_ids)},
        ).all()
    # Read after the seats, so that the category of a seat just added is among them.
    categories = categories_of(show_id)
    by_id = {category.id: category for category in categories}
    return [_map_seat(row, viewer, by_id) for row in rows], categories


def categories_of(show_id: int) -> Sequence[Category]:
    """The price classes of the show, dearest first."""
    with autocommitted() as connection:
        rows = connection.execute(
            text("""
                SELECT id, name, price
                FROM categories
                WHERE show_id = :show_id
                ORDER BY price DESC, id
            """),
            {"show_id": show_id},
        )
        return [Category(row.id, row.name, row.price, rank) for rank, row in enumerate(rows)]


def availability(
    show_id: int,
    *,
    status: str | None = None,
    section: str | None = None,
    limit: int | None = None,
    after: int | None = None,
) -> Sequence[SeatAvailability]:
    """How the seats of the show stand, by id; at most `limit` of those with an id above `after`."""
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"""
                SELECT seats.id, seats.seat_number, coalesce(reservations.status, 'AVAILABLE') AS status,
                       CASE WHEN reservations.status = 'HELD' THEN reservations.hold_expiry END AS hold_expiry
                FROM seats
                {LIVE_RESERVATION}
                WHERE seats.show_id = :show_id
                  AND (CAST(:status AS text) IS NULL OR coalesce(reservations.status, 'AVAILABLE') = :status)
                  AND (CAST(:section AS text) IS NULL OR seats.section = :section)
                  AND (CAST(:after AS bigint) IS NULL OR seats.id > :after)
                ORDER BY seats.id
                LIMIT CAST(:limit AS bigint)
            """),  # noqa: S608 -- made of constants
            {"show_id": show_id, "status": status, "section": section, "after": after, "limit": limit},
        )
        return [SeatAvailability(*row) for row in rows]


def _map_seat(row: Row[Any], viewer: Asker | None, categories: dict[int, Category]) -> MapSeat:
    yours = viewer is not None and row.user_id == viewer.id
    seen: Availability = "available" if row.status is None else "held" if row.status == "HELD" else "sold"
    return MapSeat(
        id=row.id,
        seat_number=row.seat_number,
        section=row.section,
        row=row.row,
        number=row.number,
        neighbour_order=row.neighbour_order,
        category=categories[row.category_id],
        availability="yours" if yours else seen,
        reservation_id=row.reservation_id if yours else None,
        confirmed=yours and row.status == "CONFIRMED",
    )


def _sections(seats: Sequence[MapSeat]) -> Sequence[Section]:
    """The seats by section and row, each where its first seat stands in the plan."""
    rows: dict[str | None, dict[str | None, list[MapSeat]]] = {}
    for seat in seats:
        rows.setdefault(seat.section, {}).setdefault(seat.row, []).append(seat)
    return [
        Section(section, [MapRow(row, sorted(members, key=_along_the_row)) for row, members in of_section.items()])
        for section, of_section in rows.items()
    ]


def _along_the_row(seat: MapSeat) -> tuple[int, int]:
    return (seat.id if seat.neighbour_order is None else seat.neighbour_order, seat.id)
