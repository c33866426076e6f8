"""What one has just lost or given back oneself: to be had again, but not for ever."""

from tests.scenes import Scene
from tests.services.fairness.waits import STEP, had, pass_time, told_to_wait
from webapp.services import reservations
from webapp.services.asker import Asker
from webapp.services.reservations import Reservation
from webapp.services.shows import Show


def lapse(scene: Scene, held: Reservation) -> None:
    """Let just so much time pass that the hold is over."""
    [row] = scene.rows(
        "SELECT extract(epoch FROM hold_expiry - clock_timestamp())::float AS rest FROM reservations WHERE id = %s",
        held.id,
    )
    pass_time(scene, row["rest"])


def take_again(scene: Scene, buyer: Asker, show: Show, held: Reservation) -> Reservation:
    """Give the seat back and hold it again."""
    reservations.release(buyer, held.id)
    return scene.hold(buyer, show, held.seat_number, minutes=20)[0]


def test_who_takes_back_what_they_gave_back_goes_on_with_the_same_end(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    had(scene, show, buyer, "A1", "A2", "A3")
    held = first = scene.hold(buyer, show, "A4", minutes=5)[0]
    for _ in range(5):
        held = take_again(scene, buyer, show, held)
        assert held.hold_expiry == first.hold_expiry
    assert held.id != first.id


def test_it_is_extended_no_more_if_it_was(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    held = scene.hold(buyer, show, "A1", minutes=5)[0]
    [extended] = reservations.extend_basket(buyer, show.id)
    again = take_again(scene, buyer, show, held)
    assert again.hold_expiry == extended.hold_expiry
    assert reservations.extend_basket(buyer, show.id)[0].hold_expiry == extended.hold_expiry


def test_later_it_is_a_seat_like_any(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    held = scene.hold(buyer, show, "A1", minutes=5)[0]
    reservations.release(buyer, held.id)
    pass_time(scene, 11 * STEP)
    assert scene.hold(buyer, show, "A1", minutes=20)[0].hold_expiry > held.hold_expiry


def test_who_was_too_slow_may_hold_once_more_at_once_but_not_for_ever(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    had(scene, show, buyer, "A1", "A2")
    lapse(scene, scene.hold(buyer, show, "A3", minutes=5)[0])
    lapse(scene, scene.hold(buyer, show, "A3", minutes=5)[0])
    told_to_wait(scene, show, buyer, "A3")
    pass_time(scene, 9 * STEP)
    told_to_wait(scene, show, buyer, "A3")
    scene.hold(scene.user(), show, "A3")


def test_nobody_else_wanted_it_then_it_is_theirs_once_more(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    lapse(scene, scene.hold(buyer, show, "A3", minutes=5)[0])
    lapse(scene, scene.hold(buyer, show, "A3", minutes=5)[0])
    pass_time(scene, 10 * STEP)
    scene.hold(buyer, show, "A3")


def test_who_lets_it_lapse_between_giving_it_back_and_taking_it_does_not_have_it_for_ever_either(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    lapse(scene, scene.hold(buyer, show, "A1", minutes=5)[0])
    held = take_again(scene, buyer, show, scene.hold(buyer, show, "A1", minutes=5)[0])
    lapse(scene, held)
    told_to_wait(scene, show, buyer, "A1")


def test_who_gave_it_back_until_its_time_was_over_was_too_slow(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    held = scene.hold(buyer, show, "A1", minutes=1)[0]
    pass_time(scene, 60 - STEP / 2)
    reservations.release(buyer, held.id)
    pass_time(scene, STEP)
    assert scene.hold(buyer, show, "A1", minutes=1)[0].status == "HELD"
