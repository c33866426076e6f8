"""The stories: which bot comes to which house, and how much of it each gets."""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heapreplace
from math import inf
from random import Random
from statistics import mean, median

from bench.fairness.clock import Clock
from bench.fairness.houses import House, sold_out
from bench.fairness.seekers import Clinger, Person, PollingBot, PunctualBot, Seeker
from bench.stage import stages
from tests.conftest import app_on
from tests.scenes import Scene
from webapp.config import Settings
from webapp.extensions import db

SEED = 1128
PEOPLE = 50
SEATS = 120
# Seconds while the seats come back, and until the last of them is taken.
COMING_BACK, AFTERWARDS = 240, 60
# The most that a bot may get, in times of what a person gets, and the least it gets without the rule.
AIM, CONTROL = 1.5, 5.0


@dataclass(frozen=True)
class Story:
    """A bot against the people, with the rule or without."""

    name: str
    bot: type[PunctualBot | PollingBot] = PunctualBot
    has_rule: bool = True
    people: int = PEOPLE
    seats: int = SEATS
    basket: int = 1
    seat_limit: int = 50
    seconds: float = COMING_BACK


STORIES = [
    Story("asks at the moment"),
    Story("asks at the moment, baskets of 4", basket=4, seats=200),
    Story("polls, in a show of 10 seats each", PollingBot, seat_limit=10),
    Story("asks at the moment, no rule", has_rule=False),
]


@dataclass(frozen=True)
class End:
    """What each got in the end."""

    people: Sequence[int]
    bot: int
    clingers: Sequence[Clinger]

    @property
    def ratio(self) -> float:
        """The bot's seats in times of what a person got, in the mean."""
        return self.bot / mean(self.people) if any(self.people) else inf


def main() -> None:
    """Play and print; fails where the rule does not do what it is for, or the control shows nothing."""
    print(f"seed {SEED}: {PEOPLE} people, {SEATS} seats that come back within {COMING_BACK} s")
    print(f"{'one bot':38} {'people: median':>14} {'mean':>5} {'least':>5} {'most':>4} {'bot':>4} {'bot/mean':>8}")
    wrong = []
    with stages() as new_stage:
        for story in STORIES:
            with new_stage() as scene:
                end = play(scene, story, SEED)
            _print(story, end)
            if end.ratio > AIM if story.has_rule else end.ratio < CONTROL:
                wrong.append(story.name)
    assert not wrong, wrong


def play(scene: Scene, story: Story, seed: int) -> End:
    """Play the story on a scene of its own."""
    clock = Clock(scene)
    app = app_on(scene.database, OTHERS_FIRST=str(Settings.others_first if story.has_rule else 0))
    with app.app_context():
        chance = Random(seed)
        house = sold_out(
            scene,
            clock,
            chance,
            seats=story.seats,
            basket=story.basket,
            seconds=story.seconds,
            seat_limit=story.seat_limit,
        )
        people = [Person(scene.user(), house, chance=Random(chance.random())) for _ in range(story.people)]
        bot = story.bot(scene.user(), house)
        clingers = [
            Clinger(scene.user(), house, seat=seat, lets_go=lets_go)
            for seat, lets_go in zip(house.seats[story.seats :], (False, True), strict=True)
        ]
        _play_until(house, story.seconds + AFTERWARDS, [*clingers, bot, *people])
        clock.stop()
        db.engine.dispose()
    return End([person.got for person in people], bot.got, clingers)


def _play_until(house: House, end: float, seekers: Sequence[Seeker]) -> None:
    """Let each act when they want to; at once, in this order."""
    acts = [(seeker.first(), place) for place, seeker in enumerate(seekers)]
    heapify(acts)
    while acts[0][0] < end:
        now, place = acts[0]
        heapreplace(acts, (max(seekers[place].act(now), now), place))


def _print(story: Story, end: End) -> None:
    people = end.people
    print(
        f"{story.name:38} {median(people):14} {mean(people):5.2f} {min(people):5} {max(people):4} {end.bot:4}"
        f" {end.ratio:8.2f}"
    )
    for clinger in end.clingers:
        how = "releases it each second and takes it again" if clinger.lets_go else "holds it anew when it lapses"
        kept = "to the end" if clinger.lost_at is None else f"for {clinger.lost_at:.0f} s"
        print(f"    who {how}, for 1 minute, keeps a seat {kept}")
