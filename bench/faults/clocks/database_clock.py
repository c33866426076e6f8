"""The database's clock jumps forward and back by minutes.

The crowd's record is kept by the clock that jumps, so that the checker can judge what comes after a jump forward. After
one back nothing can be said by the time; what it can still judge is who has what.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from unittest.mock import patch

from bench.faults.clocks.shifting import Clock, shifted_clock
from bench.faults.drills import Control, Drill, Finding
from bench.faults.sale import selling
from bench.faults.site import site_on
from bench.faults.stage import Postgres, own_postgres, scene_on
from bench.proof.buying.http_desks import ApiDesk
from bench.proof.buying.lines import Line
from bench.proof.buying.stage import build_houses, people_with_tabs, shows_of
from bench.proof.judging.rules import CONTRARY, LOST, MISGIVEN, NOT_THEIRS, TWO_ROWS
from tests.races import change_guard
from tests.scenes import Scene

JUMP = 15 * 60  # seconds
SALE = 20  # wishes before a jump, and after it
SEATS, MINUTES = 10, 10
# Limits that nobody comes near, so that they are counted.
LIMITS = {"HOLDING_LIMIT": 60_000, "READING_LIMIT": 60_000}
TIMELESS = {TWO_ROWS, LOST, MISGIVEN, NOT_THEIRS, CONTRARY}
IN_THE_WAY = "seats of holds that the jump forward ended, which nobody could have"


def run(application: str = "wsgi:app", *, guarded: bool = True) -> Finding:
    """Have the clock jump forward, and then back, while crowds buy."""
    finding = Finding()
    with (
        shifted_clock() as clock,
        _postgres_by(clock) as postgres,
        scene_on(postgres) as scene,
        site_on(application=application, DATABASE_URL=scene.database.url, **LIMITS) as site,
        patch("bench.proof.buying.desks.time", clock.time),
    ):
        if not guarded:
            change_guard(scene, "guard_reservation_insert", ("AND hold_expiry <= clock_timestamp();", "AND false;"))
        (house,) = build_houses(scene, 1, seats=SEATS, seat_limit=SEATS)
        first, next_one = (
            ApiDesk(Line(site.url), scene.token(person), shows_of([house]), MINUTES)
            for person in people_with_tabs(scene, 2, tabs=1)
        )
        held = first.hold(house.seats).held
        finding.measure("seats held before a jump forward", len(held), at_least=SEATS)
        if not guarded:
            clock.jump(JUMP)
            finding.measure(IN_THE_WAY, SEATS - len(next_one.hold(house.seats).held), at_most=0)
            return finding
        with selling(scene, site.url) as sale:
            sale.go_on(SALE)
            clock.jump(JUMP)
            finding.measure(IN_THE_WAY, SEATS - len(next_one.hold(house.seats).held), at_most=0)
            sale.go_on(SALE)
        sale.tell(finding)
        _back(scene, site.url, clock, finding)
    return finding


def _back(scene: Scene, url: str, clock: Clock, finding: Finding) -> None:
    with selling(scene, url) as sale:
        sale.go_on(SALE)
        clock.jump(0)
        before = _sold(scene)
        sale.go_on(SALE)
        finding.measure("sales after the jump back", _sold(scene) - before, at_least=1)
    broken = [one for one in sale.violations if one.rule in TIMELESS]
    finding.violations.extend(broken)
    finding.measure("timeless rules broken, after it", len(broken), at_most=0)
    others = {status: number for status, number in sale.statuses.items() if status == 429 or status >= 500}
    finding.measure("errors, and people told that they ask too much, after it", sum(others.values()), at_most=0)
    [row] = scene.rows("SELECT extract(epoch FROM max(hold_expiry - created_at)) AS seconds FROM reservations")
    finding.measure("seconds of the longest hold", float(row["seconds"]), at_most=20 * 60)


def _sold(scene: Scene) -> int:
    return int(scene.rows("SELECT count(*) FROM reservations WHERE status = 'CONFIRMED'")[0]["count"])


@contextmanager
def _postgres_by(clock: Clock) -> Iterator[Postgres]:
    """A PostgreSQL that goes by this clock, which nobody else is to be started with."""
    with patch.dict(os.environ, clock.environ):
        own = own_postgres()
        postgres = own.__enter__()
    try:
        yield postgres
    finally:
        own.__exit__(None, None, None)


DRILL = Drill(
    "database_clock",
    "when the database's clock jumps forward holds end, and are in nobody's way; when it jumps back nothing is sold "
    "twice or lost, and it goes on selling",
    run,
    [
        Control(
            "a sweeper, and the guard that expires the hold on the seat that is asked for",
            partial(run, "bench.faults.clocks.unswept:app", guarded=False),
            IN_THE_WAY,
        )
    ],
)
