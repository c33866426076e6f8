"""Two or many buyers want one seat: one of them gets it."""

from collections import Counter

from tests.races import (
    MOST_ACTS,
    change_guard,
    insert_hold,
    name_of,
    no_deadlock,
    outcome,
    racing,
    run,
)
from tests.scenes import Scene
from webapp.services import reservations
from webapp.services.asker import Asker
from webapp.services.refusals import Refusal
from webapp.services.reservations.locks import SHOW_NAMESPACE
from webapp.services.shows import Show

WITHOUT_INDEX = "DROP INDEX unique_active_reservation_per_seat"
WITHOUT_EXPIRY = ("AND hold_expiry <= clock_timestamp();", "AND false;")


def hold_while_another_is_under_way(scene: Scene, *, lapsed: bool = False, commits: bool = True) -> tuple[object, str]:
    """One hold is written and not yet committed when another buyer asks; the seat's statuses, and that one's answer."""
    show, first, second = scene.show(), scene.user(), scene.user()
    if lapsed:
        scene.lapse(*scene.hold(scene.user(), show, "A1"))
    with racing(scene) as race, scene.connected() as under_way:
        assert insert_hold(under_way, first, show, "A1") == 1
        act = race.start(lambda: scene.hold(second, show, "A1"))
        race.settle(act)
        under_way.commit() if commits else under_way.rollback()
    return scene.statuses(show)["A1"], name_of(outcome(act))


def test_of_two_buyers_of_one_seat_the_first_gets_it(scene: Scene) -> None:
    with no_deadlock(scene):
        assert hold_while_another_is_under_way(scene) == (["HELD"], "SeatTaken")


def test_without_the_index_both_would_get_it(own_scene: Scene) -> None:
    run(own_scene, WITHOUT_INDEX)
    assert hold_while_another_is_under_way(own_scene) == (["HELD", "HELD"], "done")


def test_a_seat_whose_hold_came_to_nothing_goes_to_the_buyer_who_waited(scene: Scene) -> None:
    assert hold_while_another_is_under_way(scene, commits=False) == (["HELD"], "done")


def test_of_two_buyers_of_a_lapsed_seat_the_first_gets_it(scene: Scene) -> None:
    with no_deadlock(scene):
        assert hold_while_another_is_under_way(scene, lapsed=True) == (["EXPIRED", "HELD"], "SeatTaken")


def test_without_the_index_both_would_get_a_lapsed_seat(own_scene: Scene) -> None:
    run(own_scene, WITHOUT_INDEX)
    assert hold_while_another_is_under_way(own_scene, lapsed=True) == (["EXPIRED", "HELD", "HELD"], "done")


def test_of_sixteen_buyers_at_once_exactly_one_gets_the_seat(scene: Scene) -> None:
    show = scene.show()
    buyers = [scene.user() for _ in range(MOST_ACTS)]
    with no_deadlock(scene), racing(scene) as race:
        results = race.all_at_once(*(lambda buyer=buyer: scene.hold(buyer, show, "A1") for buyer in buyers))
    assert scene.statuses(show) == {"A1": ["HELD"]}
    assert Counter(map(name_of, results)) == {"done": 1, "SeatTaken": MOST_ACTS - 1}


def rush_on_lapsed_seats(scene: Scene, seats: list[str]) -> tuple[Show, Counter[str]]:
    """Sixteen buyers each try all the lapsed seats, one after the other; how often they were answered what."""
    show = scene.show(seats=f"{seats[0]}-{seats[-1]}", seat_limit=100)
    scene.lapse(*scene.hold(scene.user(), show, *seats))
    answers: Counter[str] = Counter()

    def try_all(buyer: Asker, first: int) -> Counter[str]:
        mine: Counter[str] = Counter()
        for number in seats[first:] + seats[:first]:
            try:
                scene.hold(buyer, show, number)
                mine["done"] += 1
            except Refusal as refusal:
                mine[name_of(refusal)] += 1
        return mine

    buyers = [scene.user() for _ in range(MOST_ACTS)]
    with racing(scene) as race:
        starts = [index * 3 % len(seats) for index in range(MOST_ACTS)]
        for mine in race.all_at_once(
            *(
                lambda buyer=buyer, first=first: try_all(buyer, first)
                for buyer, first in zip(buyers, starts, strict=True)
            )
        ):
            answers += mine
    return show, answers


def test_sixteen_buyers_of_lapsed_seats_get_each_seat_once(scene: Scene) -> None:
    seats = [f"A{number}" for number in range(1, 21)]
    with no_deadlock(scene):
        show, answers = rush_on_lapsed_seats(scene, seats)
    assert scene.statuses(show) == {seat: ["EXPIRED", "HELD"] for seat in seats}
    assert answers == {"done": 20, "SeatTaken": 20 * (MOST_ACTS - 1)}


def test_without_the_expiry_in_the_guard_lapsed_seats_would_stay_blocked(own_scene: Scene) -> None:
    change_guard(own_scene, "guard_reservation_insert", WITHOUT_EXPIRY)
    show, answers = rush_on_lapsed_seats(own_scene, ["A1", "A2"])
    assert own_scene.statuses(show) == {"A1": ["HELD"], "A2": ["HELD"]}
    assert answers["done"] == 0


def test_who_repeats_a_hold_is_told_of_the_seat_as_it_is_when_the_wait_is_over(scene: Scene) -> None:
    """The sale has ended, and the organizer extends it: meanwhile the hold is released, and another buyer has it."""
    show, first, second = scene.show(), scene.user(), scene.user()
    [held] = scene.hold(first, show, "A1")
    end_of_sale = "UPDATE shows SET off_sale_at = {} WHERE id = %s RETURNING id"
    scene.rows(end_of_sale.format("statement_timestamp() - interval '1 minute'"), show.id)
    with racing(scene) as race, scene.connected() as organizing:
        organizing.execute("SELECT pg_advisory_xact_lock(%s, %s)", (SHOW_NAMESPACE, show.id))
        organizing.execute(end_of_sale.format("NULL"), [show.id])
        repeated = race.start(lambda: scene.hold(first, show, "A1"))
        assert race.settle(repeated) == 1
        reservations.release(first, held.id)
        assert insert_hold(organizing, second, show, "A1") == 1
        organizing.commit()
    assert name_of(outcome(repeated)) == "SeatTaken"
