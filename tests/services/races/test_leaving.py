"""Somebody deletes their account in one tab while another tab goes on: nothing of nobody's is left over."""

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
from webapp.services import accounts, shows

BEFORE_THE_PERSON_GOES = "SET name = 'Deleted account'"
WITHOUT_SHARE = ("FOR KEY SHARE", "")
WITHOUT_ACCOUNTS_LOCK = ("SELECT FROM users WHERE id = %(user_id)s FOR UPDATE", "SELECT 1")
WITHOUT_BUYERS_LOCK = ("SELECT pg_advisory_xact_lock(%(namespace)s, %(user_id)s)", "SELECT 1")
WITHOUT_LOOK_AT_ACCOUNT = ("buyer_deleted_at IS NOT NULL", "false")


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
    with racing(scene) as race, pausing(BEFORE_THE_PERSON_GOES) as pause:
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


def create_show_while_leaving(scene: Scene) -> tuple[int, str]:
    """An account is almost deleted when it creates a show; how many shows there are, and the answer."""
    organizer = scene.user()
    with racing(scene) as race, pausing(BEFORE_THE_PERSON_GOES) as pause:
        leaving = race.start(lambda: accounts.delete_account(organizer, password=PASSWORD))
        pause.reached()
        creating = race.start(lambda: scene.show(organizer, seats=""))
        assert race.settle(creating) == 1
        pause.let_go()
        assert name_of(outcome(leaving)) == "done"
        answer = name_of(outcome(creating))
    return len(shows.upcoming()), answer


def test_a_show_created_while_the_account_is_being_deleted_is_refused(scene: Scene) -> None:
    with no_deadlock(scene):
        assert create_show_while_leaving(scene) == (0, "NotSignedIn")


def test_without_a_share_in_the_account_only_the_record_of_acts_would_refuse_a_show_of_nobody(own_scene: Scene) -> None:
    with rewriting(*WITHOUT_SHARE):
        assert create_show_while_leaving(own_scene) == (0, "Forbidden")


def leave_while_a_show_is_being_created(scene: Scene) -> str:
    """A show is written and not yet committed when its organizer's account is deleted; the answer to that."""
    organizer = scene.user()
    with racing(scene) as race:
        with scene.connected() as under_way:
            under_way.execute(
                """
                INSERT INTO shows (organizer_id, title, venue, starts_at)
                VALUES (%s, 'Macbeth', 'The Lantern', now() + interval '1 day')
                """,
                (organizer.id,),
            )
            leaving = race.start(lambda: accounts.delete_account(organizer, password=PASSWORD))
            assert race.settle(leaving) == 1
        return name_of(outcome(leaving))


def test_deleting_an_account_waits_for_its_show_under_way_and_is_refused(scene: Scene) -> None:
    with no_deadlock(scene):
        assert leave_while_a_show_is_being_created(scene) == "StillOrganizing"


def test_without_the_accounts_lock_an_organizer_would_leave_a_show_behind(own_scene: Scene) -> None:
    with rewriting(*WITHOUT_ACCOUNTS_LOCK):
        assert leave_while_a_show_is_being_created(own_scene) == "done"
