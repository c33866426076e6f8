"""A bot that asks for each seat at the moment its hold lapses gets no more than people who look now and then."""

from dataclasses import replace

from bench.fairness.stories import AIM, CONTROL, Story, play
from tests.scenes import Scene

STORY = Story("a small house", people=10, seats=40, seconds=60)


def test_a_bot_gets_hardly_more_of_what_comes_back_than_a_person(own_scene: Scene) -> None:
    end = play(own_scene, STORY, seed=1)
    assert sum(end.people) + end.bot >= STORY.seats
    assert 0 < end.bot <= min(end.people) + 2
    assert end.ratio <= AIM


def test_without_the_rule_the_bot_has_nearly_all_of_it(own_scene: Scene) -> None:
    assert play(own_scene, replace(STORY, has_rule=False), seed=1).ratio > CONTROL
