"""One buyer in many tabs, and many guests of one network, who ask for all that comes back at the same moment."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

from tests.races import name_of, no_deadlock, racing
from tests.scenes import Scene
from tests.services.fairness.waits import come_back
from webapp.services.asker import Asker
from webapp.services.shows import Show

SEATS = [f"A{number}" for number in range(1, 9)]


def came_back_one_by_one(scene: Scene) -> Show:
    """A show whose seats came back within the last step."""
    show = scene.show(seats="A1-A8")
    come_back(scene, show, *SEATS)
    with scene.history() as connection:
        connection.execute("UPDATE reservations SET ended_at = ended_at - (seat_id % 8) * interval '3 seconds'")
    return show


def all_ask(scene: Scene, show: Show, askers: Sequence[Asker]) -> list[Any]:
    """Each asks for another seat, at once."""
    acts = [
        lambda asker=asker, number=number: scene.hold(asker, show, number)
        for asker, number in zip(askers, SEATS, strict=True)
    ]
    with no_deadlock(scene), racing(scene) as race:
        return race.all_at_once(*acts)


@pytest.mark.parametrize("whose", ["one buyer's tabs", "guests of one network"])
def test_who_counts_as_one_gets_one(scene: Scene, whose: str) -> None:
    show = came_back_one_by_one(scene)
    buyer = scene.user()
    askers = [buyer if whose == "one buyer's tabs" else scene.guest() for _ in SEATS]
    assert Counter(map(name_of, all_ask(scene, show, askers))) == {"done": 1, "OthersFirst": 7}


def test_eight_buyers_get_all(scene: Scene) -> None:
    show = came_back_one_by_one(scene)
    assert Counter(map(name_of, all_ask(scene, show, [scene.user() for _ in SEATS]))) == {"done": 8}
