"""Guests and what else happens at the same moment: nobody hoards, nothing is had twice, no basket is torn apart."""

from collections import Counter
from datetime import timedelta

from tests.races import (
    MOST_ACTS,
    change_guard,
    insert_hold,
    name_of,
    no_deadlock,
    outcome,
    pausing,
    racing,
    rewriting,
)
from tests.scenes import Scene
from webapp.services import accounts, reservations
from webapp.services.asker import Asker

WITHOUT_ADDRESS_LOCK = ("PERFORM pg_advisory_xact_lock(7305, hashtext(NEW.show_id || ' ' || buyer_address));", "")
WITHOUT_BUYERS_LOCK = ("SELECT pg_advisory_xact_lock(%(namespace)s, %(user_id)s)", "SELECT 1")
ANN = {"name": "Ann", "email": "ann@example.com", "phone_number": "+358401234567"}


def owners(scene: Scene) -> set[int]:
    """Whose the live holds and sales are."""
    rows = scene.rows("SELECT DISTINCT user_id FROM reservations WHERE status IN ('HELD','CONFIRMED')")
    return {row["user_id"] for row in rows}


def test_sixteen_guests_of_one_address_get_as_many_seats_as_one_address_may(scene: Scene) -> None:
    show = scene.show(seats="A1-A40")
    guests = [scene.guest() for _ in range(MOST_ACTS)]
    with no_deadlock(scene), racing(scene) as race:
        answers = race.all_at_once(
            *(
                lambda guest=guest, first=first: scene.hold(guest, show, f"A{first}", f"A{first + 1}")
                for guest, first in zip(guests, range(1, 40, 2), strict=False)
            )
        )
    assert list(scene.statuses(show).values()) == [["HELD"]] * 20
    assert Counter(map(name_of, answers)) == {"done": 10, "GuestLimitReached": 6}


def last_seats_of_an_address_at_once(scene: Scene) -> tuple[int, str]:
    """One seat is left to the limit of an address; two of its guests ask at once. How many seats, the second answer."""
    show = scene.show(seats="A1-A30")
    for numbers in (range(1, 11), range(11, 20)):
        scene.hold(scene.guest(), show, *(f"A{number}" for number in numbers))
    one, other = scene.guest(), scene.guest()
    with racing(scene) as race, scene.connected() as under_way:
        assert insert_hold(under_way, one, show, "A20") == 1
        act = race.start(lambda: scene.hold(other, show, "A21"))
        race.settle(act)
        under_way.commit()
        answer = name_of(outcome(act))
    return len(scene.statuses(show)), answer


def test_of_two_last_seats_of_an_address_at_once_one_is_held(scene: Scene) -> None:
    with no_deadlock(scene):
        assert last_seats_of_an_address_at_once(scene) == (20, "GuestLimitReached")


def test_without_the_lock_on_the_address_both_would_be_held(own_scene: Scene) -> None:
    change_guard(own_scene, "guard_reservation_insert", WITHOUT_ADDRESS_LOCK)
    assert last_seats_of_an_address_at_once(own_scene) == (21, "done")


