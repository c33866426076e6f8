"""Buyers are moved and sales cancelled while others take, confirm, move and cancel: one wins, nobody loses a seat."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from tests.races import (
    deadlocks,
    insert_hold,
    name_of,
    no_deadlock,
    outcome,
    pausing,
    quick_deadlocks,
    racing,
    rewriting,
)
from tests.scenes import Scene
from tests.services.box_office.sales import buy, never_twice_sold, seat
from webapp.services import box_office, reservations
from webapp.services.refusals import NotSold, SeatTaken

# Where a move stands still: it has all its locks, and the old seat is not given up yet, or the new one not yet taken.
BEFORE_THE_OLD_IS_GIVEN_UP = "SET status = 'CANCELLED', reason = %(reason)s"
BEFORE_THE_NEW_IS_TAKEN = "changed_through, moved_from)"
ALONE_WITH_THE_SHOW = "SELECT pg_advisory_xact_lock(%(namespace)s, %(show_id)s)"


def test_of_two_colleagues_who_move_two_buyers_to_one_seat_one_does(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    manager = scene.manager(show)
    [first], [second] = (buy(scene, scene.user(), show, number) for number in ("A1", "A9"))
    with no_deadlock(scene), racing(scene) as race:
        answers = race.all_at_once(
            lambda: box_office.move(organizer, show.id, first, seat(show, "A5")),
            lambda: box_office.move(manager, show.id, second, seat(show, "A5")),
        )
    assert sorted(map(name_of, answers)) == ["SeatTaken", "done"]
    statuses = scene.statuses(show)
    assert statuses["A5"] == ["CONFIRMED"]
    assert sorted([*statuses["A1"], *statuses["A9"]]) == ["CANCELLED", "CONFIRMED"]


def test_the_same_move_twice_at_once_is_one_move(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    [old] = buy(scene, scene.user(), show, "A1")
    with no_deadlock(scene), racing(scene) as race:
        moves = [lambda: box_office.move(organizer, show.id, old, seat(show, "A2"))] * 4
        answers = race.all_at_once(*moves)
    assert {name_of(answer) for answer in answers} == {"done"}
    assert len({answer.id for answer in answers}) == 1
    assert scene.statuses(show) == {"A1": ["CANCELLED"], "A2": ["CONFIRMED"]}


@pytest.mark.parametrize("before", [BEFORE_THE_OLD_IS_GIVEN_UP, BEFORE_THE_NEW_IS_TAKEN])
@pytest.mark.parametrize("numbers", [("A5",), ("A1", "A5"), ("A5", "A9")])
def test_a_hold_of_a_seat_that_somebody_is_being_moved_to_waits_and_is_refused(
    scene: Scene, before: str, numbers: tuple[str, ...]
) -> None:
    organizer, rival = scene.user(), scene.user()
    show = scene.show(organizer)
    [old] = buy(scene, scene.user(), show, "A1")
    with no_deadlock(scene), racing(scene) as race, pausing(before) as pause:
        moving = race.start(lambda: box_office.move(organizer, show.id, old, seat(show, "A5")))
        pause.reached()
        holding = race.start(lambda: scene.hold(rival, show, *numbers))
        assert race.settle(holding) == 1, "it waits"
        pause.let_go()
        answers = [name_of(outcome(moving)), name_of(outcome(holding))]
    assert answers == ["done", "SeatTaken"]
    assert scene.statuses(show)["A5"] == ["CONFIRMED"]


@pytest.mark.parametrize("before", [BEFORE_THE_OLD_IS_GIVEN_UP, BEFORE_THE_NEW_IS_TAKEN])
def test_a_seat_that_somebody_is_being_moved_from_is_theirs_until_they_are(scene: Scene, before: str) -> None:
    organizer, rival = scene.user(), scene.user()
    show = scene.show(organizer)
    [old] = buy(scene, scene.user(), show, "A1")
    with racing(scene) as race, pausing(before) as pause:
        moving = race.start(lambda: box_office.move(organizer, show.id, old, seat(show, "A5")))
        pause.reached()
        with pytest.raises(SeatTaken):
            scene.hold(rival, show, "A1")
        pause.let_go()
        assert name_of(outcome(moving)) == "done"
    scene.hold(rival, show, "A1")
    assert scene.statuses(show) == {"A1": ["CANCELLED", "HELD"], "A5": ["CONFIRMED"]}


def test_a_move_to_a_seat_that_is_just_being_held_waits_and_is_refused(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    [old] = buy(scene, scene.user(), show, "A1")
    with no_deadlock(scene), racing(scene) as race:
        with scene.connected() as under_way:
            assert insert_hold(under_way, scene.user(), show, "A5") == 1
            moving = race.start(lambda: box_office.move(organizer, show.id, old, seat(show, "A5")))
            assert race.settle(moving) == 1
        assert name_of(outcome(moving)) == "SeatTaken"
    assert scene.statuses(show) == {"A1": ["CONFIRMED"], "A5": ["HELD"]}


def test_a_party_that_holds_the_new_seat_and_wants_the_old_one_too_is_no_deadlock(scene: Scene) -> None:
    organizer, party = scene.user(), scene.user()
    show = scene.show(organizer)
    [old] = buy(scene, scene.user(), show, "A5")
    with no_deadlock(scene), racing(scene) as race:
        with scene.connected() as under_way:
            assert insert_hold(under_way, party, show, "A1") == 1
            moving = race.start(lambda: box_office.move(organizer, show.id, old, seat(show, "A1")))
            assert race.settle(moving) == 1
            assert insert_hold(under_way, party, show, "A5") == 0
        assert name_of(outcome(moving)) == "SeatTaken"


def test_were_the_mover_not_alone_with_the_show_it_would_be_one(own_scene: Scene) -> None:
    quick_deadlocks(own_scene)
    organizer, party = own_scene.user(), own_scene.user()
    show = own_scene.show(organizer)
    [old] = buy(own_scene, own_scene.user(), show, "A5")
    shared = ALONE_WITH_THE_SHOW.replace("xact_lock(", "xact_lock_shared(")
    with racing(own_scene) as race, rewriting(ALONE_WITH_THE_SHOW, shared), pausing(BEFORE_THE_NEW_IS_TAKEN) as pause:
        under_way = psycopg.connect(own_scene.database.url, row_factory=dict_row)
        insert_hold(under_way, party, show, "A1")
        moving = race.start(lambda: box_office.move(organizer, show.id, old, seat(show, "A1")))
        pause.reached()
        holding = race.start(lambda: insert_hold(under_way, party, show, "A5"))
        assert race.settle(holding) == 1
        pause.let_go()
        answers = {name_of(outcome(holding)), name_of(outcome(moving))}
        under_way.close()
    assert answers & {"Busy", "DeadlockDetected"}
    assert deadlocks(own_scene) == 1


@pytest.mark.parametrize("first", ["move", "cancel"])
def test_of_a_move_and_a_cancellation_of_one_sale_the_first_counts(scene: Scene, first: str) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    colleague = scene.manager(show)
    [old] = buy(scene, scene.user(), show, "A1")
    acts: dict[str, Callable[[], Any]] = {
        "move": lambda: box_office.move(organizer, show.id, old, seat(show, "A5")),
        "cancel": lambda: box_office.cancel(colleague, show.id, old, reason="ill"),
    }
    [second] = acts.keys() - {first}
    with no_deadlock(scene), racing(scene) as race, pausing(BEFORE_THE_OLD_IS_GIVEN_UP) as pause:
        started = race.start(acts[first])
        pause.reached()
        other = race.start(acts[second])
        assert race.settle(other) == 1
        pause.let_go()
        answers = [name_of(outcome(started)), name_of(outcome(other))]
    assert answers == ["done", "NotSold"]
    expected = {"A1": ["CANCELLED"]} | ({"A5": ["CONFIRMED"]} if first == "move" else {})
    assert scene.statuses(show) == expected


def test_a_buyer_who_confirms_their_hold_of_the_new_seat_meanwhile_keeps_it(scene: Scene) -> None:
    organizer, rival = scene.user(), scene.user()
    show = scene.show(organizer)
    [old] = buy(scene, scene.user(), show, "A1")
    [held] = scene.hold(rival, show, "A5")
    with no_deadlock(scene), racing(scene) as race:
        answers = race.all_at_once(
            lambda: box_office.move(organizer, show.id, old, seat(show, "A5")),
            lambda: reservations.confirm(rival, held.id),
        )
    assert [name_of(answer) for answer in answers] == ["SeatTaken", "done"]
    assert scene.statuses(show) == {"A1": ["CONFIRMED"], "A5": ["CONFIRMED"]}


def test_in_the_rush_of_eight_nobody_loses_a_seat_and_none_is_sold_twice(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer, seats="A1-A16", seat_limit=16)
    manager = scene.manager(show)
    buyers = [scene.user() for _ in range(4)]
    sales = [buy(scene, buyer, show, f"A{number}")[0] for number, buyer in enumerate(buyers, start=1)]
    rivals = [scene.user() for _ in range(2)]

    def move_about(mover: int) -> list[str]:
        """Move each sale on to the seats that all others are moved to as well; what came of it."""
        asker = (organizer, manager)[mover % 2]
        told = []
        for turn in range(8):
            sale = box_office.one(asker, show.id, sales[(mover + turn) % 4])
            while sale.moved_to:
                sale = box_office.one(asker, show.id, sale.moved_to)
            try:
                box_office.move(asker, show.id, sale.id, seat(show, f"A{5 + (mover + 3 * turn) % 6}"))
                told.append("done")
            except (SeatTaken, NotSold) as refusal:
                told.append(name_of(refusal))
        return told

    def buy_about(rival: int) -> list[str]:
        """Hold seats that others are moved to, several at once, and confirm or release them."""
        told = []
        for turn in range(8):
            numbers = [f"A{5 + (rival + 2 * turn + step) % 8}" for step in (3, 0)]
            try:
                held = scene.hold(rivals[rival], show, *numbers)
            except SeatTaken as refusal:
                told.append(name_of(refusal))
                continue
            for one in held:
                reservations.release(rivals[rival], one.id)
            told.append("done")
        return told

    with no_deadlock(scene), racing(scene) as race:
        answers = race.all_at_once(
            *[lambda mover=mover: move_about(mover) for mover in range(4)],
            *[lambda rival=rival: buy_about(rival) for rival in range(2)],
            lambda: name_of(scene.hold(buyers[0], show, "A14", "A13")),
            lambda: name_of(box_office.cancel_several(organizer, show.id, [], reason="none")),
        )
    assert [name_of(answer) for answer in answers] == ["done"] * 8
    assert never_twice_sold(scene)
    bought = scene.rows(
        "SELECT user_id, count(*) AS seats FROM reservations WHERE status = 'CONFIRMED' GROUP BY user_id"
    )
    assert {row["user_id"]: row["seats"] for row in bought} == {buyer.id: 1 for buyer in buyers}


def test_two_who_cancel_the_same_rows_the_other_way_round_both_come_to_an_end(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    manager = scene.manager(show)
    sales = buy(scene, scene.user(), show, *(f"A{number}" for number in range(1, 11)))
    with no_deadlock(scene), racing(scene) as race:
        answers = race.all_at_once(
            lambda: box_office.cancel_several(organizer, show.id, sales, reason="ill"),
            lambda: box_office.cancel_several(manager, show.id, sales[::-1], reason="well"),
        )
    assert [name_of(answer) for answer in answers] == ["done", "done"]
    assert answers[0] == answers[1]
    lines = scene.rows("SELECT reason FROM reservation_changes WHERE status = 'CANCELLED'")
    assert len(lines) == 10
    assert len({line["reason"] for line in lines}) == 1
