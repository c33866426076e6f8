"""A sale during a drill: a crowd that buys over v1, its record, and what the checker says of it."""

import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from time import sleep

import psycopg

from bench.faults.drills import Finding
from bench.faults.processes import wait_until
from bench.proof.buying.desks import Buyer, Held
from bench.proof.buying.http_desks import ApiDesk
from bench.proof.buying.lines import LINGERS, TIMEOUT, Line
from bench.proof.buying.stage import House, at_the_service, build_houses, have_minutes_last, people_with_tabs, shows_of
from bench.proof.judging.checker import check
from bench.proof.judging.evidence import looking, witness_births
from bench.proof.judging.history import Operation, Recorder, read
from bench.proof.judging.rules import LOST, Violation
from tests.scenes import Scene
from webapp.extensions import db

CLIENTS = 6
# More than a quick machine sells before a drill is over; they want those in front, so that they meet.
SEATS, IN_FRONT = 2_400, 600
MINUTE = 1.5  # seconds that a minute of a hold lasts
# The chances of what somebody does with a hold; whoever does nothing walks away.
CONFIRMS, RELEASES = 0.3, 0.5
# Nobody comes to it: what is not sold must be free for the inspectors, of whom each takes so many seats at once.
SEAT_LIMIT, INSPECTED_AT_ONCE = SEATS, 20
BROKEN, ERRORS = "times that the checker found a rule broken", "errors other than 503"


@dataclass
class Sale:
    """A sale that goes on until it is `over`; then it is `judge`d. The statuses are of all answers, 0 of those lost."""

    scene: Scene
    house: House
    path: Path
    statuses: Counter[int]
    over: Event = field(default_factory=Event)
    violations: Sequence[Violation] = ()
    outcomes: Counter[str] = field(default_factory=Counter)  # of each verb, such as "hold ok"

    @property
    def lost(self) -> int:
        """How many answers told of something that the database does not know."""
        return sum(one.rule == LOST for one in self.violations)

    @property
    def sold(self) -> int:
        """How many sales were acknowledged."""
        return self.outcomes["confirm ok"]

    def tell(self, finding: Finding, *, unknown_at_most: int = 0) -> None:
        """Add what it came to: nothing lost or broken, no error but 503, and each buyer told what became of a wish."""
        finding.violations.extend(self.violations)
        finding.measure("sales acknowledged", self.sold, at_least=1)
        finding.measure(LOST, self.lost, at_most=0)
        finding.measure(BROKEN, len(self.violations), at_most=0)
        errors = sum(number for status, number in self.statuses.items() if status >= 500 and status != 503)
        finding.measure(ERRORS, errors, at_most=0)
        unknown = sum(number for words, number in self.outcomes.items() if words.endswith("unknown"))
        finding.measure("wishes of which nobody learned what came", unknown, at_most=unknown_at_most)

    def _operations(self) -> Iterator[Operation]:
        return read([self.path])

    def go_on(self, answers: int) -> None:
        """Return when so many more wishes have been fulfilled."""
        enough = self._fulfilled() + answers
        wait_until(lambda: self._fulfilled() >= enough)

    def _fulfilled(self) -> int:
        return sum(number for status, number in list(self.statuses.items()) if 200 <= status < 300)

    def judge(self) -> Sequence[Violation]:
        """What the checker finds once all holds have lapsed, and inspectors wanted each seat that is not sold."""
        sleep(2 * MINUTE)
        db.engine.dispose()  # whatever was broken
        with self.path.open("a") as file:
            _inspect(self.scene, self.house, Recorder(file))
        with looking(self.scene.database.url) as evidence:
            pass
        shows = shows_of([self.house])
        self.violations = check(self._operations(), evidence, shows=shows, seat_limit=SEAT_LIMIT, lingers=LINGERS)
        self.outcomes = Counter(f"{one.verb} {one.outcome}" for one in self._operations())
        return self.violations


@contextmanager
def selling(
    scene: Scene, url: str, *, patience: float = 10.0, timeout: float = TIMEOUT, keeps: bool = True
) -> Iterator[Sale]:
    """A crowd buys at the site at `url` for as long as the block lasts, each wish with a key by which it is repeated
    for some seconds (`patience`) where no answer comes in time (`timeout`); on connections that it `keeps`, or not."""
    (house,) = build_houses(scene, 1, seats=SEATS, seat_limit=SEAT_LIMIT)
    have_minutes_last(scene, MINUTE)
    witness_births(scene.database.url)
    people, statuses = people_with_tabs(scene, CLIENTS, tabs=1), Counter[int]()
    with psycopg.connect(scene.database.superuser_url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")  # so that what a crash takes, where commits wait for no disk, is of the sale
    lines = [Line(url, statuses, patience, timeout, keeps) for _ in people]
    desks = [ApiDesk(line, scene.token(person), shows_of([house])) for person, line in zip(people, lines, strict=True)]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(CLIENTS) as crowd:
        path = Path(folder) / "sale.jsonl"
        sale = Sale(scene, house, path, statuses)
        with path.open("w") as file:
            recorder = Recorder(file)
            buyers = [Buyer(person.id, desk, recorder) for person, desk in zip(people, desks, strict=True)]
            buying = [crowd.submit(_buy, buyer, house.seats, sale.over) for buyer in buyers]
            try:
                yield sale
            finally:
                sale.over.set()
            for one in buying:
                one.result()
            for line in lines:
                line.hang_up()
        sale.judge()


def _buy(buyer: Buyer, seats: Sequence[int], over: Event) -> None:
    chance, free = random.Random(buyer.who), list(seats)
    while not over.is_set():
        told = buyer.hold(chance.choice(free[:IN_FRONT]))
        for seat in told.taken[: len(free) - 1]:
            if chance.random() < CONFIRMS and seat in free:  # more and more of what is taken is sold
                free.remove(seat)
        for held in told.held:
            _end(buyer, held, chance.random())


def _end(buyer: Buyer, held: Held, lot: float) -> None:
    if lot < CONFIRMS:
        buyer.confirm(held)
    elif lot < CONFIRMS + RELEASES:
        buyer.release(held)


def _inspect(scene: Scene, house: House, recorder: Recorder) -> None:
    rows = scene.rows("SELECT seat_id FROM reservations WHERE show_id = %s AND status = 'CONFIRMED'", house.show_id)
    unsold = sorted(set(house.seats) - {row["seat_id"] for row in rows})
    (inspector,) = at_the_service(scene, [scene.user("An inspector")], recorder, [house])
    for start in range(0, len(unsold), INSPECTED_AT_ONCE):
        inspector.hold(*unsold[start : start + INSPECTED_AT_ONCE])
