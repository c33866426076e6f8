"""How a hold ends: bought, given back, or over; and what can be asked twice."""

from collections.abc import Callable

import pytest

from tests.scenes import Scene
from webapp.services import reservations, shows
from webapp.services.asker import Asker
from webapp.services.refusals import AlreadyConfirmed, HoldExpired, HoldReleased, NotFound
from webapp.services.reservations import Reservation


@pytest.fixture
def buyer(scene: Scene) -> Asker:
    """Somebody who buys."""
    return scene.user()


@pytest.fixture
def show(scene: Scene) -> shows.Show:
    """A show on sale."""
    return scene.show()


@pytest.fixture
def held(scene: Scene, show: shows.Show, buyer: Asker) -> Reservation:
    """The buyer's hold of A1."""
    return scene.hold(buyer, show, "A1")[0]


def test_a_confirmed_hold_is_a_sale_however_often_it_is_confirmed(
    scene: Scene, show: shows.Show, buyer: Asker, held: Reservation
) -> None:
    first, again = reservations.confirm(buyer, held.id), reservations.confirm(buyer, held.id)
    assert scene.statuses(show) == {"A1": ["CONFIRMED"]}
    assert first == again
    assert (first.id, first.status, first.hold_expiry) == (held.id, "CONFIRMED", held.hold_expiry)


def test_a_sale_stays_when_the_time_of_its_hold_is_over(
    scene: Scene, show: shows.Show, buyer: Asker, held: Reservation
) -> None:
    reservations.confirm(buyer, held.id)
    scene.lapse(held)
    assert reservations.expire_lapsed() == 0
    assert reservations.confirm(buyer, held.id).status == "CONFIRMED"
    assert scene.statuses(show) == {"A1": ["CONFIRMED"]}


def test_a_released_seat_is_free_however_often_it_is_released(
    scene: Scene, show: shows.Show, buyer: Asker, held: Reservation
) -> None:
    first, again = reservations.release(buyer, held.id), reservations.release(buyer, held.id)
    assert scene.statuses(show) == {"A1": ["CANCELLED"]}
    assert first == again
    assert first.status == "CANCELLED"
    scene.hold(scene.user(), show, "A1")
    assert scene.statuses(show) == {"A1": ["CANCELLED", "HELD"]}


def test_a_hold_confirmed_too_late_is_expired_from_then_on(
    scene: Scene, show: shows.Show, buyer: Asker, held: Reservation
) -> None:
    scene.lapse(held)
    for _ in range(2):
        with pytest.raises(HoldExpired) as refusal:
            reservations.confirm(buyer, held.id)
        assert scene.statuses(show) == {"A1": ["EXPIRED"]}
    assert refusal.value.facts == {"seats": [{"seat_id": held.seat_id, "seat_number": "A1"}]}


def test_a_hold_released_too_late_is_expired(scene: Scene, show: shows.Show, buyer: Asker, held: Reservation) -> None:
    scene.lapse(held)
    with pytest.raises(HoldExpired):
        reservations.release(buyer, held.id)
    assert scene.statuses(show) == {"A1": ["EXPIRED"]}


def test_a_bought_seat_is_not_released(scene: Scene, show: shows.Show, buyer: Asker, held: Reservation) -> None:
    reservations.confirm(buyer, held.id)
    with pytest.raises(AlreadyConfirmed):
        reservations.release(buyer, held.id)
    assert scene.statuses(show) == {"A1": ["CONFIRMED"]}


def test_a_released_hold_is_not_confirmed(scene: Scene, show: shows.Show, buyer: Asker, held: Reservation) -> None:
    reservations.release(buyer, held.id)
    with pytest.raises(HoldReleased):
        reservations.confirm(buyer, held.id)
    assert scene.statuses(show) == {"A1": ["CANCELLED"]}


@pytest.mark.parametrize("end", [reservations.confirm, reservations.release, reservations.one])
def test_somebody_elses_hold_is_not_to_be_found(
    scene: Scene, show: shows.Show, held: Reservation, end: Callable[[Asker, int], Reservation]
) -> None:
    with pytest.raises(NotFound) as theirs:
        end(scene.user(), held.id)
    with pytest.raises(NotFound) as nobodys:
        end(scene.user(), held.id + 1000)
    assert scene.statuses(show) == {"A1": ["HELD"]}
    assert theirs.value.sentence.replace(str(held.id), str(held.id + 1000)) == nobodys.value.sentence


