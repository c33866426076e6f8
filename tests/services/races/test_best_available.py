"""Many buyers who leave the choice to us at once: each gets seats, none the same, and nobody waits in a circle."""

from collections import Counter
from contextlib import suppress

import pytest
from psycopg import Connection
from psycopg.rows import DictRow

from tests.races import name_of, no_deadlock, outcome, racing, rewriting
from tests.scenes import Scene
from tests.services.offers.halls import hall, minding
from webapp.services.asker import Asker
from webapp.services.offers import Wanted, best_available, chosen
from webapp.services.refusals import NoneTogether, Refusal, SeatTaken
from webapp.services.reservations import SeatChoice
from webapp.services.shows import Show

WITHOUT_PASSING_BY = ("FOR NO KEY UPDATE OF seats SKIP LOCKED", "FOR NO KEY UPDATE OF seats")


def ask(buyer: Asker, show: Show, seats: int) -> list[str]:
    """The numbers of the seats that the buyer is given."""
    found = best_available.hold(buyer, show.id, Wanted(seats), minutes=5)
    return [one.seat_number for one in found.reservations]


def ask_or_take_an_offer(buyer: Asker, show: Show, seats: int) -> list[str]:
    """The same, or else those of the first offer that nobody else takes meanwhile."""
    for _ in range(50):
        try:
            return ask(buyer, show, seats)
        except NoneTogether as refusal:
            for offer in refusal.offers:
                with suppress(SeatTaken):
                    choice = SeatChoice(show_id=show.id, seat_ids=offer.seat_ids)
                    return [one.seat_number for one in chosen.hold(buyer, choice, minutes=5).reservations]
    raise AssertionError("nothing was left for this buyer")


def lock_seats(connection: Connection[DictRow], *numbers: str) -> None:
    """Be at these seats, as somebody is who is just being given them."""
    connection.execute("SELECT id FROM seats WHERE seat_number = ANY(%s) FOR NO KEY UPDATE", (list(numbers),))


def test_sixteen_buyers_at_once_are_all_served_until_the_house_is_full(scene: Scene) -> None:
    show = hall(scene, dict.fromkeys("ABCD", "........"))
    buyers = [scene.user() for _ in range(16)]
    with no_deadlock(scene), racing(scene) as race:
        results = race.all_at_once(*(lambda buyer=buyer: ask_or_take_an_offer(buyer, show, 2) for buyer in buyers))
    assert Counter(map(name_of, results)) == {"done": 16}
    assert sorted(seat for seats in results for seat in seats) == sorted(scene.statuses(show))
    assert scene.statuses(show) == {f"{row}{place}": ["HELD"] for row in "ABCD" for place in range(1, 9)}


def test_whoever_is_second_gets_the_next_best_seats_at_once(scene: Scene) -> None:
    show = hall(scene, {"A": "...", "B": "..."})
    with racing(scene) as race, scene.connected() as first:
        lock_seats(first, "A2")
        second = race.start(lambda: ask(scene.user(), show, 3))
        assert race.settle(second) == 0
        assert outcome(second) == ["B1", "B2", "B3"]


def test_without_passing_by_they_would_wait(scene: Scene) -> None:
    show = hall(scene, {"A": "...", "B": "..."})
    with rewriting(*WITHOUT_PASSING_BY), racing(scene) as race:
        with scene.connected() as first:
            lock_seats(first, "A2")
            second = race.start(lambda: ask(scene.user(), show, 3))
            assert race.settle(second) == 1
        assert outcome(second) == ["A1", "A2", "A3"]


def test_for_the_last_seats_one_waits_and_gets_them_if_they_are_let_go(scene: Scene) -> None:
    show = hall(scene, {"A": "..."})
    with racing(scene) as race, scene.connected() as first:
        lock_seats(first, "A2")
        second = race.start(lambda: ask(scene.user(), show, 3))
        assert race.settle(second) == 1
        first.rollback()
        assert outcome(second) == ["A1", "A2", "A3"]
    assert scene.statuses(show) == {"A1": ["HELD"], "A2": ["HELD"], "A3": ["HELD"]}


def test_whoever_waited_in_vain_hears_it_and_keeps_nothing(scene: Scene) -> None:
    show = hall(scene, {"A": "..."})
    with racing(scene) as race:
        with scene.connected() as first:
            lock_seats(first, "A2")
            second = race.start(lambda: ask(scene.user(), show, 3))
            assert race.settle(second) == 1
            first.execute(
                """
                INSERT INTO reservations (user_id, seat_id, show_id, price, hold_expiry, changed_by, changed_through)
                SELECT %(buyer)s, id, show_id, 0, now() + interval '5 minutes', %(buyer)s, 'api'
                FROM seats WHERE seat_number = 'A2'
                """,
                {"buyer": scene.user().id},
            )
        assert name_of(outcome(second)) == "NoneTogether"
    assert scene.statuses(show) == {"A2": ["HELD"]}


@pytest.mark.parametrize("rule", ["off", "enforce"])
def test_those_who_choose_and_those_who_do_not_never_wait_in_a_circle(scene: Scene, rule: str) -> None:
    show = minding(scene, hall(scene, dict.fromkeys("ABC", "." * 10), seat_limit=30), rule)
    ids = [row["id"] for row in scene.rows("SELECT id FROM seats WHERE show_id = %s ORDER BY id", show.id)]
    buyers = [scene.user() for _ in range(8)]

    def choose(buyer: Asker, step: int) -> None:
        for turn in range(6):
            seats = tuple(ids[(step * 7 + turn * step + away) % 30] for away in (11, 3, 0))
            with suppress(Refusal):
                chosen.hold(buyer, SeatChoice(show_id=show.id, seat_ids=seats), minutes=5)

    def leave_it_to_us(buyer: Asker, seats: int) -> None:
        for _ in range(6):
            with suppress(Refusal):
                best_available.hold(buyer, show.id, Wanted(seats), minutes=5)

    with no_deadlock(scene), racing(scene) as race:
        acts = [
            (lambda buyer=buyer, number=number: choose(buyer, number + 1))
            if number % 2
            else (lambda buyer=buyer, number=number: leave_it_to_us(buyer, number // 2 + 1))
            for number, buyer in enumerate(buyers * 2)
        ]
        results = race.all_at_once(*acts)
    assert Counter(map(name_of, results)) == {"done": 16}
    assert all(statuses == ["HELD"] for statuses in scene.statuses(show).values())
