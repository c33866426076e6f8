"""The sweeper tidies beside everybody else: nobody waits for it, and it takes nothing from anybody."""

from collections import Counter
from threading import Event

from tests.races import (
    deadlocks,
    insert_hold,
    let_end,
    name_of,
    no_deadlock,
    outcome,
    quick_deadlocks,
    racing,
    rewriting,
    run,
    until_over,
)
from tests.scenes import Scene
from webapp.services import reservations

WITHOUT_SKIPPING = ("FOR NO KEY UPDATE SKIP LOCKED", "FOR NO KEY UPDATE")
WITHOUT_LOCKING = ("FOR NO KEY UPDATE SKIP LOCKED", "")
# An expired reservation has no time of sale.
WITHOUT_TIME_OF_SALES = "ALTER TABLE reservations DROP CONSTRAINT ck_reservations_confirmed_have_their_time"
WITHOUT_GUARD = "ALTER TABLE reservations DISABLE TRIGGER guard_update"


def sweep_while_a_hold_is_half_way(scene: Scene) -> tuple[int, list[str]]:
    """A buyer has taken the lapsed A1 and is on the way to the lapsed A3, which lapsed first, when the sweeper comes;
    how many acts wait then, and the answers to hold and sweep."""
    show, buyer = scene.show(), scene.user()
    [one, other] = scene.hold(scene.user(), show, "A1", "A3")
    scene.lapse(one, other, other)
    scene.lapse(other)
    with racing(scene) as race:
        with scene.connected() as stop:
            insert_hold(stop, scene.user(), show, "A2")
            holding = race.start(lambda: scene.hold(buyer, show, "A1", "A2", "A3"))
            race.settle(holding)
            sweeping = race.start(reservations.expire_lapsed)
            waiting = race.settle(holding, sweeping)
            stop.rollback()
        answers = [name_of(outcome(holding)), name_of(outcome(sweeping))]
    return waiting, answers


def test_the_sweeper_passes_by_what_somebody_is_taking(scene: Scene) -> None:
    with no_deadlock(scene):
        waiting, answers = sweep_while_a_hold_is_half_way(scene)
    assert waiting == 1  # the hold, for the seat in between
    assert answers == ["done", "done"]


def test_a_sweeper_that_waited_would_block_a_hold_that_waits_for_it(own_scene: Scene) -> None:
    quick_deadlocks(own_scene)
    with rewriting(*WITHOUT_SKIPPING):
        waiting, answers = sweep_while_a_hold_is_half_way(own_scene)
    assert waiting == 2
    assert "Busy" in answers
    assert deadlocks(own_scene) == 1


def test_a_hold_that_meets_the_sweeper_waits_for_it_and_gets_the_seat(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    [lapsed] = scene.hold(scene.user(), show, "A1")
    scene.lapse(lapsed)
    with no_deadlock(scene), racing(scene) as race:
        with scene.connected() as sweeper:
            sweeper.execute("UPDATE reservations SET status = 'EXPIRED' WHERE id = %s", (lapsed.id,))
            holding = race.start(lambda: scene.hold(buyer, show, "A1"))
            assert race.settle(holding) == 1
        answer = name_of(outcome(holding))
    assert scene.statuses(show) == {"A1": ["EXPIRED", "HELD"]}
    assert answer == "done"


def sweep_while_a_confirmation_is_under_way(scene: Scene) -> tuple[list[str], str]:
    """A hold is confirmed in time, but not yet committed when it would have been over and the sweeper comes; its
    status, and the answer to the sweeper."""
    show, buyer = scene.show(), scene.user()
    [held] = scene.hold(buyer, show, "A1")
    with racing(scene) as race:
        with scene.connected() as confirming:
            let_end(scene, held, 0.3)
            row = confirming.execute(
                "UPDATE reservations SET status = 'CONFIRMED' WHERE id = %s RETURNING status", (held.id,)
            ).fetchone()
            assert row == {"status": "CONFIRMED"}
            until_over(scene, held)
            sweeping = race.start(reservations.expire_lapsed)
            race.settle(sweeping)
        answer = name_of(outcome(sweeping))
    return scene.statuses(show)["A1"], answer


def test_the_sweeper_leaves_alone_what_is_being_bought(scene: Scene) -> None:
    with no_deadlock(scene):
        assert sweep_while_a_confirmation_is_under_way(scene) == (["CONFIRMED"], "done")


def test_against_a_sweeper_that_locks_nothing_the_guard_keeps_the_sale(own_scene: Scene) -> None:
    with rewriting(*WITHOUT_LOCKING):
        assert sweep_while_a_confirmation_is_under_way(own_scene) == (["CONFIRMED"], "DatabaseError")


def test_without_lock_and_guard_and_the_time_of_sales_the_sweeper_would_undo_a_sale(own_scene: Scene) -> None:
    run(own_scene, WITHOUT_GUARD)
    run(own_scene, WITHOUT_TIME_OF_SALES)
    with rewriting(*WITHOUT_LOCKING):
        assert sweep_while_a_confirmation_is_under_way(own_scene) == (["EXPIRED"], "done")


def test_in_a_rush_on_lapsed_seats_the_sweeper_blocks_nobody(scene: Scene) -> None:
    seats = [f"A{number}" for number in range(1, 13)]
    show = scene.show(seats="A1-A12", seat_limit=12)
    scene.lapse(*scene.hold(scene.user(), show, *seats))
    buyers = [scene.user() for _ in range(8)]
    over = Event()

    def sweep() -> None:
        while not over.is_set():
            reservations.expire_lapsed()

    holds = [
        lambda buyer=buyer, first=first: scene.hold(buyer, show, *(seats[(first + 7 * turn) % 12] for turn in range(4)))
        for first, buyer in enumerate(buyers)
    ]
    with no_deadlock(scene), racing(scene) as race:
        sweepers = [race.start(sweep), race.start(sweep)]
        answers = Counter(map(name_of, race.all_at_once(*holds)))
        over.set()
        assert [name_of(outcome(sweeper)) for sweeper in sweepers] == ["done", "done"]
    assert answers["done"] >= 1
    assert answers["done"] + answers["SeatTaken"] == 8
    assert all(statuses in (["EXPIRED"], ["EXPIRED", "HELD"]) for statuses in scene.statuses(show).values())
