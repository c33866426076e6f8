"""How an offer tells which seats it is of, in exactly these words."""

import pytest

from tests.scenes import Scene
from tests.services.offers.halls import hall, minding, numbers, said
from tests.services.offers.test_chosen import lonely
from webapp.services.offers import Wanted, best_available


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ("12", "row A, seat 12"),
        ("12 13", "row A, seats 12 and 13"),
        ("13 12", "row A, seats 12 and 13"),
        ("12 13 14", "row A, seats 12 to 14"),
        ("14 13 12", "row A, seats 12 to 14"),
        ("9 10 11", "row A, seats 9 to 11"),
        ("3 1 2", "row A, seats 3, 1 and 2"),
        ("1 3 5 7", "row A, seats 1, 3, 5 and 7"),
        ("5 3 1", "row A, seats 1, 3 and 5"),
        ("4 2 1 3", "row A, seats 4, 2, 1 and 3"),
        ("2b 2a", "row A, seats 2b and 2a"),
        ("1 1a 2", "row A, seats 1, 1a and 2"),
    ],
)
def test_seats_that_are_counted_one_by_one_are_told_by_the_first_and_the_last(
    scene: Scene, numbers: str, words: str
) -> None:
    size = len(numbers.split())
    show = hall(scene, {"A": "." * size}, numbered={"A": numbers})
    assert best_available.hold(scene.user(), show.id, Wanted(size), minutes=5).words == words


def test_seats_of_several_rows_are_told_row_by_row(scene: Scene) -> None:
    show = minding(scene, hall(scene, {"A": "x......", "B": "." * 20}))
    offers = lonely(scene, show, "A3", "B5").offers
    assert said(offers)[0] == "Seat 2 as well: row A, seats 2 and 3; row B, seat 5"
    assert numbers(offers)[0] == ["A2", "A3", "B5"]


def test_several_lonely_seats_are_told_as_several(scene: Scene) -> None:
    show = minding(scene, hall(scene, {"A": "x...x", "B": "." * 20}))
    assert "Seats 2 and 4 as well: row A, seats 2 to 4" in said(lonely(scene, show, "A3").offers)
