"""A hold ends once: by a confirmation, by a release, or by time, whichever is first."""

from collections import Counter
from collections.abc import Callable

import pytest

from tests.races import (
    change_guard,
    insert_hold,
    let_end,
    name_of,
    no_deadlock,
    outcome,
    racing,
    rewriting,
    run,
    until_over,
)
from tests.scenes import Scene
from webapp.services import reservations
from webapp.services.asker import Asker
from webapp.services.reservations import Reservation

WITHOUT_GUARD = "ALTER TABLE reservations DISABLE TRIGGER guard_update"
CARELESSLY = ("AND reservations.status = 'HELD'", "")
READS_CLOCK = "moment := clock_timestamp();"


def confirm_while_the_hold_runs_out(scene: Scene) -> tuple[list[str], str]:
    """A confirmation begins in time, but waits for a lock until the hold is over; the seat's status, and the answer.

    Whoever has the lock only looks: the row is the same afterwards, and PostgreSQL does not test its conditions again.
    """
    show, buyer = scene.show(), scene.user()
    for number, seconds in (("A1", 0.3), ("A2", 1.0), ("A3", 3.0), ("A4", 9.0)):
        [held] = scene.hold(buyer, show, number)
        let_end(scene, held, seconds)
        with racing(scene) as race, scene.connected() as looking:
            looking.execute("SELECT FROM reservations WHERE id = %s FOR NO KEY UPDATE", (held.id,))
            act = race.start(lambda held=held: reservations.confirm(buyer, held.id))
            assert race.settle(act) == 1
            in_time = began_in_time(scene, held)
            until_over(scene, held)
        if in_time:
            return scene.statuses(show)[number], name_of(outcome(act))
    raise AssertionError("this machine takes seconds to begin a statement")


def began_in_time(scene: Scene, held: Reservation) -> bool:
    """Whether the statement that waits just now was begun before the hold was over."""
    [waiting] = scene.rows(
        """
        SELECT query_start < hold_expiry AS in_time
        FROM pg_stat_activity, reservations
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND reservations.id = %s
        """,
        held.id,
    )
    return bool(waiting["in_time"])


def test_a_confirmation_that_waited_until_the_hold_was_over_is_too_late(scene: Scene) -> None:
    assert confirm_while_the_hold_runs_out(scene) == (["EXPIRED"], "HoldExpired")


@pytest.mark.parametrize("clock", ["now()", "statement_timestamp()"])
def test_by_the_clock_of_its_beginning_it_would_be_a_sale_of_a_seat_that_was_free(own_scene: Scene, clock: str) -> None:
    change_guard(own_scene, "guard_reservation_update", (READS_CLOCK, f"moment := {clock};"))
    assert confirm_while_the_hold_runs_out(own_scene) == (["CONFIRMED"], "done")


def end_while_under_way(scene: Scene, status: str, end: Callable[[Asker, int], Reservation]) -> tuple[list[str], str]:
    """One tab's ending is written, not yet committed, when another tab's begins; the status, and that one's answer."""
    show, buyer = scene.show(), scene.user()
    [held] = scene.hold(buyer, show, "A1")
    with racing(scene) as race, scene.connected() as under_way:
        under_way.execute("UPDATE reservations SET status = %s WHERE id = %s", (status, held.id))
        act = race.start(lambda: end(buyer, held.id))
        assert race.settle(act) == 1
    return scene.statuses(show)["A1"], name_of(outcome(act))


def test_a_release_while_the_seat_is_being_bought_is_refused(scene: Scene) -> None:
    with no_deadlock(scene):
        assert end_while_under_way(scene, "CONFIRMED", reservations.release) == (["CONFIRMED"], "AlreadyConfirmed")


def test_a_confirmation_while_the_seat_is_being_released_is_refused(scene: Scene) -> None:
    with no_deadlock(scene):
        assert end_while_under_way(scene, "CANCELLED", reservations.confirm) == (["CANCELLED"], "HoldReleased")


@pytest.mark.parametrize("status", ["CONFIRMED", "CANCELLED"])
def test_the_guard_alone_keeps_what_was_first(own_scene: Scene, status: str) -> None:
    end = {"CONFIRMED": reservations.release, "CANCELLED": reservations.confirm}[status]
    with rewriting(*CARELESSLY):
        statuses, answer = end_while_under_way(own_scene, status, end)
    assert (statuses, answer) == ([status], "DatabaseError")


def test_without_condition_and_guard_a_sale_would_be_released(own_scene: Scene) -> None:
    run(own_scene, WITHOUT_GUARD)
    with rewriting(*CARELESSLY):
        assert end_while_under_way(own_scene, "CONFIRMED", reservations.release) == (["CANCELLED"], "done")


def test_without_condition_and_guard_a_released_seat_would_be_sold(own_scene: Scene) -> None:
    run(own_scene, WITHOUT_GUARD)
    with rewriting(*CARELESSLY):
        assert end_while_under_way(own_scene, "CANCELLED", reservations.confirm) == (["CONFIRMED"], "done")


def test_confirming_and_releasing_at_once_ends_every_hold_in_one_way(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    held = scene.hold(buyer, show, *(f"A{number}" for number in range(1, 9)))
    ends = [(end, one.id) for one in held for end in (reservations.confirm, reservations.release)]
    with no_deadlock(scene), racing(scene) as race:
        answers = race.all_at_once(*(lambda end=end, id_=id_: end(buyer, id_) for end, id_ in ends))
    ended = [status for [status] in scene.statuses(show).values()]
    names = Counter(map(name_of, answers))
    assert len(ended) == names["done"] == 8
    assert names["AlreadyConfirmed"] == ended.count("CONFIRMED")
    assert names["HoldReleased"] == ended.count("CANCELLED")
    assert scene.rows("SELECT count(*) FROM reservation_changes")[0]["count"] == 16


def test_a_confirmation_while_the_lapsed_seat_is_being_given_to_another_buyer_is_too_late(scene: Scene) -> None:
    show, buyer, other = scene.show(), scene.user(), scene.user()
    [held] = scene.hold(buyer, show, "A1")
    scene.lapse(held)
    with no_deadlock(scene), racing(scene) as race:
        with scene.connected() as under_way:
            assert insert_hold(under_way, other, show, "A1") == 1
            act = race.start(lambda: reservations.confirm(buyer, held.id))
            assert race.settle(act) == 1
        answer = name_of(outcome(act))
    assert scene.statuses(show) == {"A1": ["EXPIRED", "HELD"]}
    assert answer == "HoldExpired"
