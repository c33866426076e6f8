"""A plan is changed while its seats are being held: nobody gets a seat that goes, and none goes that somebody got."""

import pytest

from tests.races import insert_hold, name_of, no_deadlock, outcome, pausing, racing
from tests.scenes import Scene
from tests.services.plan_changes.plans import confirm, give, looked_at, plan_of, seat
from webapp.services.refusals import SeatsStillTaken

BEFORE = ("UPDATE all_seats SET removed_at", "SET plan_version_id")


def test_a_change_waits_for_a_hold_under_way_and_is_refused_when_it_took_a_seat_that_goes(scene: Scene) -> None:
    olga = scene.user("Olga")
    show = scene.show(olga, seats="")
    give(olga, show, plan_of("A1", "A2"))
    found = looked_at(olga, show, plan_of("A2"))
    with no_deadlock(scene), racing(scene) as race:
        with scene.connected() as under_way:
            assert insert_hold(under_way, scene.user(), show, "A1") == 1
            changing = race.start(lambda: confirm(olga, found))
            assert race.settle(changing) == 1
        assert isinstance(outcome(changing), SeatsStillTaken)
    assert scene.statuses(show) == {"A1": ["HELD"]}


@pytest.mark.parametrize("before", BEFORE)
def test_a_hold_while_the_plan_is_being_changed_waits_and_finds_the_seat_gone(scene: Scene, before: str) -> None:
    olga, buyer = scene.user("Olga"), scene.user()
    show = scene.show(olga, seats="")
    give(olga, show, plan_of("A1", "A2", "A3"))
    scene.hold(scene.user(), show, "A3")
    found = looked_at(olga, show, plan_of("A2", "A3"))
    with no_deadlock(scene), racing(scene) as race, pausing(before) as pause:
        changing = race.start(lambda: confirm(olga, found))
        pause.reached()
        holding = race.start(lambda: scene.hold(buyer, show, "A1"))
        assert race.settle(holding) == 1
        pause.let_go()
        assert [name_of(outcome(act)) for act in (changing, holding)] == ["done", "NotFound"]
    assert scene.statuses(show) == {"A3": ["HELD"]}


def test_in_the_rush_no_hold_is_left_on_a_seat_that_went(scene: Scene) -> None:
    olga = scene.user("Olga")
    show = scene.show(olga, seats="", seat_limit=20)
    numbers = [f"A{number}" for number in range(1, 13)]
    give(olga, show, plan_of(*numbers))
    scene.hold(scene.user(), show, "A1")
    found = looked_at(olga, show, plan_of("A1", *(seat(number, row="AA") for number in numbers[6:])))
    buyers = [scene.user() for _ in range(10)]
    holds = [
        lambda buyer=buyer, first=first: scene.hold(buyer, show, *sorted({numbers[first], numbers[(first + 5) % 12]}))
        for first, buyer in enumerate(buyers)
    ]
    with no_deadlock(scene), racing(scene) as race:
        answers = race.all_at_once(*holds[:5], lambda: confirm(olga, found), *holds[5:])
    assert set(map(name_of, answers)) <= {"done", "SeatTaken", "NotFound", "SeatsStillTaken"}
    lost = scene.rows("SELECT FROM reservations JOIN all_seats ON all_seats.id = seat_id WHERE removed_at IS NOT NULL")
    assert lost == []
