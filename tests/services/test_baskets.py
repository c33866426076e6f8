"""A basket: what one buyer has in one show."""

from tests.scenes import Scene
from webapp.services import reservations
from webapp.services.baskets import basket


def test_a_basket_has_what_one_holds_and_what_one_bought_in_this_show(scene: Scene) -> None:
    show, buyer = scene.show(price=1500), scene.user()
    first, sold, released, lapsed = scene.hold(buyer, show, "A1", "A2", "A3", "A4")
    [second] = scene.hold(buyer, show, "A5", minutes=1)
    reservations.confirm(buyer, sold.id)
    reservations.release(buyer, released.id)
    scene.lapse(lapsed)
    scene.hold(buyer, scene.show(), "A1")
    scene.hold(scene.user(), show, "A6")
    mine = basket(show.id, buyer)
    assert [seat.reservation_id for seat in mine.holds] == [first.id, second.id]
    assert [seat.reservation_id for seat in mine.bought] == [sold.id]
    assert (mine.total, mine.hold_expiry) == (3000, second.hold_expiry)


def test_nobodys_basket_is_empty(scene: Scene) -> None:
    show = scene.show()
    for empty in (basket(show.id, None), basket(show.id, scene.user())):
        assert (list(empty.holds), list(empty.bought), empty.total, empty.hold_expiry) == ([], [], 0, None)
