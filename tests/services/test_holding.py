"""What a buyer can expect of a hold."""

import pytest

from tests.scenes import Scene
from webapp.services import reservations
from webapp.services.refusals import SeatTaken


def test_a_held_seat_is_held_for_its_buyer_and_refused_to_others(scene: Scene) -> None:
    show, buyer, other = scene.show(), scene.user(), scene.user()
    held = scene.hold(buyer, show, "A1")
    with pytest.raises(SeatTaken) as refusal:
        scene.hold(other, show, "A1")
    assert scene.statuses(show) == {"A1": ["HELD"]}
    assert reservations.one(buyer, held[0].id).status == "HELD"
    assert [seat["reason"] for seat in refusal.value.facts["seats"]] == ["held"]


def test_a_lapsed_hold_gives_way_to_the_next_buyer(scene: Scene) -> None:
    show, buyer, other = scene.show(), scene.user(), scene.user()
    scene.lapse(*scene.hold(buyer, show, "A1"))
    scene.hold(other, show, "A1")
    assert scene.statuses(show) == {"A1": ["EXPIRED", "HELD"]}
