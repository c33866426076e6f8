"""Who sits directly behind whom, in halls of all kinds; and how parties are parted that cannot sit together."""

from collections.abc import Callable
from math import cos, sin

import pytest

from tests.scenes import Scene
from tests.services.offers.halls import Point, hall, numbers, placed, said, take
from tests.services.offers.test_compromises import can_be_had, refused

BEHIND = "3 + 3, directly behind each other, rows C and D"


def curved(place: int, down: int) -> Point:
    """Rows around a stage, the seats of each a pitch apart."""
    radius = 6 + 1.5 * down
    return (radius * sin((place - 4) / radius), radius * cos((place - 4) / radius))


HALLS: dict[str, Callable[[int, int], Point]] = {
    "as wide as deep": lambda place, down: (place, down),
    "staggered": lambda place, down: (place + down % 2 / 2, down),
    "deep": lambda place, down: (place, 1.8 * down),
    "deeper behind": lambda place, down: (place, down + (down > 2)),
    "at a side": lambda place, down: (down, place),
    "curved": curved,
}


@pytest.mark.parametrize("at", HALLS.values(), ids=HALLS.keys())
def test_in_every_hall_the_next_row_is_directly_behind(scene: Scene, at: Callable[[int, int], Point]) -> None:
    rows = {"A": "x" * 7, "B": "x" * 7, "C": "xx...xx", "D": "xx...xx"}
    offers = refused(scene, hall(scene, rows, at=at), 6).offers
    assert said(offers) == [BEHIND]
    assert numbers(offers) == [["C3", "C4", "C5", "D3", "D4", "D5"]]


@pytest.mark.parametrize("at", HALLS.values(), ids=HALLS.keys())
def test_in_no_hall_somebody_is_directly_behind_a_row_between(scene: Scene, at: Callable[[int, int], Point]) -> None:
    rows = {"A": "x" * 7, "B": "x" * 7, "C": "xx...xx", "D": "x" * 7, "E": "xx...xx"}
    show = hall(scene, rows, at=at)
    assert said(refused(scene, show, 6).offers) == ["3 + 3, rows C and E"]


def test_rows_that_a_plan_lists_in_another_order_follow_one_another_as_they_stand(scene: Scene) -> None:
    down = {0: 3, 1: 1, 2: 2}
    show = hall(scene, {"D": "...", "B": "...", "C": "xxx"}, at=lambda place, row: (place, down[row]))
    assert said(refused(scene, show, 6).offers) == ["3 + 3, rows D and B"]
    show = hall(scene, {"D": "...", "B": "xxx", "C": "..."}, at=lambda place, row: (place, down[row]))
    assert said(refused(scene, show, 6).offers) == ["3 + 3, directly behind each other, rows D and C"]


def test_rows_of_which_only_the_names_are_known_follow_one_another(scene: Scene) -> None:
    show = scene.show(seats="C1-C7, D1-D7, E1-E7")
    take(scene, show, *(f"{row}{place}" for row in "CDE" for place in (1, 2, 6, 7)))
    assert said(refused(scene, show, 6).offers)[0] == BEHIND
    take(scene, show, "D3", "D4", "D5")
    assert said(refused(scene, show, 6).offers) == ["3 + 3, rows C and E"]


@pytest.mark.parametrize(
    ("front", "back", "words"),
    [
        ("x.xxx", "x.xxx", "1 + 1, directly behind each other, rows A and B"),
        ("x.xxx", "xx.xx", "two single seats"),
        ("x.xxx", "xxxx.", "two single seats"),
        ("x..xx", "xx.xx", "2 + 1, directly behind each other, rows A and B"),
        ("x..xx", "xxx.x", "2 + 1, rows A and B"),
        ("...xx", ".xxxx", "3 + 1, directly behind each other, rows A and B"),
        ("..xxx", "x..xx", "2 + 2, directly behind each other, rows A and B"),
        ("..xxx", "xx..x", "2 + 2, rows A and B"),
    ],
)
def test_directly_behind_is_hardly_aside(scene: Scene, front: str, back: str, words: str) -> None:
    show = hall(scene, {"A": front, "B": back, "C": "xxxxx"})
    assert said(refused(scene, show, (front + back).count(".")).offers) == [words]


def test_what_is_left_of_a_party_in_many_blocks_is_not_called_single(scene: Scene) -> None:
    rows = {"A": "..x..x..x..x..", "B": "x" * 14}
    show = hall(scene, rows, sections=dict.fromkeys(rows, "Stalls"))
    [offer] = refused(scene, show, 10).offers
    assert offer.words == "ten seats, not all together, in the Stalls"
    can_be_had(scene, show, offer)


def test_where_a_plan_names_no_rows_none_are_named(scene: Scene) -> None:
    show = scene.show(seats="1-10")
    take(scene, show, "3", "6", "9")
    assert said(refused(scene, show, 4).offers) == ["2 + 2, one seat apart"]
    assert said(refused(scene, show, 5).offers) == ["2 + 2 + 1, not all together"]


def test_only_what_looks_like_an_aisle_is_called_one(scene: Scene) -> None:
    show = hall(scene, {"A": "x..x", "B": "xxxx"})
    placed(scene, placed(scene, show, "A2", None), "A3", None)
    assert said(refused(scene, show, 2).offers) == ["1 + 1 in row A, close together"]
    odd = scene.show(seats="A1,A3,A5,A7")
    take(scene, odd, "A5")
    assert said(refused(scene, odd, 2).offers) == ["1 + 1 in row A, close together"]
    parted = hall(scene, {"A": "x._.x", "B": "xxxxx"})
    assert said(refused(scene, parted, 2).offers) == ["1 + 1 in row A, an aisle apart"]


def test_wheelchairs_that_cannot_be_beside_each_other_are_parted(scene: Scene) -> None:
    show = hall(scene, {"A": "wc.cw....", "B": "........."})
    refusal = refused(scene, show, 4, wheelchairs=2)
    assert said(refusal.offers) == ["2 + 2, wheelchairs in both, row A"]
    assert sorted(seat for offer in numbers(refusal.offers) for seat in offer) == ["A1", "A2", "A4", "A5"]
    can_be_had(scene, show, *refusal.offers)
    show = hall(scene, {"A": "w..x.", "B": "x..xw"})
    assert said(refused(scene, show, 2, wheelchairs=2).offers) == ["1 + 1, wheelchairs in both, rows A and B"]


def test_of_several_wheelchairs_the_words_tell_of_several(scene: Scene) -> None:
    show = hall(scene, {"A": "xwwx....", "B": "........"})
    assert said(refused(scene, show, 4, wheelchairs=2).offers) == [
        "2 + 2, the wheelchairs in row A, the others in row B"
    ]
