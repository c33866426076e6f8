"""One trial: a crowd of one mood at the reservation service, its record, and the verdict."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import sleep
from unittest.mock import patch

from bench.proof.checker import Violation, check
from bench.proof.crowds import Crowd, Mood
from bench.proof.desks import Buyer
from bench.proof.evidence import looking
from bench.proof.history import Operation, Recorder, read
from bench.proof.lines import Line
from bench.proof.locking import locking
from bench.proof.stage import (
    House,
    at_the_service,
    build_houses,
    have_minutes_last,
    inspect,
    over_http,
    people_with_tabs,
    shows_of,
)
from tests.scenes import Scene
from webapp import sweeper
from webapp.extensions import db

DEADLOCK = "deadlocks"
BUSY = "too often too busy"
BROKEN = "answers that never came, or were errors"
# The share of holds that may be told that too much is going on, where nothing is in the way but a crowd.
BUSY_SHARE = 0.05


@dataclass(frozen=True)
class Verdict:
    """What a trial came to: its violations, how many operations had which outcome, and answers which HTTP status.

    Status 0 is an answer that never came.
    """

    violations: Sequence[Violation]
    outcomes: Counter[str]
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def broken(self) -> set[str]:
        """The rules that were broken."""
        return {violation.rule for violation in self.violations}


def try_at_the_service(
    scene: Scene, mood: Mood, folder: Path, *, clients: int, tries: int, houses: int, seed: str
) -> Verdict:
    """Let a crowd come to the service itself, with rows that are kept locked beside it; judge what it was told.

    The database must be of the trial's own. `tries` are of each client.
    """
    built = build_houses(scene, houses, seats=mood.seats, seat_limit=mood.seat_limit)
    people = people_with_tabs(scene, clients, tabs=mood.tabs)
    with _sweeping(scene, mood):
        return _try(scene, mood, built, partial(at_the_service, scene, people), folder, tries=tries, seed=seed)


def try_over_http(
    scene: Scene, mood: Mood, folder: Path, url: str, *, clients: int, tries: int, houses: int, seed: str
) -> Verdict:
    """The same at the site at `url`, which serves the scene's database: half the crowd asks v1, half has browsers."""
    built = build_houses(scene, houses, seats=mood.seats, seat_limit=mood.seat_limit)
    people, statuses = people_with_tabs(scene, clients, tabs=mood.tabs), Counter[int]()
    with ExitStack() as hanging_up:
        lines = [Line(url, statuses) for _ in people]
        for line in lines:
            hanging_up.callback(line.hang_up)
        enter = partial(over_http, scene, people, lines=lines, houses=built)
        verdict = _try(scene, mood, built, enter, folder, tries=tries, seed=seed)
    broken = [
        Violation(BROKEN, f"{number} answers of status {status}")
        for status, number in statuses.items()
        if status == 0 or (status >= 500 and status != 503)
    ]
    return Verdict([*verdict.violations, *broken], verdict.outcomes, statuses)


def _try(
    scene: Scene,
    mood: Mood,
    houses: Sequence[House],
    enter: Callable[[Recorder], Sequence[Buyer]],
    folder: Path,
    *,
    tries: int,
    seed: str,
) -> Verdict:
    path = folder / f"{mood.name}.jsonl"
    have_minutes_last(scene, mood.minute)
    with path.open("w") as file, looking(scene.database.url) as evidence:
        recorder = Recorder(file)
        buyers = enter(recorder)
        with locking(scene.database.url, recorder):
            Crowd(mood, buyers, seed).come([house.seats for house in houses], tries=tries)
        sleep(2 * mood.minute)
        inspect(scene, houses, recorder, seat_limit=mood.seat_limit)
        db.engine.dispose()
    found = check(read([path]), evidence, shows=shows_of(houses), seat_limit=mood.seat_limit, longest_hold=mood.minute)
    if evidence.deadlocks:
        found.append(Violation(DEADLOCK, f"{evidence.deadlocks} of them"))
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
