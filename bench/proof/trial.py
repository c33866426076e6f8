"""One trial: a crowd of one mood, at the reservation service or at a site, its record, and the verdict."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import sleep
from unittest.mock import patch

from bench.proof.buying.crews import Crew, play_all
from bench.proof.buying.crowds import BRINK, Mood
from bench.proof.buying.lines import LINGERS
from bench.proof.buying.locking import locking
from bench.proof.buying.stage import build_houses, have_minutes_last, inspect, people_with_tabs, shows_of
from bench.proof.judging.checker import check
from bench.proof.judging.evidence import looking, witness_births
from bench.proof.judging.history import Operation, Recorder, read
from bench.proof.judging.rules import Violation
from tests.scenes import Scene
from webapp import sweeper
from webapp.extensions import db

DEADLOCK = "deadlocks"
BUSY = "too often too busy"
BROKEN = "answers that never came, or were errors"
# The share of holds that may be told that too much is going on, where nothing is in the way but a crowd.
BUSY_SHARE = 0.05


@dataclass(frozen=True)
class Size:
    """How large a trial is: so many clients, each with so many tries, in houses one after the other, by processes."""

    clients: int
    tries: int
    houses: int = 1
    processes: int = 1


@dataclass(frozen=True)
class Verdict:
    """What a trial came to: its violations, how many operations had which outcome, and answers which HTTP status.

    Status 0 is an answer that never came. `brinks` counts the confirms asked for within 5 ms of their hold's end.
    """

    violations: Sequence[Violation]
    outcomes: Counter[str]
    statuses: Counter[int] = field(default_factory=Counter)
    brinks: int = 0

    @property
    def broken(self) -> set[str]:
        """The rules that were broken."""
        return {violation.rule for violation in self.violations}

    def count(self, words: str) -> int:
        """How many operations had outcomes that begin with these words, such as "hold" or "hold unknown"."""
        return sum(number for outcome, number in self.outcomes.items() if outcome.startswith(words))


def attempt(
    scene: Scene, mood: Mood, size: Size, folder: Path, *, seed: str, url: str | None = None, lossy: bool = False
) -> Verdict:
    """Let a crowd come, with rows that are kept locked beside it, and judge what it was told.

    Without a `url` it asks the service itself; at a site, which serves the scene's database, half of it asks v1 and
    half has browsers, over a network that may be `lossy`. The database must be of the trial's own.
    """
    have_minutes_last(scene, mood.minute)
    witness_births(scene.database.url)
    houses = build_houses(scene, size.houses, seats=mood.seats, seat_limit=mood.seat_limit)
    people = people_with_tabs(scene, size.clients, tabs=mood.tabs)
    crews = [
        Crew(
            scene.database,
            mood,
            people[place :: size.processes],
            houses,
            size.tries,
            f"{seed} {place}",
            folder / f"{mood.name}-{place}.jsonl",
            url,
        )
        for place in range(size.processes)
    ]
    # Programs ask for a minute; what pages hold, they hold for as long as the show says.
    [show] = scene.rows("SELECT max(hold_minutes) AS hold_minutes FROM shows")
    longest_hold = mood.minute * (show["hold_minutes"] if url else 1)
    aside = folder / f"{mood.name}-aside.jsonl"
    with aside.open("w") as file, looking(scene.database.url) as evidence:
        recorder = Recorder(file)
        with _sweeping(scene, mood), locking(scene.database.url, recorder):
            statuses = play_all(crews, scene)
            sleep(2 * longest_hold)
        inspect(scene, houses, recorder, seat_limit=mood.seat_limit)
        db.engine.dispose()
    operations = list(read([aside, *(crew.record for crew in crews)]))
    violations = check(
        operations,
        evidence,
        shows=shows_of(houses),
        seat_limit=mood.seat_limit,
        lingers=LINGERS if url else 0.0,  # the service itself is done with all that it answered
    )
    if evidence.deadlocks:
        violations.append(Violation(DEADLOCK, f"{evidence.deadlocks} of them"))
    verdict = Verdict(violations, Counter(map(_words, operations)), statuses, _brinks(operations))
    violations.extend(_poor_service(verdict, lossy=lossy))
    return verdict


def _poor_service(verdict: Verdict, *, lossy: bool) -> Iterator[Violation]:
    busy = verdict.outcomes["hold unknown Busy"] + verdict.outcomes["hold unknown 503"]
    if busy > BUSY_SHARE * verdict.count("hold"):
        yield Violation(BUSY, f"{busy} of {verdict.count('hold')} holds")
    for status, number in verdict.statuses.items():
        if (status == 0 and not lossy) or (status >= 500 and status != 503):
            yield Violation(BROKEN, f"{number} answers of status {status}")


def _brinks(operations: Iterable[Operation]) -> int:
    ends = {
        reservation: expiry
        for one in operations
        if one.verb == "hold"
        for reservation, expiry in zip(one.reservations, one.expiries, strict=True)
    }
    return sum(
        abs(one.invoked - ends.get(one.reservations[0], 0)) <= BRINK for one in operations if one.verb == "confirm"
    )


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
