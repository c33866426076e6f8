"""Two buyers at once cannot leave a lonely seat between them."""

import pytest

from tests.races import change_guard, insert_hold, name_of, no_deadlock, outcome, racing
from tests.scenes import Scene
from tests.services.offers.halls import hall, minding
from webapp.services import reservations
from webapp.services.shows import Show

ROW_LOCK = ("PERFORM pg_advisory_xact_lock(7306, key);", "NULL;")


def both_beside_one_seat(scene: Scene, *, first_commits: bool = True) -> tuple[Show, int, str]:
    """One buyer is being given A5 when another asks for A7: how many waited, and what came of the second."""
    show = minding(scene, hall(scene, {"A": "." * 20}))
    with racing(scene) as race, scene.connected() as first:
        insert_hold(first, scene.user(), show, "A5")
        second = race.start(lambda: scene.hold(scene.user(), show, "A7"))
        waited = race.settle(second)
        if first_commits:
            first.commit()
        else:
            first.rollback()
        return show, waited, name_of(outcome(second))


def test_of_two_buyers_beside_one_seat_the_second_is_refused(scene: Scene) -> None:
    with no_deadlock(scene):
        show, waited, answer = both_beside_one_seat(scene)
    assert scene.statuses(show) == {"A5": ["HELD"]}
    assert (waited, answer) == (1, "LonelySeat")


def test_if_the_first_comes_to_nothing_the_second_gets_the_seat(scene: Scene) -> None:
    show, waited, answer = both_beside_one_seat(scene, first_commits=False)
    assert scene.statuses(show) == {"A7": ["HELD"]}
    assert (waited, answer) == (1, "done")


def test_without_the_lock_on_the_row_both_would_get_theirs(own_scene: Scene) -> None:
    change_guard(own_scene, "lock_rows", ROW_LOCK)
    show, waited, answer = both_beside_one_seat(own_scene)
    assert own_scene.statuses(show) == {"A5": ["HELD"], "A7": ["HELD"]}
    assert (waited, answer) == (0, "done")


def test_a_seat_that_comes_back_while_a_hold_of_it_and_the_next_one_waits_is_no_lonely_one(scene: Scene) -> None:
    show, rival = minding(scene, hall(scene, {"A": "." * 20})), scene.user()
    scene.hold(scene.user(), show, "A1", "A2")
    [in_the_way] = scene.hold(rival, show, "A3")
    with no_deadlock(scene), racing(scene) as race, scene.connected() as first:
        insert_hold(first, scene.user(), show, "A10")
        second = race.start(lambda: scene.hold(scene.user(), show, "A3", "A4"))
        assert race.settle(second) == 1
        reservations.release(rival, in_the_way.id)
        first.commit()
        assert name_of(outcome(second)) == "done"
    assert scene.statuses(show)["A4"] == ["HELD"]


@pytest.mark.parametrize("rule", ["off", "warn"])
def test_where_nobody_minds_nobody_waits_for_a_row(scene: Scene, rule: str) -> None:
    show = minding(scene, hall(scene, {"A": "." * 20}), rule)
    with racing(scene) as race, scene.connected() as first:
        insert_hold(first, scene.user(), show, "A5")
        second = race.start(lambda: scene.hold(scene.user(), show, "A7"))
        assert race.settle(second) == 0
        assert name_of(outcome(second)) == "done"


def test_buyers_in_different_rows_do_not_wait_for_each_other(scene: Scene) -> None:
    show = minding(scene, hall(scene, {"A": "." * 20, "B": "." * 20}))
    with racing(scene) as race, scene.connected() as first:
        insert_hold(first, scene.user(), show, "A5")
        second = race.start(lambda: scene.hold(scene.user(), show, "B7"))
        assert race.settle(second) == 0
        assert name_of(outcome(second)) == "done"


def test_across_the_same_two_rows_nobody_waits_in_a_circle(scene: Scene) -> None:
    show = minding(scene, hall(scene, {"A": "." * 20, "B": "." * 20, "C": "." * 20}))
    choices = [(scene.user(), f"A{place}", f"B{21 - place}") for place in range(1, 17)]
    with no_deadlock(scene), racing(scene) as race:
        results = race.all_at_once(
            *(lambda buyer=buyer, seats=seats: scene.hold(buyer, show, *seats) for buyer, *seats in choices)
        )
    assert {name_of(result) for result in results} <= {"done", "LonelySeat"}
    for row in "AB":
        taken = {int(seat[1:]) for seat in scene.statuses(show) if seat[0] == row}
        assert not [place for place in range(2, 20) if place not in taken and {place - 1, place + 1} <= taken]
