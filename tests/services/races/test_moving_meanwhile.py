"""A buyer is being moved while their show is cancelled, the house wants the seat, a hold of it lapses, or somebody
leaves: the sale stands on one seat in the end, and nobody else has that."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.races import name_of, no_deadlock, outcome, pausing, racing, rewriting
from tests.scenes import PASSWORD, Scene
from tests.services.box_office.sales import buy, never_twice_sold, seat
from tests.services.house_seats.cast import block, choice_of
from webapp.services import accounts, box_office, house_seats, managers, reservations, shows
from webapp.services.shows import Show

# Where an act stands still: it has the show alone; it asks who runs that; the old seat is not given up yet; or the new
# one is not yet taken.
LOCKED = "WHERE seat_id = %(seat_id)s AND status IN"
IN_CHARGE = "SELECT FROM users WHERE id = %(user_id)s FOR SHARE"
BEFORE_THE_OLD_IS_GIVEN_UP = "SET status = 'CANCELLED', reason = %(reason)s"
BEFORE_THE_NEW_IS_TAKEN = "changed_through, moved_from)"
# Where others do: the show is theirs; the buyer is, and the account is still there.
SHOW_IS_CANCELLED = "UPDATE shows SET cancelled_at"
ACCOUNT_IS_LEFT = "SET name = 'Deleted account'"


def one_after_the_other(
    scene: Scene, first: Callable[[], Any], before: str, second: Callable[[], Any]
) -> tuple[str, str]:
    """The first act stands still before a statement until the second waits for it; what came of both."""
    with no_deadlock(scene), racing(scene) as race, pausing(before) as pause:
        started = race.start(first)
        pause.reached()
        other = race.start(second)
        assert race.settle(other) == 1, "it waits"
        pause.let_go()
        return name_of(outcome(started)), name_of(outcome(other))


def sold_to(scene: Scene, show: Show) -> dict[str, int]:
    """Who has which seat for good."""
    rows = scene.rows(
        """
        SELECT seats.seat_number, reservations.user_id
        FROM reservations
        JOIN seats ON seats.id = reservations.seat_id
        WHERE reservations.show_id = %s AND reservations.status = 'CONFIRMED'
        """,
        show.id,
    )
    return {row["seat_number"]: row["user_id"] for row in rows}


def test_of_two_colleagues_who_move_one_buyer_to_two_seats_one_does_and_the_other_reads_where_they_are(
    scene: Scene,
) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    manager = scene.manager(show)
    [sale] = buy(scene, buyer, show, "A1")
    with no_deadlock(scene), racing(scene) as race:
        answers = race.all_at_once(
            lambda: box_office.move(organizer, show.id, sale, seat(show, "A4")),
            lambda: box_office.move(manager, show.id, sale, seat(show, "A7")),
        )
    assert sorted(map(name_of, answers)) == ["NotSold", "done"]
    [moved], [refused] = ([one for one in answers if name_of(one) == name] for name in ("done", "NotSold"))
    assert f"with reservation {moved.id}" in refused.sentence
    assert sold_to(scene, show) == {moved.seat_number: buyer.id}


@pytest.mark.parametrize("first", ["move", "cancel"])
def test_a_show_that_is_cancelled_meanwhile_leaves_the_sale_on_one_seat(scene: Scene, first: str) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    [sale] = buy(scene, buyer, show, "A1")

    def move() -> Any:
        return box_office.move(organizer, show.id, sale, seat(show, "A5"))

    def cancel() -> Any:
        return shows.cancel(organizer, show.id)

    if first == "move":
        assert one_after_the_other(scene, move, BEFORE_THE_NEW_IS_TAKEN, cancel) == ("done", "done")
    else:
        assert one_after_the_other(scene, cancel, SHOW_IS_CANCELLED, move) == ("done", "NotOnSale")
    assert sold_to(scene, show) == {"A5" if first == "move" else "A1": buyer.id}


@pytest.mark.parametrize("before", [LOCKED, BEFORE_THE_NEW_IS_TAKEN])
@pytest.mark.parametrize("wanted", ["A1", "A5"])
def test_who_blocks_a_seat_while_somebody_is_being_moved_gets_what_is_free_then(
    scene: Scene, before: str, wanted: str
) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    manager = scene.manager(show)
    [sale] = buy(scene, buyer, show, "A1")
    answers = one_after_the_other(
        scene,
        lambda: box_office.move(organizer, show.id, sale, seat(show, "A5")),
        before,
        lambda: block(manager, show, wanted),
    )
    assert answers == ("done", "done" if wanted == "A1" else "SeatsNotFree")
    assert sold_to(scene, show) == {"A5": buyer.id}
    assert never_twice_sold(scene)


def test_a_seat_is_blocked_and_somebody_moved_to_it_at_once_and_it_is_kept_or_sold(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    [sale] = buy(scene, buyer, show, "A1")
    with no_deadlock(scene), racing(scene) as race:
        moved, blocked = race.all_at_once(
            lambda: box_office.move(organizer, show.id, sale, seat(show, "A5")),
            lambda: block(organizer, show, "A5", "A6"),
        )
    assert (name_of(moved), name_of(blocked)) in {("done", "SeatsNotFree"), ("SeatTaken", "done")}
    assert sold_to(scene, show) == {"A5" if name_of(moved) == "done" else "A1": buyer.id}
    assert never_twice_sold(scene)


def test_a_seat_that_the_house_gives_back_at_once_is_moved_to_or_refused(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    manager = scene.manager(show)
    [sale] = buy(scene, buyer, show, "A1")
    block(organizer, show, "A5", "A6")
    with no_deadlock(scene), racing(scene) as race:
        released, moved = race.all_at_once(
            lambda: house_seats.release(manager, choice_of(show, "A6", "A5")),
            lambda: box_office.move(organizer, show.id, sale, seat(show, "A5")),
        )
    assert name_of(released) == "done"
    assert name_of(moved) in {"done", "SeatTaken"}
    assert sold_to(scene, show) == {"A5" if name_of(moved) == "done" else "A1": buyer.id}
    assert house_seats.blocks_of(show.id) == []


def test_a_lapsed_hold_of_the_new_seat_is_confirmed_held_anew_and_moved_to_at_once_and_one_of_them_has_it(
    scene: Scene,
) -> None:
    organizer, buyer, late, rival = (scene.user() for _ in range(4))
    show = scene.show(organizer)
    [sale] = buy(scene, buyer, show, "A1")
    [held] = scene.hold(late, show, "A5")
    scene.lapse(held)
    with no_deadlock(scene), racing(scene) as race:
        answers = race.all_at_once(
            lambda: box_office.move(organizer, show.id, sale, seat(show, "A5")),
            lambda: reservations.confirm(late, held.id),
            lambda: scene.hold(rival, show, "A5"),
        )
    moved, confirmed, taken = map(name_of, answers)
    assert confirmed == "HoldExpired"
    assert {moved, taken} == {"done", "SeatTaken"}
    assert sold_to(scene, show) == {"A5" if moved == "done" else "A1": buyer.id}
    assert never_twice_sold(scene)


@pytest.mark.parametrize("first", ["move", "leave"])
def test_a_buyer_who_leaves_meanwhile_keeps_one_seat_on_record(scene: Scene, first: str) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    [sale] = buy(scene, buyer, show, "A1")

    def move() -> Any:
        return box_office.move(organizer, show.id, sale, seat(show, "A5"))

    def leave() -> Any:
        return accounts.delete_account(buyer, password=PASSWORD)

    if first == "move":
        assert one_after_the_other(scene, move, BEFORE_THE_NEW_IS_TAKEN, leave) == ("done", "done")
    else:
        assert one_after_the_other(scene, leave, ACCOUNT_IS_LEFT, move) == ("done", "BuyerGone")
    assert sold_to(scene, show) == {"A5" if first == "move" else "A1": buyer.id}


def act_while_one_is_removed(scene: Scene, act: str, before: str) -> tuple[str, bool, dict[str, int]]:
    """A manager is removed when their act has come to this statement: what came of it, whether the removal waited, and
    who has which seat."""
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    manager = scene.manager(show)
    [sale] = buy(scene, buyer, show, "A1")
    acts: dict[str, Callable[[], Any]] = {
        "move": lambda: box_office.move(manager, show.id, sale, seat(show, "A5")),
        "cancel": lambda: box_office.cancel(manager, show.id, sale, reason="ill"),
    }
    with racing(scene) as race, pausing(before) as pause:
        acting = race.start(acts[act])
        pause.reached()
        removing = race.start(lambda: managers.remove(organizer, show.id, manager.id))
        waits = race.settle(removing) == 1
        pause.let_go()
        answer = name_of(outcome(acting))
        assert name_of(outcome(removing)) == "done"
    return answer, waits, sold_to(scene, show)


@pytest.mark.parametrize("act", ["move", "cancel"])
def test_who_is_removed_before_they_have_their_locks_does_nothing(scene: Scene, act: str) -> None:
    answer, waits, sold = act_while_one_is_removed(scene, act, IN_CHARGE)
    assert (answer, waits, list(sold)) == ("Forbidden", False, ["A1"])


@pytest.mark.parametrize(("act", "seats"), [("move", ["A5"]), ("cancel", [])])
def test_who_is_being_removed_after_that_comes_to_the_end_first(scene: Scene, act: str, seats: list[str]) -> None:
    answer, waits, sold = act_while_one_is_removed(scene, act, BEFORE_THE_OLD_IS_GIVEN_UP)
    assert (answer, waits, list(sold)) == ("done", True, seats)


@pytest.mark.parametrize("act", ["move", "cancel"])
def test_without_a_share_in_their_right_the_guard_would_meet_them_and_have_no_words(scene: Scene, act: str) -> None:
    with rewriting("FOR KEY SHARE", ""):
        answer, waits, sold = act_while_one_is_removed(scene, act, BEFORE_THE_OLD_IS_GIVEN_UP)
    assert (answer, waits, list(sold)) == ("DatabaseError", False, ["A1"])