def test_sixteen_tabs_that_want_more_time_get_it_once(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    held = scene.hold(buyer, show, "A1", "A2", "A3")
    with no_deadlock(scene), racing(scene) as race:
        answers = race.all_at_once(*(lambda: reservations.extend_basket(buyer, show.id) for _ in range(MOST_ACTS)))
    later = [one.hold_expiry + timedelta(minutes=5) for one in held]
    assert [[one.hold_expiry for one in answer] for answer in answers] == [later] * MOST_ACTS
    assert scene.rows("SELECT count(*) FROM reservation_changes")[0]["count"] == 6


def test_more_time_while_everything_is_being_confirmed_changes_no_sale(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    held = scene.hold(buyer, show, *(f"A{number}" for number in range(1, 9)))
    ids = [one.id for one in held]
    with no_deadlock(scene), racing(scene) as race:
        confirmed, *extended = race.all_at_once(
            lambda: reservations.confirm_basket(buyer, show.id, ids),
            *(lambda: reservations.extend_basket(buyer, show.id) for _ in range(4)),
        )
    assert [name_of(answer) for answer in (confirmed, *extended)] == ["done"] * 5
    assert set(map(tuple, scene.statuses(show).values())) == {("CONFIRMED",)}


def test_a_take_over_waits_for_the_guests_hold_under_way_and_brings_it_along(scene: Scene) -> None:
    show, guest, user = scene.show(), scene.guest(), scene.user()
    scene.hold(guest, show, "A1")
    with no_deadlock(scene), racing(scene) as race:
        with scene.connected() as under_way:
            assert insert_hold(under_way, guest, show, "A2") == 1
            act = race.start(lambda: accounts.take_over(guest, user))
            assert race.settle(act) == 1
        assert name_of(outcome(act)) == "done"
    assert owners(scene) == {user.id}


def test_without_the_buyers_locks_a_hold_would_be_left_with_nobody(own_scene: Scene) -> None:
    show, guest, user = own_scene.show(), own_scene.guest(), own_scene.user()
    with rewriting(*WITHOUT_BUYERS_LOCK), racing(own_scene) as race, own_scene.connected() as under_way:
        assert insert_hold(under_way, guest, show, "A2") == 1
        act = race.start(lambda: accounts.take_over(guest, user))
        race.settle(act)
        under_way.commit()
        assert name_of(outcome(act)) == "done"
    assert owners(own_scene) == {guest.id}


def test_a_hold_of_a_guest_who_is_being_taken_over_waits_and_is_refused(scene: Scene) -> None:
    show, guest, user = scene.show(), scene.guest(), scene.user()
    scene.hold(guest, show, "A1")
    with no_deadlock(scene), racing(scene) as race, pausing("SET guest_address = NULL") as pause:
        taking = race.start(lambda: accounts.take_over(guest, user))
        pause.reached()
        holding = race.start(lambda: scene.hold(guest, show, "A2"))
        assert race.settle(holding) == 1
        pause.let_go()
        assert [name_of(outcome(act)) for act in (taking, holding)] == ["done", "NotSignedIn"]
    assert scene.statuses(show) == {"A1": ["HELD"]}
    assert owners(scene) == {user.id}


def test_the_limit_of_an_account_holds_while_it_takes_a_basket_over_and_holds_more(scene: Scene) -> None:
    show, user = scene.show(seats="A1-A30"), scene.user()
    guests = [scene.guest(f"192.0.2.{number}") for number in range(4)]
    for number, guest in enumerate(guests):
        scene.hold(guest, show, *(f"A{3 * number + one}" for one in (1, 2, 3)))
    with no_deadlock(scene), racing(scene) as race:
        answers = race.all_at_once(
            *(lambda guest=guest: accounts.take_over(guest, user) for guest in guests),
            *(lambda number=number: scene.hold(user, show, f"A{number}") for number in range(20, 28)),
        )
    assert set(map(name_of, answers)) == {"done", "SeatLimitReached"}
    of_user = scene.rows("SELECT count(*) FROM reservations WHERE user_id = %s", user.id)[0]["count"]
    assert 8 <= of_user <= 10
    for answer, guest in zip(answers, guests, strict=False):
        left = scene.rows("SELECT count(*) FROM reservations WHERE user_id = %s", guest.id)[0]["count"]
        assert left == (0 if name_of(answer) == "done" else 3), "all of a basket, or none of it"


def test_taking_over_while_releasing_ends_every_seat_in_one_way(scene: Scene) -> None:
    show, guest, user = scene.show(), scene.guest(), scene.user()
    held = scene.hold(guest, show, *(f"A{number}" for number in range(1, 9)))
    with no_deadlock(scene), racing(scene) as race:
        taken, *released = race.all_at_once(
            lambda: accounts.take_over(guest, user),
            *(lambda one=one: reservations.release(guest, one.id) for one in held),
        )
    assert name_of(taken) == "done"
    for answer, one in zip(released, held, strict=True):
        [row] = scene.rows("SELECT user_id, status FROM reservations WHERE id = %s", one.id)
        gave_back = name_of(answer) == "done"
        assert row == {"user_id": guest.id if gave_back else user.id, "status": "CANCELLED" if gave_back else "HELD"}


def test_of_two_accounts_that_a_guest_becomes_at_once_there_is_one(scene: Scene) -> None:
    show, guest, user = scene.show(), scene.guest(), scene.user()
    scene.hold(guest, show, "A1", "A2")
    with no_deadlock(scene), racing(scene) as race:
        became, taken = race.all_at_once(
            lambda: accounts.become_account(guest, **ANN), lambda: accounts.take_over(guest, user)
        )
    answers = {"became": name_of(became), "taken": name_of(taken)}
    assert sorted(answers.values()) == ["NotSignedIn", "done"]
    assert owners(scene) == {guest.id if answers["became"] == "done" else user.id}


def test_a_guest_is_not_forgotten_while_a_hold_of_theirs_is_under_way(scene: Scene) -> None:
    show, guest, idle = scene.show(), yesterdays(scene), yesterdays(scene)
    with racing(scene), scene.connected() as under_way:
        assert insert_hold(under_way, guest, show, "A1") == 1
        assert accounts.forget_guests() == 1
    assert accounts.forget_guests() == 0
    assert accounts.asker(guest.id, 1, through="page") == guest
    assert accounts.asker(idle.id, 1, through="page") is None


def yesterdays(scene: Scene) -> Asker:
    """A guest who has been one for longer than a day."""
    guest = scene.guest()
    with scene.connected() as connection:
        connection.execute("UPDATE users SET created_at = now() - interval '25 hours' WHERE id = %s", (guest.id,))
    return guest
