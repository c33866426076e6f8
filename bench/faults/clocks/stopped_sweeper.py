"""A sweeper that does not come: lapsed holds stay in the table as they are, and must be in nobody's way."""

import json
from functools import partial
from time import sleep, time

from bench.faults.drills import Control, Drill, Finding
from bench.faults.sale import MINUTE, selling
from bench.faults.site import Site, site_on
from bench.faults.stage import own_postgres, scene_on
from bench.proof.buying.http_desks import ApiDesk
from bench.proof.buying.lines import Answer, Line
from bench.proof.buying.stage import build_houses, have_minutes_last, people_with_tabs, shows_of
from tests.races import change_guard
from tests.scenes import Scene

SEATS, MINUTES = 10, 3
STRANDED = "lapsed seats that the next buyer could not have"


def run(*, guarded: bool = True) -> Finding:
    """Let holds lapse with nobody who sweeps, and a crowd buy."""
    finding = Finding()
    with own_postgres() as postgres, scene_on(postgres) as scene:
        if not guarded:
            change_guard(scene, "guard_reservation_insert", ("AND hold_expiry <= clock_timestamp();", "AND false;"))
        with site_on(application="bench.faults.clocks.unswept:app", DATABASE_URL=scene.database.url) as site:
            have_minutes_last(scene, MINUTE)
            _lapse(scene, site, finding)
            if guarded:
                with selling(scene, site.url) as sale:
                    sale.go_on(40)
                sale.tell(finding)
    return finding


def _lapse(scene: Scene, site: Site, finding: Finding) -> None:
    (house,) = build_houses(scene, 1, seats=SEATS, seat_limit=SEATS)
    first, next_one = (scene.token(person) for person in people_with_tabs(scene, 2, tabs=1))
    line, shows = Line(site.url, patience=0), shows_of([house])
    held = ApiDesk(line, first, shows, MINUTES).hold(house.seats).held
    path = f"/v1/shows/{house.show_id}/availability"
    before = _read(line, path)
    still = _read(line, path, before.headers["Etag"])
    finding.measure("seats held", _told_as(before, "HELD"), at_least=SEATS)
    finding.measure("status of the list asked for again by its ETag", still.status, at_most=304, at_least=304)
    sleep(max(0.0, max(one.expiry for one in held) - time()))
    over = time()
    after, again = _read(line, path, before.headers["Etag"]), _read(line, path)
    finding.measure("status by the same ETag the moment they lapse", after.status, at_most=200, at_least=200)
    finding.measure("lapsed seats that it tells are held", _told_as(after, "HELD"), at_most=0)
    finding.measure("lapsed seats that the next list tells are held", _told_as(again, "HELD"), at_most=0)
    [unswept] = scene.rows(
        "SELECT count(*) FROM reservations WHERE status = 'HELD' AND hold_expiry <= clock_timestamp()"
    )
    finding.measure("of them not marked by anybody", unswept["count"], at_least=SEATS)
    taken = ApiDesk(line, next_one, shows, MINUTES).hold(house.seats).held
    finding.measure(STRANDED, SEATS - len(taken), at_most=0)
    finding.measure("seconds until the next buyer had them all, those reads before it", time() - over, at_most=2)
    line.hang_up()


def _read(line: Line, path: str, etag: str | None = None) -> Answer:
    answer = line.ask("GET", path, {"If-None-Match": etag} if etag else {})
    assert answer is not None
    return answer


def _told_as(answer: Answer, status: str) -> int:
    return sum(seat["status"] == status for seat in json.loads(answer.body)) if answer.body else 0


DRILL = Drill(
    "stopped_sweeper",
    "with no sweeper a lapsed hold is free at once, and lists and their ETags are true",
    run,
    [Control("the guard that expires the hold on the seat that is asked for", partial(run, guarded=False), STRANDED)],
)
