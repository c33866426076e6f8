"""One trial: a crowd of one mood at the reservation service, its record, and the verdict."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import sleep
from unittest.mock import patch

from bench.proof.checker import Violation, check
from bench.proof.crowds import Crowd, Mood
from bench.proof.evidence import looking
from bench.proof.history import Operation, Recorder, read
from bench.proof.locking import locking
from bench.proof.stage import at_the_service, build_houses, have_minutes_last, inspect, people_with_tabs
from tests.races import deadlocks
from tests.scenes import Scene
from webapp import sweeper

DEADLOCK = "deadlocks"
BUSY = "too often too busy"
# The share of holds that may be told that too much is going on, where nothing is in the way but a crowd.
BUSY_SHARE = 0.05


@dataclass(frozen=True)
class Verdict:
    """What a trial came to: its violations, and how many operations had which outcome."""

    violations: Sequence[Violation]
    outcomes: Counter[str]

    @property
    def broken(self) -> set[str]:
        """The rules that were broken."""
        return {violation.rule for violation in self.violations}


def try_at_the_service(
    scene: Scene, mood: Mood, folder: Path, *, clients: int, tries: int, houses: int, seed: str
) -> Verdict:
    """Let a crowd come, with rows that are kept locked beside it, and judge what it was told.

    The database must be of the trial's own. `tries` are of each client.
    """
    path = folder / f"{mood.name}.jsonl"
    have_minutes_last(scene, mood.minute)
    built = build_houses(scene, houses, seats=mood.seats, seat_limit=mood.seat_limit)
    before = deadlocks(scene)
    with path.open("w") as file, looking(scene.database.url) as evidence, _sweeping(scene, mood):
        recorder = Recorder(file)
        buyers = at_the_service(scene, people_with_tabs(scene, clients, tabs=mood.tabs), recorder)
        with locking(scene.database.url, recorder):
            Crowd(mood, buyers, seed).come([house.seats for house in built], tries=tries)
        sleep(2 * mood.minute)
        inspect(scene, built, recorder, seat_limit=mood.seat_limit)
    shows = {seat: house.show_id for house in built for seat in house.seats}
    found = check(read([path]), evidence, shows=shows, seat_limit=mood.seat_limit, longest_hold=mood.minute)
    if met := deadlocks(scene) - before:
        found.append(Violation(DEADLOCK, f"{met} of them"))
    outcomes = Counter(map(_words, read([path])))
    holds = sum(number for words, number in outcomes.items() if words.startswith("hold"))
    if (busy := outcomes["hold unknown Busy"]) > BUSY_SHARE * holds:
        found.append(Violation(BUSY, f"{busy} of {holds} holds"))
    return Verdict(found, outcomes)


@contextmanager
def _sweeping(scene: Scene, mood: Mood) -> Iterator[None]:
    """The sweeper beside it, as much quicker as minutes are; or none, where the mood is without."""
    if not mood.sweeps:
        yield
        return
    with patch.object(sweeper, "PAUSE_SECONDS", mood.minute):
        stop_sweeping = sweeper.start_sweeper(scene.app)
        try:
            yield
        finally:
            stop_sweeping()


def _words(operation: Operation) -> str:
    return f"{operation.verb} {operation.outcome} {operation.why or ''}".strip()
