"""A show is cancelled while its seats are being held: no hold outlives it."""

import pytest

from tests.races import (
    change_guard,
    deadlocks,
    insert_hold,
    name_of,
    no_deadlock,
    outcome,
    pausing,
    quick_deadlocks,
    racing,
)
from tests.scenes import Scene
from webapp.services import shows

SHOWS_LOCK = "PERFORM pg_advisory_xact_lock_shared(7301, NEW.show_id);"
WITHOUT_SHOWS_LOCK = (SHOWS_LOCK, "")
SHOWS_LOCK_AFTER_EXPIRY = (
    WITHOUT_SHOWS_LOCK,
    ("AND hold_expiry <= clock_timestamp();", f"AND hold_expiry <= clock_timestamp();\n{SHOWS_LOCK}"),
)
# Where a cancellation is stopped: before the statement that says this.
HOLDS_ARE_LOCKED = "SELECT id FROM reservations WHERE show_id"
HOLDS_HAVE_ENDED = "SET edition = edition + 1"


def cancel_while_a_hold_is_under_way(scene: Scene) -> dict[str, list[str]]:
    """A hold is written and not yet committed when the show is cancelled; what became of it."""
    organizer = scene.user()
    show = scene.show(organizer)
    with racing(scene) as race:
        with scene.connected() as under_way:
            assert insert_hold(under_way, scene.user(), show, "A1") == 1
            act = race.start(lambda: shows.cancel(organizer, show.id))
            race.settle(act)
        assert outcome(act).cancelled_at
    return scene.statuses(show)


def test_cancelling_a_show_waits_for_a_hold_under_way_and_ends_it(scene: Scene) -> None:
    with no_deadlock(scene):
        assert cancel_while_a_hold_is_under_way(scene) == {"A1": ["CANCELLED"]}


def test_without_the_shows_lock_a_hold_would_outlive_its_show(own_scene: Scene) -> None:
    change_guard(own_scene, "guard_reservation_insert", WITHOUT_SHOWS_LOCK)
    assert cancel_while_a_hold_is_under_way(own_scene) == {"A1": ["HELD"]}


def hold_while_the_show_is_being_cancelled(
    scene: Scene, before: str, *, lapsed: bool
) -> tuple[dict[str, list[str]], list[str]]:
    """The cancellation is stopped before one of its statements when a seat is asked for; the statuses of the seats,
    and the answers to cancellation and hold."""
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    if lapsed:
        scene.lapse(*scene.hold(scene.user(), show, "A1"))
    with racing(scene) as race, pausing(before) as pause:
        cancelling = race.start(lambda: shows.cancel(organizer, show.id))
        pause.reached()
        holding = race.start(lambda: scene.hold(buyer, show, "A1"))
        race.settle(holding)
        pause.let_go()
        answers = [name_of(outcome(cancelling)), name_of(outcome(holding))]
    return scene.statuses(show), answers


@pytest.mark.parametrize("before", [HOLDS_ARE_LOCKED, HOLDS_HAVE_ENDED])
def test_a_hold_while_the_show_is_being_cancelled_waits_and_is_refused(scene: Scene, before: str) -> None:
    with no_deadlock(scene):
        answer = hold_while_the_show_is_being_cancelled(scene, before, lapsed=False)
        assert answer == ({}, ["done", "NotOnSale"])


def test_a_hold_of_a_lapsed_seat_while_the_show_is_being_cancelled_blocks_nobody(scene: Scene) -> None:
    with no_deadlock(scene):
        answer = hold_while_the_show_is_being_cancelled(scene, HOLDS_ARE_LOCKED, lapsed=True)
        assert answer == ({"A1": ["EXPIRED"]}, ["done", "NotOnSale"])


def test_without_the_shows_lock_a_seat_would_be_held_in_a_cancelled_show(own_scene: Scene) -> None:
    change_guard(own_scene, "guard_reservation_insert", WITHOUT_SHOWS_LOCK)
    answer = hold_while_the_show_is_being_cancelled(own_scene, HOLDS_HAVE_ENDED, lapsed=False)
    assert answer == ({"A1": ["HELD"]}, ["done", "done"])


def test_with_the_expiry_before_the_shows_lock_hold_and_cancellation_would_block_each_other(own_scene: Scene) -> None:
    quick_deadlocks(own_scene)
    change_guard(own_scene, "guard_reservation_insert", *SHOWS_LOCK_AFTER_EXPIRY)
    _, answers = hold_while_the_show_is_being_cancelled(own_scene, HOLDS_ARE_LOCKED, lapsed=True)
    assert "Busy" in answers
    assert deadlocks(own_scene) == 1


def test_in_the_rush_of_a_cancellation_no_hold_is_left(scene: Scene) -> None:
    organizer, seats = scene.user(), [f"A{number}" for number in range(1, 13)]
    show = scene.show(organizer, seats="A1-A12", seat_limit=12)
    scene.lapse(*scene.hold(scene.user(), show, *seats[::2]))
    buyers = [scene.user() for _ in range(12)]
    holds = [
        lambda buyer=buyer, first=first: scene.hold(buyer, show, *(seats[(first + 5 * turn) % 12] for turn in range(3)))
        for first, buyer in enumerate(buyers)
    ]
    with no_deadlock(scene), racing(scene) as race:
        answers = race.all_at_once(*holds[:6], lambda: shows.cancel(organizer, show.id), *holds[6:])
    names = [name_of(answer) for answer in answers]
    assert scene.rows("SELECT id FROM reservations WHERE status NOT IN ('CANCELLED', 'EXPIRED')") == []
    assert names[6] == "done"
    assert set(names) <= {"done", "SeatTaken", "NotOnSale"}
