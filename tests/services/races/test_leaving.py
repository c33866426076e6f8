"""Somebody deletes their account in one tab while another tab still holds seats: nobody's seats are left."""

from tests.races import (
    change_guard,
    insert_hold,
    name_of,
    no_deadlock,
    outcome,
    pausing,
    racing,
    rewriting,
)
from tests.scenes import PASSWORD, Scene
from webapp.services import accounts

WITHOUT_BUYERS_LOCK = ("SELECT pg_advisory_xact_lock(%(namespace)s, %(user_id)s)", "SELECT 1")
WITHOUT_LOOK_AT_ACCOUNT = ("AND deleted_at IS NOT NULL", "AND false")


def leave_while_a_hold_is_under_way(scene: Scene) -> dict[str, list[str]]:
    """A hold is written and not yet committed when its buyer's account is deleted; what became of it."""
    show, buyer = scene.show(), scene.user()
    with racing(scene) as race:
        with scene.connected() as under_way:
            assert insert_hold(under_way, buyer, show, "A1") == 1
            act = race.start(lambda: accounts.delete_account(buyer, password=PASSWORD))
            race.settle(act)
        assert name_of(outcome(act)) == "done"
    return scene.statuses(show)


def test_deleting_an_account_waits_for_its_hold_under_way_and_gives_it_back(scene: Scene) -> None:
    with no_deadlock(scene):
        assert leave_while_a_hold_is_under_way(scene) == {"A1": ["CANCELLED"]}


def test_without_the_buyers_lock_a_hold_would_stay_that_is_nobodys(own_scene: Scene) -> None:
    with rewriting(*WITHOUT_BUYERS_LOCK):
        assert leave_while_a_hold_is_under_way(own_scene) == {"A1": ["HELD"]}


def hold_while_leaving(scene: Scene) -> tuple[dict[str, list[str]], str]:
    """An account is almost deleted when it asks for a seat; the seats' statuses, and the answer."""
    show, buyer = scene.show(), scene.user()
    with racing(scene) as race, pausing(before="SET name = 'Deleted account'") as pause:
        leaving = race.start(lambda: accounts.delete_account(buyer, password=PASSWORD))
        pause.reached()
        holding = race.start(lambda: scene.hold(buyer, show, "A1"))
        assert race.settle(holding) == 1
        pause.let_go()
        assert name_of(outcome(leaving)) == "done"
        answer = name_of(outcome(holding))
    return scene.statuses(show), answer


def test_a_hold_while_the_account_is_being_deleted_waits_and_is_refused(scene: Scene) -> None:
    with no_deadlock(scene):
        assert hold_while_leaving(scene) == ({}, "NotSignedIn")


def test_without_the_look_at_the_account_a_deleted_one_would_hold_seats(own_scene: Scene) -> None:
    change_guard(own_scene, "guard_reservation_insert", WITHOUT_LOOK_AT_ACCOUNT)
    assert hold_while_leaving(own_scene) == ({"A1": ["HELD"]}, "done")
