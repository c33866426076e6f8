"""Who wants the seats that come back: people who look every few seconds, and bots."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heapify, heappop, heappush
from random import Random

from bench.fairness.houses import House
from webapp.services import reservations
from webapp.services.asker import Asker
from webapp.services.refusals import OthersFirst, Refusal, SeatTaken
from webapp.services.reservations import Reservation, SeatChoice

# Seconds between two looks of a person, from a look to the click, and between the looks of a bot that polls.
LOOKS_EVERY = (1.0, 3.0)
CLICKS_AFTER = 0.5
POLLS_EVERY = 0.1
# Minutes of a hold that lasts as long as one can, and of one that lapses soon.
LONG, SHORT = 20, 1
NEVER = float("inf")


@dataclass
class Seeker:
    """Somebody at a house. `act` does what they do at a second of the clock, and tells when they act next."""

    asker: Asker
    house: House
    got: int = 0
    given: list[Reservation] = field(default_factory=list)

    def first(self) -> float:
        """When they act first."""
        return 0

    def act(self, now: float) -> float:
        """Do it."""
        raise NotImplementedError

    def free_seats(self, now: float) -> Sequence[int]:
        """The seats that are free at a look."""
        return [seat for seat, until in self.house.taken_until.items() if until <= now]

    def ask(self, now: float, *seats: int, minutes: int = LONG) -> float:
        """Ask for the seats: the second at which to ask for them again, `NEVER` where that is of no use."""
        self.house.clock.set(now)
        try:
            choice = SeatChoice(seat_ids=seats, show_id=self.house.show.id)
            holding = reservations.hold(self.asker, choice, minutes=minutes)
        except (OthersFirst, SeatTaken) as refusal:
            told = refusal.facts.get("open_at") or max(seat["held_until"] for seat in refusal.facts["seats"])
            return self.house.clock.since_begin(datetime.fromisoformat(told))
        except Refusal:
            return NEVER
        self.got += holding.created
        self.given += holding.reservations
        for held in holding.reservations:
            self.house.taken_until[held.seat_id] = self.house.clock.since_begin(held.hold_expiry)
        return NEVER


@dataclass
class Person(Seeker):
    """Looks every few seconds, and clicks on one of the seats that were free; who is told that it is for others first
    clicks on one of the seats that the answer offers instead, if any, and not on the first again before they may."""

    chance: Random = field(default_factory=Random)
    chosen: int | None = None
    waits: dict[int, float] = field(default_factory=dict)

    def first(self) -> float:
        """Nobody looks in step with others."""
        return self.chance.uniform(0, LOOKS_EVERY[1])

    def act(self, now: float) -> float:
        """Look, or click on what was chosen."""
        free = [seat for seat in self.free_seats(now) if self.waits.get(seat, 0) <= now]
        if self.chosen is not None:
            clicked, self.chosen, had = self.chosen, None, self.got
            self.waits[clicked] = self.ask(now, clicked)
            if self.got == had and clicked in free:
                free = self._offered(free)
                self.chosen = self.chance.choice(free) if free else None
        elif free:
            self.chosen = self.chance.choice(free)
        return now + (self.chance.uniform(*LOOKS_EVERY) if self.chosen is None else CLICKS_AFTER)

    def _offered(self, free: Sequence[int]) -> Sequence[int]:
        """What needs no wait, as the refusal offers it."""
        waiting = {seat["seat_id"] for seat in reservations.not_yet_open(self.asker, free)}
        return [seat for seat in free if seat not in waiting]


@dataclass
class PunctualBot(Seeker):
    """Knows when each hold lapses, asks for its seats at that moment, and again as soon as it is told to."""

    asks: list[tuple[float, Sequence[int]]] = field(default_factory=list)

    def first(self) -> float:
        """At the first moment."""
        self.asks = list(self.house.coming_back.items())
        heapify(self.asks)
        return self.asks[0][0]

    def act(self, now: float) -> float:
        """Ask for what is due."""
        while self.asks and self.asks[0][0] <= now:
            _, seats = heappop(self.asks)
            before, again = self.got, self.ask(now, *seats)
            if again < NEVER:
                heappush(self.asks, (again, seats))
            if len(seats) > 1 and self.got == before:
                for seat in seats:  # of a basket, what others have left
                    heappush(self.asks, (now + POLLS_EVERY, [seat]))
        return self.asks[0][0] if self.asks else NEVER


@dataclass
class PollingBot(Seeker):
    """Asks what is free as often as it may, and for all of that, whatever it is told."""

    def act(self, now: float) -> float:
        """Poll."""
        for seat in self.free_seats(now):
            self.ask(now, seat)
        return now + POLLS_EVERY


@dataclass
class Clinger(Seeker):
    """Has a seat and wants to keep it: holds it anew each time it lapses, or, who `lets_go`, gives it back every second
    and takes it again. `lost_at` is when others got it."""

    seat: int = 0
    lets_go: bool = False
    lost_at: float | None = None

    def act(self, now: float) -> float:
        """Take the seat, or take it again."""
        if self.lets_go and self.given:
            self.house.clock.set(now)
            with suppress(Refusal):
                self.house.taken_until[self.seat] = now
                reservations.release(self.asker, self.given[-1].id)
        had, again = len(self.given), self.ask(now, self.seat, minutes=SHORT)
        if len(self.given) == had:
            if again > now + 60:
                self.lost_at = now
                return NEVER
            return again
        lapses = self.house.clock.since_begin(self.given[-1].hold_expiry)
        return min(lapses, now + 1) if self.lets_go else lapses
