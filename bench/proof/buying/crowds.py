"""How crowds behave: each mood finds what the others miss.

*Hot*: few seats, many hands, short holds: collisions. *Cold*: many seats, and buyers who come back at the very moment
a hold ends: expiries. *Groups*: several overlapping seats at once, all or nothing: orders of locks, and halves that
stay behind. *Brinks*: nothing but confirms at the last moment. *Tabs*: one person in all the tabs, at their limit.
"""

from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from threading import Barrier
from time import sleep, time

from bench.proof.buying.desks import Buyer, Held

# Seconds around its expiry within which a hold is confirmed at the last moment.
BRINK = 0.005
# How many holds of others somebody remembers who meddles with them.
OVERHEARD = 20


@dataclass(frozen=True)
class Mood:
    """The house that a crowd comes to, and the chances of what its buyers do with what they hold there.

    Whoever does nothing walks away. `minute`: how many seconds a minute of a hold lasts. `tabs` are of each person.
    """

    name: str
    seats: int
    seat_limit: int
    minute: float
    sweeps: bool = False  # whether lapsed holds are marked meanwhile; nothing may depend on it
    seats_at_once: int = 1
    tabs: int = 2
    releases: float = 0.0
    confirms: float = 0.0
    waits_for_the_end: float = 0.0  # then confirms at the brink, or wants the seats anew the moment they lapse
    insists: bool = False  # always confirms then
    asks_again: float = 0.2  # the same once more, and whoever confirmed releases
    meddles: float = 0.05  # and tries to release what is another's


HOT = Mood("hot", seats=4, seat_limit=3, minute=0.05, releases=0.6, confirms=0.02, waits_for_the_end=0.02)
COLD = Mood(
    "cold", seats=150, seat_limit=12, minute=0.08, sweeps=True, releases=0.1, confirms=0.1, waits_for_the_end=0.7
)
GROUPS = Mood("groups", seats=12, seat_limit=8, minute=0.08, seats_at_once=4, releases=0.8, confirms=0.01)
BRINKS = Mood(
    "brinks", seats=400, seat_limit=100, minute=0.06, sweeps=True, waits_for_the_end=1, insists=True, meddles=0
)
TABS = Mood("tabs", seats=12, seat_limit=3, minute=0.05, tabs=12, releases=0.5, meddles=0)
MOODS = {mood.name: mood for mood in (HOT, COLD, GROUPS, BRINKS, TABS)}


@dataclass(frozen=True)
class Crowd:
    """Buyers of one mood, whose choices come from the `seed`; what they overhear of each other does not."""

    mood: Mood
    buyers: Sequence[Buyer]
    seed: str
    overheard: deque[Held] = field(default_factory=lambda: deque(maxlen=OVERHEARD))

    def come(self, houses: Sequence[Sequence[int]], *, tries: int) -> None:
        """Let all try at once to hold seats, `tries` times each, spread evenly over the houses, one after the other.

        A house is a list of seat ids. What is sold there stays sold, so a long run needs several.
        """
        at_once = Barrier(len(self.buyers))

        def buy(place: int) -> None:
            chance = Random(f"{self.seed} {self.mood.name} {place}")
            at_once.wait()
            for turn in range(tries):
                self._try(self.buyers[place], houses[turn * len(houses) // tries], chance)

        with ThreadPoolExecutor(len(self.buyers)) as pool:
            for buying in [pool.submit(buy, place) for place in range(len(self.buyers))]:
                buying.result()

    def _try(self, buyer: Buyer, house: Sequence[int], chance: Random) -> None:
        told = buyer.hold(*chance.sample(house, self.mood.seats_at_once))
        lot, brink, again, meddling = chance.random(), chance.uniform(-BRINK, BRINK), chance.random(), chance.random()
        if meddling < self.mood.meddles and self.overheard:
            buyer.release(self.overheard[-1])
        if not told.held:
            return
        self.overheard.extend(told.held)
        if (lot := lot - self.mood.releases) < 0:
            self._end(buyer, told.held, releases=True, again=again < self.mood.asks_again)
        elif (lot := lot - self.mood.confirms) < 0:
            self._end(buyer, told.held, releases=False, again=again < self.mood.asks_again)
        elif lot < self.mood.waits_for_the_end:
            _wait_for_the_end(buyer, told.held, brink, insists=self.mood.insists)

    def _end(self, buyer: Buyer, held: Sequence[Held], *, releases: bool, again: bool) -> None:
        for _ in range(2 if again else 1):
            if releases:
                for one in held:
                    buyer.release(one)
            else:
                buyer.confirm(*held)
        if again:
            buyer.release(held[-1])


def _wait_for_the_end(buyer: Buyer, held: Sequence[Held], brink: float, *, insists: bool) -> None:
    """Wait until the first hold ends, `brink` seconds more or less; then confirm them, or want the seats anew."""
    sleep(max(0.0, min(one.expiry for one in held) + brink - time()))
    if insists or brink < 0 or buyer.who % 2:
        buyer.confirm(*held)
    else:
        buyer.hold(*(one.seat for one in held))