def test_a_live_hold_can_be_confirmed_after_the_show_has_begun(
    scene: Scene, show: shows.Show, buyer: Asker, held: Reservation
) -> None:
    scene.begin(show)
    assert reservations.confirm(buyer, held.id).status == "CONFIRMED"
    assert scene.statuses(show) == {"A1": ["CONFIRMED"]}


def test_a_whole_basket_is_confirmed_however_often_it_is_sent(scene: Scene, show: shows.Show, buyer: Asker) -> None:
    ids = [held.id for held in scene.hold(buyer, show, "A1", "A2", "A3")]
    first = reservations.confirm_basket(buyer, show.id, [ids[2], ids[0], ids[1], ids[0]])
    again = reservations.confirm_basket(buyer, show.id, ids)
    assert scene.statuses(show) == {"A1": ["CONFIRMED"], "A2": ["CONFIRMED"], "A3": ["CONFIRMED"]}
    assert first == again
    assert [sale.seat_number for sale in first] == ["A1", "A2", "A3"]


def test_of_a_basket_with_a_lapsed_hold_nothing_is_confirmed(scene: Scene, show: shows.Show, buyer: Asker) -> None:
    holds = scene.hold(buyer, show, "A1", "A2", "A3")
    scene.lapse(holds[1])
    with pytest.raises(HoldExpired) as refusal:
        reservations.confirm_basket(buyer, show.id, [held.id for held in holds])
    assert scene.rows("SELECT id FROM reservations WHERE status = 'CONFIRMED'") == []
    assert [reservations.one(buyer, held.id).status for held in holds] == ["HELD", "EXPIRED", "HELD"]
    assert [seat["seat_number"] for seat in refusal.value.facts["seats"]] == ["A2"]


def test_of_a_basket_with_a_released_hold_nothing_is_confirmed(scene: Scene, show: shows.Show, buyer: Asker) -> None:
    holds = scene.hold(buyer, show, "A1", "A2")
    reservations.release(buyer, holds[0].id)
    with pytest.raises(HoldReleased):
        reservations.confirm_basket(buyer, show.id, [held.id for held in holds])
    assert scene.statuses(show) == {"A1": ["CANCELLED"], "A2": ["HELD"]}


@pytest.mark.parametrize("whose", ["another buyer's", "another show's", "nobody's"])
def test_of_a_basket_with_a_hold_that_is_not_in_it_nothing_is_confirmed(
    scene: Scene, show: shows.Show, buyer: Asker, held: Reservation, whose: str
) -> None:
    if whose == "another buyer's":
        strange = scene.hold(scene.user(), show, "A2")[0].id
    else:
        strange = scene.hold(buyer, scene.show(), "A2")[0].id + (1000 if whose == "nobody's" else 0)
    with pytest.raises(NotFound):
        reservations.confirm_basket(buyer, show.id, [held.id, strange])
    assert scene.rows("SELECT DISTINCT status FROM reservations") == [{"status": "HELD"}]


def test_the_sweep_marks_lapsed_holds_and_nothing_else(scene: Scene, show: shows.Show, buyer: Asker) -> None:
    lapsed, live, sold, released = scene.hold(buyer, show, "A1", "A2", "A3", "A4")
    reservations.confirm(buyer, sold.id)
    reservations.release(buyer, released.id)
    scene.lapse(lapsed, sold, released)
    assert reservations.expire_lapsed() == 1
    assert scene.statuses(show) == {"A1": ["EXPIRED"], "A2": ["HELD"], "A3": ["CONFIRMED"], "A4": ["CANCELLED"]}
    assert reservations.expire_lapsed() == 0
    assert live.status == "HELD"


def test_while_one_process_sweeps_the_others_do_not(scene: Scene, show: shows.Show, buyer: Asker) -> None:
    scene.lapse(*scene.hold(buyer, show, "A1"))
    with scene.connected() as sweeping:
        sweeping.execute("SELECT pg_advisory_xact_lock(7303, 0)")
        assert reservations.expire_lapsed() == 0
        assert scene.statuses(show) == {"A1": ["HELD"]}
    assert reservations.expire_lapsed() == 1
    assert scene.statuses(show) == {"A1": ["EXPIRED"]}
