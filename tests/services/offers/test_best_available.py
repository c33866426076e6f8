"""The best seats that are free: which they are, and that they are held."""

from datetime import timedelta
from typing import Any

import pytest

from tests.scenes import Scene
from tests.services.offers.halls import hall, minding, take
from webapp.services.offers import Wanted, best_available
from webapp.services.refusals import Invalid, LonelySeat, NotFound, NotOnSale, Refusal, SeatLimitReached
from webapp.services.shows import Show


def given(scene: Scene, show: Show, seats: int, **wishes: Any) -> list[str]:
    """The numbers of the seats that a new buyer is given."""
    found = best_available.hold(scene.user(), show.id, Wanted(seats, **wishes), minutes=5)
    return [one.seat_number for one in found.reservations]


def test_the_best_seats_are_in_the_middle_and_in_front_and_are_held(scene: Scene) -> None:
    show = hall(scene, {"A": ".......", "B": "......."})
    found = best_available.hold(scene.user(), show.id, Wanted(3), minutes=5)
    assert scene.statuses(show) == {"A3": ["HELD"], "A4": ["HELD"], "A5": ["HELD"]}
    assert [one.seat_number for one in found.reservations] == ["A3", "A4", "A5"]
    assert {one.hold_expiry - one.created_at for one in found.reservations} == {timedelta(minutes=5)}
    assert found.words == "row A, seats 3 to 5"


def test_what_is_taken_is_passed_by(scene: Scene) -> None:
    show = hall(scene, {"A": "...x...", "B": "......."})
    assert given(scene, show, 4) == ["B2", "B3", "B4", "B5"]


def test_a_lapsed_hold_does_not_stand_in_the_way(scene: Scene) -> None:
    show = hall(scene, {"A": "...", "B": "..."})
    scene.lapse(*scene.hold(scene.user(), show, "A1", "A2", "A3"))
    assert given(scene, show, 3) == ["A1", "A2", "A3"]
    assert scene.statuses(show) == {seat: ["EXPIRED", "HELD"] for seat in ("A1", "A2", "A3")}


def test_a_gap_parts_neighbours(scene: Scene) -> None:
    show = hall(scene, {"A": "..._...", "B": "......."})
    assert given(scene, show, 4) == ["B2", "B3", "B4", "B5"]
    assert given(scene, show, 3) in (["A1", "A2", "A3"], ["A5", "A6", "A7"])


def test_no_seat_is_left_lonely_if_that_can_be(scene: Scene) -> None:
    show = hall(scene, {"A": "x...x", "B": "....."})
    assert given(scene, show, 2) == ["B2", "B3"]
    crowded = hall(scene, {"A": "x...x"})
    assert len(given(scene, crowded, 2)) == 2


def test_places_for_wheelchairs_and_their_companions_are_for_those_who_ask(scene: Scene) -> None:
    show = hall(scene, {"A": "cwwc", "B": "...."})
    assert given(scene, show, 2) == ["B2", "B3"]
    assert given(scene, show, 2, wheelchairs=1) == ["A1", "A2"]
    assert given(scene, show, 1, wheelchairs=1) == ["A3"]


def test_places_for_wheelchairs_are_for_everybody_once_they_are_released(scene: Scene) -> None:
    show = hall(scene, {"A": "cwwc", "B": "...."})
    with scene.connected() as connection:
        connection.execute("UPDATE shows SET accessible_seats_released_at = now()")
    assert given(scene, show, 4) == ["A1", "A2", "A3", "A4"]


def test_the_seats_are_as_was_asked_for(scene: Scene) -> None:
    rows = {"A": "......", "B": "......", "C": "......"}
    show = hall(scene, rows, prices={"A": 9000, "B": 6000, "C": 3000}, stepped=["B"])
    assert given(scene, show, 2, price_at_most=6000) == ["B3", "B4"]
    assert given(scene, show, 2, price_at_most=6000, step_free=True) == ["C3", "C4"]
    assert given(scene, show, 1, category="Class 30") == ["C2"]


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        (Wanted(11), SeatLimitReached),
        (Wanted(2, category="Box"), Invalid),
        (Wanted(2, wheelchairs=3), Invalid),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_held(scene: Scene, wanted: Wanted, refusal: type[Refusal]) -> None:
    show = hall(scene, {"A": "." * 12})
    with pytest.raises(refusal):
        best_available.hold(scene.user(), show.id, wanted, minutes=5)
    assert scene.statuses(show) == {}


def test_whoever_has_seats_gets_no_more_than_the_limit(scene: Scene) -> None:
    show, buyer = hall(scene, {"A": "." * 12}, seat_limit=4), scene.user()
    scene.hold(buyer, show, "A1", "A2")
    for wanted in (3, 4):
        with pytest.raises(SeatLimitReached):
            best_available.hold(buyer, show.id, Wanted(wanted), minutes=5)
    assert len(scene.statuses(show)) == 2


def test_a_show_that_has_begun_or_was_cancelled_or_is_not_there_sells_nothing(scene: Scene) -> None:
    begun, cancelled = hall(scene, {"A": "..."}), hall(scene, {"A": "..."})
    scene.begin(begun)
    with scene.connected() as connection:
        connection.execute("UPDATE shows SET cancelled_at = now() WHERE id = %s", (cancelled.id,))
    for show, reason in ((begun, "begun"), (cancelled, "cancelled")):
        with pytest.raises(NotOnSale) as refused:
            best_available.hold(scene.user(), show.id, Wanted(2), minutes=5)
        assert refused.value.facts == {"reason": reason}
        assert scene.statuses(show) == {}
    with pytest.raises(NotFound):
        best_available.hold(scene.user(), 77777, Wanted(2), minutes=5)


def test_a_plan_that_grew_is_looked_at_anew(scene: Scene) -> None:
    show = hall(scene, {"B": "...."})
    take(scene, show, "B1", "B2")
    with scene.history() as connection:
        connection.execute(
            """
            INSERT INTO seats (show_id, seat_number, row, number, neighbour_order, x, y, category_id)
            SELECT show_id, 'A' || number, 'A', number, neighbour_order, x, -1, category_id FROM seats WHERE row = 'B'
            """
        )
        connection.execute("UPDATE shows SET plan_version = plan_version + 1")
    assert given(scene, show, 4) == ["A1", "A2", "A3", "A4"]


def test_where_lonely_seats_are_not_allowed_none_is_made(scene: Scene) -> None:
    show = minding(scene, hall(scene, {"A": "_______x...x", "B": "." * 20}))
    assert given(scene, show, 2) == ["B10", "B11"]
    assert given(scene, show, 3) == ["A9", "A10", "A11"]


def test_where_every_try_would_leave_a_lonely_seat_that_is_the_answer(scene: Scene) -> None:
    show = minding(scene, hall(scene, {"A": "x..", "B": "." * 30}, prices={"A": 9000}))
    with scene.history() as connection:  # a second seat in the place of A2, which only the guard sees beside A3
        connection.execute(
            """
            INSERT INTO seats (show_id, seat_number, row, number, neighbour_order, x, y, category_id)
            SELECT show_id, 'A02', 'A', '02', 2, 2, -1, category_id FROM seats WHERE seat_number = 'A2'
            """
        )
        connection.execute("UPDATE shows SET plan_version = plan_version + 1")
    with pytest.raises(LonelySeat) as refused:
        best_available.hold(scene.user(), show.id, Wanted(2, category="Class 90"), minutes=5)
    assert [seat["seat_number"] for seat in refused.value.facts["seats"]] == ["A2"]
    assert scene.statuses(show) == {"A1": ["CONFIRMED"]}
