"""Seats that the house blocks while buyers hold them: each has one of the two, and nobody waits in a circle."""

from collections import Counter

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
from tests.services.house_seats.cast import block, series
from webapp.services import house_seats, shows

SHOW_BY_SHOW = "ORDER BY wanted.show_id, wanted.id"
INSERT_SEATS = "(house_block_id, seat_id"
ALL = [f"A{number}" for number in range(1, 9)]


def test_of_eight_who_block_and_eight_who_buy_the_same_seats_each_seat_has_exactly_one(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer, seats="A1-A8")
    scene.lapse(*scene.hold(scene.user(), show, *ALL))
    buyers = [scene.user() for _ in range(8)]
    wanted = [[ALL[(first + step) % 8] for step in range(4)] for first in range(8)]
    with no_deadlock(scene), racing(scene) as race:
        results = race.all_at_once(
            *(lambda some=some: block(organizer, show, *some) for some in wanted),
            *(
                lambda buyer=buyer, some=some: scene.hold(buyer, show, *reversed(some))
                for buyer, some in zip(buyers, wanted, strict=True)
            ),
        )
    alive = scene.rows(
        """
        SELECT count(*) AS live, count(DISTINCT seat_id) AS seats
        FROM reservations
        WHERE show_id = %s AND status = 'HELD' AND hold_expiry > now()
        """,
        show.id,
    )
    done = [result for result in results if name_of(result) == "done"]
    assert alive == [{"live": 4 * len(done), "seats": 4 * len(done)}]
    assert {name_of(result) for result in results} <= {"done", "SeatsNotFree", "SeatTaken"}
    for made in house_seats.blocks_of(show.id):
        assert len(made.seats) == 4, "all of a block or nothing"


def test_two_who_block_the_same_dates_in_opposite_order_do_not_block_each_other(scene: Scene) -> None:
    organizer = scene.user()
    dates = series(scene, organizer, 3)
    with no_deadlock(scene), racing(scene) as race:
        results = race.all_at_once(
            *(
                lambda some=some: block(organizer, some[0], "A3", "A1", "A2", others=some[1:])
                for some in (dates, dates[::-1]) * 4
            )
        )
    assert Counter(map(name_of, results)) == {"done": 1, "SeatsNotFree": 7}
    for show in dates:
        assert scene.statuses(show) == {seat: ["HELD"] for seat in ("A1", "A2", "A3")}


def blocks_half_way(scene: Scene) -> list[str]:
    """One has A1 of the first date and waits for A2 of it; another wants A1 of both dates, the second one's first."""
    organizer = scene.user()
    first, second = series(scene, organizer, 2)
    with racing(scene) as race, scene.connected() as stop:
        insert_hold(stop, scene.user(), first, "A2")
        one = race.start(lambda: block(organizer, first, "A1", "A2", others=[second]))
        race.settle(one)
        other = race.start(lambda: block(organizer, second, "A1", "A2", others=[first]))
        assert race.settle(one, other) == 2
        stop.rollback()
    return sorted([name_of(outcome(one)), name_of(outcome(other))])


def test_one_date_after_the_other_nobody_waits_in_a_circle(scene: Scene) -> None:
    with no_deadlock(scene):
        assert blocks_half_way(scene) == ["SeatsNotFree", "done"]


def test_against_the_order_of_seats_a_block_and_a_buyer_would_make_one(own_scene: Scene) -> None:
    quick_deadlocks(own_scene)
    organizer, buyer = own_scene.user(), own_scene.user()
    show = own_scene.show(organizer)
    with rewriting(SHOW_BY_SHOW, "ORDER BY wanted.id DESC"), racing(own_scene) as race, own_scene.connected() as stop:
        insert_hold(stop, own_scene.user(), show, "A2")
        backwards = race.start(lambda: block(organizer, show, "A1", "A2", "A3"))
        race.settle(backwards)
        forwards = race.start(lambda: own_scene.hold(buyer, show, "A1", "A3"))
        assert race.settle(backwards, forwards) == 2
        stop.rollback()
    assert "Busy" in {name_of(outcome(backwards)), name_of(outcome(forwards))}
    assert deadlocks(own_scene) == 1


def test_a_seat_taken_after_it_was_looked_at_is_named_and_none_is_blocked(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    with racing(scene) as race, pausing(INSERT_SEATS) as pause:
        act = race.start(lambda: block(organizer, show, "A1", "A2"))
        pause.reached()
        scene.hold(buyer, show, "A2")
        pause.let_go()
        refused = outcome(act)
    assert refused.sentence == "Nothing was blocked. Seat A2 is held by a buyer."
    assert scene.statuses(show) == {"A2": ["HELD"]}
    assert scene.rows("SELECT FROM house_blocks WHERE show_id = %s", show.id) == []


def test_a_seat_that_was_given_back_meanwhile_is_blocked_at_the_next_try(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    with racing(scene) as race, scene.connected() as stop, pausing(INSERT_SEATS) as pause:
        act = race.start(lambda: block(organizer, show, "A1", "A2"))
        pause.reached()
        insert_hold(stop, buyer, show, "A2")
        pause.let_go()
        assert race.settle(act) == 1
        stop.rollback()
        outcome(act)
    assert scene.statuses(show) == {"A1": ["HELD"], "A2": ["HELD"]}


def test_who_cancels_a_show_ends_what_is_being_blocked_in_it_or_comes_first(scene: Scene) -> None:
    organizer = scene.user()
    first, second = series(scene, organizer, 2)
    with no_deadlock(scene), racing(scene) as race:
        cancelled, blocked = race.all_at_once(
            lambda: shows.cancel(organizer, second.id),
            lambda: block(organizer, first, "A1", "A2", others=[second]),
        )
    assert name_of(cancelled) == "done"
    # Where the cancellation came first it is no date any more, or the guard says so: then nothing is blocked anywhere.
    left = {"done": ["HELD"], "NotFound": None, "NotOnSale": None}[name_of(blocked)]
    assert scene.statuses(first).get("A1") == left
    assert scene.statuses(second).get("A1") == (left and ["CANCELLED"])
