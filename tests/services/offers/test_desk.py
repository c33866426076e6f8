"""Those who leave the choice to us are served a few at a time, first come first served."""

from contextlib import ExitStack
from time import sleep

import pytest

from tests.races import PATIENCE, outcome, racing
from tests.scenes import Scene
from webapp.services.offers import desk
from webapp.services.offers.desk import AT_A_TIME, at_the_desk
from webapp.services.refusals import Busy


def test_whoever_came_first_is_served_first(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "AT_A_TIME", 1)
    served: list[int] = []

    def come(number: int) -> None:
        with at_the_desk(7):
            served.append(number)

    with racing(scene) as race:
        with at_the_desk(7) as mine:
            waiting = []
            for number in range(5):
                waiting.append(race.start(lambda number=number: come(number)))
                while len(mine._queue) <= number:
                    sleep(0)  # until it stands in the queue
            with at_the_desk(8):
                assert served == []  # another show has a desk of its own
        assert [outcome(one) for one in waiting] == [None] * 5
    assert served == [0, 1, 2, 3, 4]


def test_whoever_waits_too_long_is_asked_to_come_back_and_keeps_nobody_waiting(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ExitStack() as others:
        for _ in range(AT_A_TIME):
            others.enter_context(at_the_desk(7))
        monkeypatch.setattr(desk, "LONGEST_WAIT", 0.01)
        with pytest.raises(Busy), at_the_desk(7):
            pass
    monkeypatch.setattr(desk, "LONGEST_WAIT", PATIENCE)
    with ExitStack() as others:
        for _ in range(AT_A_TIME):
            others.enter_context(at_the_desk(7))


def test_what_one_is_trying_the_others_see_until_it_is_done(scene: Scene) -> None:
    with at_the_desk(7) as mine, at_the_desk(7) as others:
        with mine.trying([1, 2]), others.trying([2, 3]):
            assert sorted(mine.tried) == [1, 2, 3]
        assert list(others.tried) == []
