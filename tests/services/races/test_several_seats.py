"""Several seats at once, in whatever order they are asked for: nobody waits for somebody who waits for them."""

from collections import Counter

from tests.races import (
    change_guard,
    deadlocks,
    insert_hold,
    name_of,
    no_deadlock,
    outcome,
    quick_deadlocks,
    racing,
    rewriting,
)
from tests.scenes import Scene

THEN_INSERT = "\n                ON CONFLICT DO NOTHING"
IN_REQUEST_ORDER = (
    f"ORDER BY seats.id{THEN_INSERT}",
    f"ORDER BY array_position(%(seats)s::text[], seats.seat_number){THEN_INSERT}",
)
BUYERS_LOCK = "PERFORM pg_advisory_xact_lock(7302, NEW.user_id);"
BUYERS_LOCK_AFTER_EXPIRY = (
    (BUYERS_LOCK, ""),
    ("AND hold_expiry <= clock_timestamp();", f"AND hold_expiry <= clock_timestamp();\n{BUYERS_LOCK}"),
)


def holds_in_opposite_order(scene: Scene) -> list[str]:
    """One buyer asks for A1 and then A4, the other for A4 and then A1; a seat between stops each of them half-way."""
    show, stranger, one, other = scene.show(), scene.user(), scene.user(), scene.user()
    with racing(scene) as race, scene.connected() as stop_first, scene.connected() as stop_second:
        insert_hold(stop_first, stranger, show, "A2")
        insert_hold(stop_second, scene.user(), show, "A3")
        first = race.start(lambda: scene.hold(one, show, "A1", "A2", "A4"))
        race.settle(first)
        second = race.start(lambda: scene.hold(other, show, "A4", "A3", "A1"))
        assert race.settle(first, second) == 2
        stop_first.rollback()
        race.settle(first, second)
        stop_second.rollback()
    return sorted([name_of(outcome(first)), name_of(outcome(second))])


def test_two_buyers_of_the_same_seats_in_opposite_order_do_not_block_each_other(scene: Scene) -> None:
    with no_deadlock(scene):
        assert holds_in_opposite_order(scene) == ["SeatTaken", "done"]


def test_in_the_order_of_the_requests_they_would_block_each_other(own_scene: Scene) -> None:
    quick_deadlocks(own_scene)
    with rewriting(*IN_REQUEST_ORDER):
        assert holds_in_opposite_order(own_scene) == ["Busy", "done"]
    assert deadlocks(own_scene) == 1


def test_eight_buyers_of_four_of_twelve_lapsed_seats_get_all_four_or_none(scene: Scene) -> None:
    seats = [f"A{number}" for number in range(1, 13)]
    show = scene.show(seats="A1-A12", seat_limit=12)
    scene.lapse(*scene.hold(scene.user(), show, *seats))
    buyers = [scene.user() for _ in range(8)]
    wanted = [
        [seats[(first + step * turn) % 12] for turn in range(4)]
        for first, step in zip(range(8), (1, 11, 5, 7) * 2, strict=True)
    ]
    with no_deadlock(scene), racing(scene) as race:
        results = race.all_at_once(
            *(
                lambda buyer=buyer, four=four: scene.hold(buyer, show, *four)
                for buyer, four in zip(buyers, wanted, strict=True)
            )
        )
    answers = Counter(map(name_of, results))
    held = scene.rows(
        "SELECT user_id, count(*) FROM reservations WHERE status = 'HELD' AND hold_expiry > now() GROUP BY 1"
    )
    assert {row["count"] for row in held} == {4}
    assert answers == {"done": len(held), "SeatTaken": 8 - len(held)}


def tab_asks_while_another_is_half_way(scene: Scene) -> tuple[dict[str, list[str]], list[str]]:
    """A buyer's first tab has A1 and is on its way to the lapsed A3 when the second tab asks for A3."""
    show, buyer = scene.show(), scene.user()
    scene.lapse(*scene.hold(scene.user(), show, "A1", "A3"))
    with racing(scene) as race, scene.connected() as stop:
        insert_hold(stop, scene.user(), show, "A2")
        first = race.start(lambda: scene.hold(buyer, show, "A1", "A2", "A3"))
        race.settle(first)
        second = race.start(lambda: scene.hold(buyer, show, "A3"))
        assert race.settle(first, second) == 2
        stop.rollback()
    return scene.statuses(show), sorted([name_of(outcome(first)), name_of(outcome(second))])


def test_a_buyers_two_tabs_do_not_block_each_other(scene: Scene) -> None:
    with no_deadlock(scene):
        statuses, answers = tab_asks_while_another_is_half_way(scene)
    assert statuses == {"A1": ["EXPIRED", "HELD"], "A2": ["HELD"], "A3": ["EXPIRED", "HELD"]}
    assert answers == ["done", "done"]


def test_with_the_expiry_before_the_buyers_lock_two_tabs_would_block_each_other(own_scene: Scene) -> None:
    quick_deadlocks(own_scene)
    change_guard(own_scene, "guard_reservation_insert", *BUYERS_LOCK_AFTER_EXPIRY)
    _, answers = tab_asks_while_another_is_half_way(own_scene)
    assert "Busy" in answers
    assert deadlocks(own_scene) == 1


def test_eight_tabs_of_one_buyer_get_the_same_holds(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    scene.lapse(*scene.hold(scene.user(), show, "A1", "A2", "A3"))
    with no_deadlock(scene), racing(scene) as race:
        results = race.all_at_once(
            *(lambda two=two: scene.hold(buyer, show, *two) for two in [("A1", "A2"), ("A3", "A2")] * 4)
        )
    assert scene.statuses(show) == {seat: ["EXPIRED", "HELD"] for seat in ("A1", "A2", "A3")}
    assert len({held.id for tab in results for held in tab}) == 3
