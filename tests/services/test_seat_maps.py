"""How the seats of a show stand: the same truth on a buyer's map and in a client's list."""

import pytest

from tests.scenes import Scene
from webapp.services import reservations, seat_maps, seating
from webapp.services.asker import Asker
from webapp.services.plans.plan import Plan, PlanCategory, PlanSeat
from webapp.services.seat_maps import MapSeat
from webapp.services.shows import Show


def a_plan() -> Plan:
    """Two sections; the second has a row that is numbered from right to left, with an aisle."""
    places = [("Stalls", "A", "1", 1), ("Stalls", "A", "2", 2), ("Circle", "B", "3", 9), ("Circle", "B", "2", 8)]
    seats = [
        PlanSeat(
            seat_number=f"{row}{number}",
            section=section,
            row=row,
            number=number,
            neighbour_order=order,
            x=None,
            y=None,
            category="Dear" if section == "Stalls" else "Cheap",
            plan_seat_id=None,
        )
        for section, row, number, order in places
    ]
    return Plan(
        name=None, seats=seats, categories=[PlanCategory(name="Cheap", price=10), PlanCategory(name="Dear", price=90)]
    )


def everything(show: Show, viewer: Asker | None) -> list[MapSeat]:
    """All seats of the map as the viewer sees it, section by section and row by row."""
    sections = seat_maps.seat_map(show.id, viewer).sections
    return [seat for section in sections for row in section.rows for seat in row.seats]


def standing(show: Show, viewer: Asker | None) -> dict[str, str]:
    """The availability of each seat that the viewer does not see as available."""
    seats = everything(show, viewer)
    return {seat.seat_number: seat.availability for seat in seats if seat.availability != "available"}


def test_everybody_sees_what_is_held_and_sold_and_a_buyer_what_is_theirs(scene: Scene) -> None:
    show, buyer, other = scene.show(), scene.user(), scene.user()
    held, sold, released, lapsed = scene.hold(buyer, show, "A1", "A2", "A3", "A4")
    reservations.confirm(buyer, sold.id)
    reservations.release(buyer, released.id)
    scene.lapse(lapsed)
    assert standing(show, buyer) == {"A1": "yours", "A2": "yours"}
    assert standing(show, other) == standing(show, None) == {"A1": "held", "A2": "sold"}
    mine = everything(show, buyer)[:3]
    assert [(seat.reservation_id, seat.confirmed) for seat in mine] == [
        (held.id, False),
        (sold.id, True),
        (None, False),
    ]
    assert {seat.reservation_id for seat in everything(show, other)} == {None}


def test_a_lapsed_hold_is_available_before_anybody_marked_it(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    [lapsed] = scene.hold(buyer, show, "A1")
    scene.lapse(lapsed)
    assert scene.statuses(show) == {"A1": ["HELD"]}
    assert standing(show, buyer) == {}
    assert seat_maps.seat_map(show.id, buyer).available == 10
    assert {seat.status for seat in seat_maps.availability(show.id)} == {"AVAILABLE"}


def test_a_map_has_sections_and_rows_in_the_order_of_the_plan_and_seats_as_people_sit(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer, seats="")
    seating.add_plan(organizer, show.id, a_plan())
    scene.hold(scene.user(), show, "A1")
    found = seat_maps.seat_map(show.id, None)
    assert [
        (section.name, row.name, [seat.number for seat in row.seats])
        for section in found.sections
        for row in section.rows
    ] == [("Stalls", "A", ["1", "2"]), ("Circle", "B", ["2", "3"])]
    assert [(one.name, one.price, one.rank, one.available) for one in found.categories] == [
        ("Dear", 90, 0, 1),
        ("Cheap", 10, 1, 2),
    ]
    assert (found.seats, found.available) == (4, 3)


def test_a_part_of_the_map_has_the_seats_asked_for_and_no_other_shows(scene: Scene) -> None:
    show, other = scene.show(), scene.show()
    ids = [seat.id for seat in seating.seats_of(show.id)]
    theirs = [seat.id for seat in seating.seats_of(other.id)]
    found = seat_maps.map_seats(show.id, None, [ids[3], ids[0], theirs[0]])
    assert [seat.seat_number for seat in found] == ["A1", "A4"]


def test_a_client_reads_how_seats_stand_and_until_when(scene: Scene) -> None:
    show, buyer = scene.show(seats="A1-A3"), scene.user()
    held, sold = scene.hold(buyer, show, "A1", "A2")
    reservations.confirm(buyer, sold.id)
    found = seat_maps.availability(show.id)
    assert [(seat.seat_number, seat.status, seat.hold_expiry) for seat in found] == [
        ("A1", "HELD", held.hold_expiry),
        ("A2", "CONFIRMED", None),
        ("A3", "AVAILABLE", None),
    ]


@pytest.mark.parametrize(
    ("status", "numbers"), [("HELD", ["A1"]), ("CONFIRMED", ["A2"]), ("AVAILABLE", ["A3", "B3", "B2"])]
)
def test_a_client_reads_seats_of_one_status_or_section_in_pages(scene: Scene, status: str, numbers: list[str]) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer, seats="A3")
    seating.add_plan(organizer, show.id, a_plan())
    _, sold = scene.hold(buyer, show, "A1", "A2")
    reservations.confirm(buyer, sold.id)
    assert [seat.seat_number for seat in seat_maps.availability(show.id, status=status)] == numbers
    assert [seat.seat_number for seat in seat_maps.availability(show.id, section="Circle")] == ["B3", "B2"]
    first = seat_maps.availability(show.id, limit=2)
    rest = seat_maps.availability(show.id, limit=9, after=first[-1].seat_id)
    assert [seat.seat_number for seat in (*first, *rest)] == ["A3", "A1", "A2", "B3", "B2"]
