"""Seats that the asker would have to wait for are neither chosen for them nor offered to them."""

import pytest

from tests.scenes import Scene
from tests.services.fairness.waits import STEP, come_back, had, pass_time
from tests.services.offers.halls import hall, numbers
from webapp.services import box_office, house_seats, offers, reservations
from webapp.services.refusals import OthersFirst
from webapp.services.reservations import SeatChoice


def test_the_best_seats_are_chosen_among_those_that_need_no_wait(scene: Scene) -> None:
    show, buyer = hall(scene, {"A": "...", "B": "..."}), scene.user()
    had(scene, show, buyer, "B1")
    come_back(scene, show, "A1", "A2", "A3")
    found = offers.best_available.hold(buyer, show.id, offers.Wanted(2), minutes=5)
    assert [one.seat_number for one in found.reservations] == ["B2", "B3"]
    found = offers.best_available.hold(scene.user(), show.id, offers.Wanted(2), minutes=5)
    assert {one.seat_number[0] for one in found.reservations} == {"A"}


def test_where_all_would_have_to_be_waited_for_that_is_told(scene: Scene) -> None:
    show, buyer = hall(scene, {"A": "xx.", "B": "xx."}), scene.user()
    had(scene, show, buyer, "B3")
    come_back(scene, show, "A3")
    with pytest.raises(OthersFirst) as caught:
        offers.best_available.hold(buyer, show.id, offers.Wanted(1), minutes=5)
    assert [seat["seat_number"] for seat in caught.value.facts["seats"]] == ["A3"]
    assert caught.value.offers == []
    pass_time(scene, 2 * STEP)
    offers.best_available.hold(buyer, show.id, offers.Wanted(1), minutes=5)


def test_instead_of_a_seat_that_is_for_others_first_the_nearest_are_offered_that_are_not(scene: Scene) -> None:
    show, buyer = hall(scene, {"A": ".....", "B": "....."}), scene.user()
    had(scene, show, buyer, "B5")
    come_back(scene, show, "A2", "A3")
    choice = SeatChoice(show_id=show.id, seat_numbers=("A2",))
    with pytest.raises(OthersFirst) as caught:
        offers.chosen.hold(buyer, choice, minutes=5)
    found = numbers(caught.value.offers)
    assert ["A1"] in found
    assert not {("A2",), ("A3",)} & {tuple(offer) for offer in found}


def test_the_house_and_who_is_moved_wait_for_nothing(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    had(scene, show, buyer, "A1", "A2")
    [sold, _] = [reservations.confirm(buyer, one.id) for one in scene.hold(buyer, show, "A1", "A2")]
    come_back(scene, show, "A3", "A4")
    moved = box_office.move(organizer, show.id, sold.id, SeatChoice(show_id=show.id, seat_numbers=("A3",)))
    assert moved.seat_number == "A3"
    assert scene.rows("SELECT came_back_at FROM reservations WHERE id = %s", moved.id)[0]["came_back_at"] is None
    kept = house_seats.Choice(show.id, seat_numbers=("A4",))
    house_seats.block(organizer, kept, reason="Press", until=house_seats.Until())
    assert scene.statuses(show)["A4"][-1] == "HELD"
