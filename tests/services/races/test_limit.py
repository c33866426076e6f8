"""The limit of seats per buyer is exact, however many requests of one buyer are under way."""

from collections import Counter
from functools import partial

from tests.races import MOST_ACTS, change_guard, insert_hold, name_of, no_deadlock, outcome, racing
from tests.scenes import Browser, Client, Scene

THREADS = 64
WITHOUT_BUYERS_LOCK = ("PERFORM pg_advisory_xact_lock(7302, NEW.user_id);", "")


def two_last_seats_at_once(scene: Scene) -> tuple[int, str]:
    """A buyer with one seat left to the limit has a hold under way and asks for another; how many seats, the answer."""
    show, buyer = scene.show(seats="A1-A20"), scene.user()
    scene.hold(buyer, show, *(f"A{number}" for number in range(1, 10)))
    with racing(scene) as race, scene.connected() as under_way:
        assert insert_hold(under_way, buyer, show, "A10") == 1
        act = race.start(lambda: scene.hold(buyer, show, "A11"))
        race.settle(act)
        under_way.commit()
        answer = name_of(outcome(act))
    return len(scene.statuses(show)), answer


def test_of_two_last_seats_at_once_a_buyer_gets_one(scene: Scene) -> None:
    with no_deadlock(scene):
        assert two_last_seats_at_once(scene) == (10, "SeatLimitReached")


def test_without_the_buyers_lock_both_would_be_held(own_scene: Scene) -> None:
    change_guard(own_scene, "guard_reservation_insert", WITHOUT_BUYERS_LOCK)
    assert two_last_seats_at_once(own_scene) == (11, "done")


def test_sixty_four_programs_of_a_buyer_get_ten_seats_by_v1_and_the_page(scene: Scene) -> None:
    show, buyer = scene.show(seats="A1-A64"), scene.user()
    seat_ids = [row["id"] for row in scene.rows("SELECT id FROM seats WHERE show_id = %s ORDER BY id", show.id)]
    token, browser = scene.token(buyer), scene.browser(buyer)
    cookie = browser.flask.get_cookie("holdfast")
    assert cookie

    def by_v1(seat_id: int) -> int:
        return (
            Client(scene.app.test_client(), token).post(f"/shows/{show.id}/holds", {"seat_ids": [seat_id]}).status_code
        )

    def by_page(seat_id: int) -> int:
        tab = Browser(scene.app.test_client(), htmx=True)
        tab.flask.set_cookie("holdfast", cookie.value)
        tab.csrf_token = browser.csrf_token
        return tab.post(f"/shows/{show.id}/holds", {"seat_ids": seat_id}).status_code

    with no_deadlock(scene), racing(scene, THREADS) as race:
        asked = (partial(by_v1 if place % 2 else by_page, seat_id) for place, seat_id in enumerate(seat_ids))
        answers = Counter(race.all_at_once(*asked))
    assert list(scene.statuses(show).values()) == [["HELD"]] * 10
    assert answers[200] + answers[201] == 10
    assert answers.keys() <= {200, 201, 409, 503}
    assert answers[409] > 0


def test_sixteen_tabs_of_a_buyer_get_ten_seats(scene: Scene) -> None:
    show, buyer = scene.show(seats="A1-A16"), scene.user()
    with no_deadlock(scene), racing(scene) as race:
        answers = race.all_at_once(
            *(lambda number=number: scene.hold(buyer, show, f"A{number}") for number in range(1, MOST_ACTS + 1))
        )
    assert list(scene.statuses(show).values()) == [["HELD"]] * 10
    assert Counter(map(name_of, answers)) == {"done": 10, "SeatLimitReached": 6}
