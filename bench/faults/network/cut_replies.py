"""Answers that are cut off between the site and its clients, after the site has done what they tell of."""

import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import uuid4

from bench.faults.drills import Control, Drill, Finding
from bench.faults.sale import selling
from bench.faults.site import site_on
from bench.faults.stage import own_postgres, scene_on
from bench.proof.buying.lines import Line
from bench.proof.buying.stage import build_houses, people_with_tabs
from tests.lossy import losing_replies
from tests.scenes import Scene

CUT = 0.2  # of all answers
PARTIES, SEATS_OF_PARTY = 40, 2
FOR_NOBODY = "seats held for parties that know nothing of them"


def run(*, keyed: bool = True) -> Finding:
    """Cut answers off while parties take whatever seats are best, and while a crowd buys."""
    finding = Finding()
    with (
        own_postgres() as postgres,
        scene_on(postgres) as scene,
        site_on(DATABASE_URL=scene.database.url) as site,
        losing_replies(site.url, share=CUT, seed=1) as network,
    ):
        _parties(scene, network.url, finding, keyed=keyed)
        if keyed:
            with selling(scene, network.url) as sale:
                sale.go_on(60)
            sale.tell(finding)
        finding.measure("answers cut off", network.lost, at_least=5)
    return finding


def _parties(scene: Scene, url: str, finding: Finding, *, keyed: bool) -> None:
    """Each party wants any two seats, so that whoever asks once more in vain is given two others."""
    (house,) = build_houses(scene, 1, seats=4 * PARTIES * SEATS_OF_PARTY, seat_limit=20)
    path, body = f"/v1/shows/{house.show_id}/best-available", json.dumps({"seats": SEATS_OF_PARTY, "hold_minutes": 20})

    def come(token: str) -> int:
        line = Line(url, patience=30)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        answer = line.ask(
            "POST", path, {**headers, "Idempotency-Key": str(uuid4())} if keyed else headers, body.encode()
        )
        line.hang_up()
        return len(json.loads(answer.body)) if answer and answer.status == 201 else 0

    tokens = [scene.token(person) for person in people_with_tabs(scene, PARTIES, tabs=1)]
    with ThreadPoolExecutor(6) as pool:
        told = sum(pool.map(come, tokens))
    held = scene.rows("SELECT count(*) FROM reservations WHERE show_id = %s AND status = 'HELD'", house.show_id)
    finding.measure("seats that parties were told of", told, at_least=PARTIES * SEATS_OF_PARTY)
    finding.measure(FOR_NOBODY, held[0]["count"] - told, at_most=0)


DRILL = Drill(
    "cut_replies",
    "a wish whose answer was cut off is asked again with its key, and done once",
    run,
    [Control("clients that ask again without a key", partial(run, keyed=False), FOR_NOBODY)],
)
