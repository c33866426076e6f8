"""Reservations as their buyers read them."""

import pytest

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
    assert reservations.of_buyer(buyer, status="HELD") == []
    assert [one.id for one in reservations.of_buyer(buyer, status="EXPIRED")] == [held.id]


def test_a_buyer_reads_their_own_reservations_newest_first(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    first, second, third = (scene.hold(buyer, show, number)[0].id for number in ("A1", "A2", "A3"))
    scene.hold(scene.user(), show, "A4")
    assert [one.id for one in reservations.of_buyer(buyer)] == [third, second, first]
    assert [one.id for one in reservations.of_buyer(buyer, limit=2)] == [third, second]
    assert [one.id for one in reservations.of_buyer(buyer, limit=2, before=second)] == [first]


@pytest.mark.parametrize("status", ["HELD", "CONFIRMED", "CANCELLED", "EXPIRED"])
def test_a_buyer_reads_those_of_one_status_or_one_show(scene: Scene, status: str) -> None:
    show, other, buyer = scene.show(), scene.show(), scene.user()
    held, sold, released, lapsed = scene.hold(buyer, show, "A1", "A2", "A3", "A4")
    reservations.confirm(buyer, sold.id)
    reservations.release(buyer, released.id)
    scene.lapse(lapsed)
    elsewhere = scene.hold(buyer, other, "A1")[0]
    expected = {"HELD": held, "CONFIRMED": sold, "CANCELLED": released, "EXPIRED": lapsed}[status]
    assert [one.id for one in reservations.of_buyer(buyer, status=status, show_id=show.id)] == [expected.id]
    assert [one.id for one in reservations.of_buyer(buyer, show_id=other.id)] == [elsewhere.id]
