"""Reservations as their buyers read them."""

from tests.scenes import Scene
from webapp.services import reservations


def test_a_reservation_says_where_the_seat_is_for_what_show_and_at_what_price(scene: Scene) -> None:
    show, buyer = scene.show(title="Macbeth", price=1200), scene.user()
    [held] = scene.hold(buyer, show, "A7")
    read = reservations.one(buyer, held.id)
    assert (read.id, read.seat_id, read.status, read.price) == (held.id, held.seat_id, "HELD", 1200)
    assert (read.seat_number, read.row, read.number, read.category_name) == ("A7", "A", "7", "Stalls")
    assert (read.show_title, read.starts_at, read.currency) == ("Macbeth", show.starts_at, "EUR")


def test_a_lapsed_hold_reads_as_expired_before_anybody_marked_it(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    [held] = scene.hold(buyer, show, "A1")
    scene.lapse(held)
    assert scene.statuses(show) == {"A1": ["HELD"]}
    assert reservations.one(buyer, held.id).status == "EXPIRED"
    assert [one.status for one in reservations.of_buyer(buyer)] == ["EXPIRED"]
    assert reservations.of_buyer(buyer, reservations.Wanted(status="HELD")) == []
    assert [one.id for one in reservations.of_buyer(buyer, reservations.Wanted(status="EXPIRED"))] == [held.id]
