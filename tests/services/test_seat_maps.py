"""How the seats of a show stand: counted for a buyer's map, and in a client's list."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.scenes import Scene
from tests.services.reading import how_they_stand, seats_read
from webapp.services import reservations, seat_maps, seating
from webapp.services.plans.plan import Plan, PlanCategory, PlanSeat
from webapp.services.seat_maps import FreeSeats
from webapp.services.seating import Seat
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


def free_seats(show: Show) -> FreeSeats:
    """How many seats of the show are free just now."""
    standing = seat_maps.standing_of(show.id)
    return seat_maps.free_seats(seat_maps.chart_of(show.id, standing.plan_version), standing)


def test_free_seats_are_counted_by_category_and_part_and_in_all(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer, seats="")
    seating.add_plan(organizer, show.id, a_plan())
    dear, cheap = (category.id for category in seat_maps.categories_of(show.id))
    for _ in range(2):  # the second time it is remembered
        assert free_seats(show).by_category == {dear: 2, cheap: 2}
    held = scene.hold(scene.user(), show, "A1")[0]
    assert free_seats(show).by_category == {dear: 1, cheap: 2}
    assert list(free_seats(show).by_part.values()) == [3]
    scene.lapse(held)
    assert scene.statuses(show) == {"A1": ["HELD"]}, "a lapsed hold is free before anybody marked it"
    scene.hold(scene.user(), show, "B2", "B3")
    assert free_seats(show).by_category == {dear: 2, cheap: 0}
    assert free_seats(show).in_all == 2


def test_free_seats_follow_a_plan_that_grows(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer, seats="C1-C3")
    assert free_seats(show).in_all == 3
    seating.add_plan(organizer, show.id, a_plan())
    assert free_seats(show).in_all == 7


def test_a_client_reads_how_seats_stand_and_until_when(scene: Scene) -> None:
    show, buyer = scene.show(seats="A1-A3"), scene.user()
    held, sold = scene.hold(buyer, show, "A1", "A2")
    reservations.confirm(buyer, sold.id)
    found = how_they_stand(seat_maps.availability(show.id))
    assert [(seat.seat_number, seat.status, seat.hold_expiry) for seat in found] == [
        ("A1", "HELD", held.hold_expiry),
        ("A2", "CONFIRMED", None),
        ("A3", "AVAILABLE", None),
    ]


ODD = ['A "quoted"', "back\\slash", "Zoë ☃ 座", "😀", "</script>", "a/b", "\u2028", "100%", "{:show_id}"]


def test_the_database_writes_each_seat_as_its_schema_would(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer, seats="")
    price = [PlanCategory(name='Zoë\'s "best"', price=0)]
    labels = [seating.labelled_seat(f"A{number}", category=price[0].name) for number in range(len(ODD) + 3)]
    seating.add_seats(organizer, show.id, [replace(labels[0], accessibility="companion", step_free=True)], price)
    seating.add_seats(organizer, show.id, labels[1:], price)
    with scene.history() as connection:
        for number, odd in enumerate(ODD):
            connection.execute(
                "UPDATE seats SET seat_number = %s, section = %s, row = NULL WHERE seat_number = %s",
                (odd, odd, f"A{number}"),
            )
        connection.execute("UPDATE seats SET number = NULL, section = ''")
    seats = scene.rows("SELECT id FROM seats ORDER BY id")
    held = scene.hold(buyer, show, f"A{len(ODD)}", f"A{len(ODD) + 1}")
    with scene.history() as connection:
        for one, moment in zip(held, ("2199-12-31 23:59:59.000001+00", "2030-06-01 12:00:00+03"), strict=True):
            connection.execute(
                "UPDATE reservations SET hold_expiry = %(at)s, created_at = %(at)s::timestamptz - interval '1 minute' "
                "WHERE id = %(id)s",
                {"at": moment, "id": one.id},
            )
    found = how_they_stand(seat_maps.availability(show.id))
    assert [seat.seat_number for seat in found][: len(ODD)] == ODD
    expected = {
        f"A{len(ODD)}": datetime(2199, 12, 31, 23, 59, 59, 1, tzinfo=UTC),
        f"A{len(ODD) + 1}": datetime(2030, 6, 1, 9, tzinfo=UTC),
    }
    assert {seat.seat_number: seat.hold_expiry for seat in found if seat.status == "HELD"} == expected
    read = seats_read(seating.written_seats(show.id))
    assert seating.seats_of(show.id) == [Seat(**one.model_dump()) for one in read]
    assert [one.id for one in read] == [row["id"] for row in seats]
    assert how_they_stand(seat_maps.availability(show.id, section="nowhere")) == []


@pytest.mark.parametrize(
    ("status", "numbers"), [("HELD", ["A1"]), ("CONFIRMED", ["A2"]), ("AVAILABLE", ["A3", "B3", "B2"])]
)
def test_a_client_reads_seats_of_one_status_or_section_in_pages(scene: Scene, status: str, numbers: list[str]) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer, seats="A3")
    seating.add_plan(organizer, show.id, a_plan())
    _, sold = scene.hold(buyer, show, "A1", "A2")
    reservations.confirm(buyer, sold.id)
    assert [seat.seat_number for seat in how_they_stand(seat_maps.availability(show.id, status=status))] == numbers
    assert [seat.seat_number for seat in how_they_stand(seat_maps.availability(show.id, section="Circle"))] == [
        "B3",
        "B2",
    ]
    first = how_they_stand(seat_maps.availability(show.id, limit=2))
    rest = how_they_stand(seat_maps.availability(show.id, limit=9, after=first[-1].seat_id))
    assert [seat.seat_number for seat in (*first, *rest)] == ["A3", "A1", "A2", "B3", "B2"]
