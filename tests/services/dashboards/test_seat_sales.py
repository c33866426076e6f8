"""Which seats went first."""

from tests.scenes import Scene
from tests.services.dashboards.pasts import THEN, Hold, hours, keep, play
from webapp.services import dashboards
from webapp.services.dashboards import Dashboard, GroupSales
from webapp.services.shows import Show


def sold(scene: Scene, *holds: Hold, seats: str = "A1-A5, B1-B5") -> Dashboard:
    """The dashboard of a show in which this happened."""
    organizer = scene.user("Olga")
    show = scene.show(organizer, seats=seats)
    play(scene, show, holds)
    return dashboards.dashboard(organizer, show.id)


def numbers(found: Dashboard) -> list[tuple[str, int | None]]:
    """The seats in the order they went, with their ranks."""
    return [(sale.seat.seat_number, sale.rank) for sale in found.order.sales(found.chart.seats.values())]


def test_seats_are_told_in_the_order_they_were_sold_and_then_the_unsold(scene: Scene) -> None:
    found = sold(
        scene,
        Hold("A3", hours(1), "bought"),
        Hold("B1", hours(0), "bought"),
        Hold("A1", hours(0), "expired"),
        seats="A1-A3, B1",
    )
    assert numbers(found) == [("B1", 1), ("A3", 2), ("A1", None), ("A2", None)]
    first = found.order.sales(found.chart.seats.values())[0]
    assert first.first_sold_at == THEN + hours(5 / 60)


def test_a_seat_that_was_sold_twice_went_when_it_was_first_sold(scene: Scene) -> None:
    found = sold(
        scene,
        Hold("A1", hours(0), "bought", cancelled=hours(2)),
        Hold("A2", hours(1), "bought"),
        Hold("A1", hours(3), "bought"),
        seats="A1-A2",
    )
    assert numbers(found) == [("A1", 1), ("A2", 2)]


def test_the_sold_seats_fall_into_five_classes_of_the_same_size(scene: Scene) -> None:
    order = [f"{row}{number}" for number in range(1, 6) for row in "AB"]
    found = sold(scene, *(Hold(seat, hours(place), "bought") for place, seat in enumerate(order)))
    classes = found.order.classes()
    assert [classes[seat_id] for seat_id in found.order.seat_ids] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_a_row_is_half_sold_with_the_seat_that_makes_it_half(scene: Scene) -> None:
    found = sold(
        scene,
        *(Hold(seat, hours(place), "bought") for place, seat in enumerate(["A1", "A2", "A3", "B1", "B2"])),
    )
    rows = found.order.by_group({seat.id: seat.row for seat in found.chart.seats.values()})
    minutes = hours(5 / 60)
    assert rows == {
        "A": GroupSales(5, 3, THEN + minutes, THEN + hours(2) + minutes, 2, [1, 1, 1, 0, 0, 2]),
        "B": GroupSales(5, 2, THEN + hours(3) + minutes, None, None, [0, 0, 0, 1, 1, 3]),
    }


def test_nothing_sold_is_no_order(scene: Scene) -> None:
    found = sold(scene, Hold("A1", hours(0), "expired"))
    assert (found.order.seat_ids, found.order.classes()) == ([], {})
    rows = found.order.by_group({seat.id: seat.row for seat in found.chart.seats.values()})
    assert rows["A"] == GroupSales(5, 0, None, None, None, [0, 0, 0, 0, 0, 5])


def test_what_the_house_keeps_was_never_sold(scene: Scene) -> None:
    organizer = scene.user("Olga")
    show: Show = scene.show(organizer)
    keep(scene, show, organizer, "A1")
    assert dashboards.dashboard(organizer, show.id).order.seat_ids == []
