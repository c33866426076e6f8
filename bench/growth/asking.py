"""The same questions of two databases, in turns, each on a warm connection through the whole application."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from statistics import median
from time import perf_counter

import psycopg
from flask import Response
from flask.testing import FlaskClient

from bench.report.figure import Figure
from bench.stage import show_in, stages
from bench.stage.halls import hall_plan
from bench.stage.histories import Past, more_like, play
from tests.scenes import Scene

SEATS, SHOWS, HOLDS = 1_000, 1_000, 10
ROUNDS = 40
# Shows whose past is written by one statement.
AT_ONCE = 50


@dataclass
class Asked:
    """A show of a database, its seats, and a client of a buyer there, who holds and releases them one by one."""

    client: FlaskClient
    show_id: int
    seats: list[int]
    buyer_id: int
    headers: Mapping[str, str]
    turn: int = 0
    tag: str = ""

    def hold_and_release(self) -> float:
        """Hold the next seat and give it back; the seconds of the hold."""
        self.turn += 1
        seat = self.seats[self.turn % len(self.seats)]
        begun = perf_counter()
        held = self.client.post(f"/v1/reservations/{self.buyer_id}/hold", json={"seat_id": seat}, headers=self.headers)
        taken = perf_counter() - begun
        assert held.status_code == 201, held.text
        self.client.post(f"/v1/reservations/{held.json['id']}/release", headers=self.headers)
        return taken

    def get(self, path: str, **headers: str) -> float:
        """Ask for something under the show's path; the seconds."""
        begun = perf_counter()
        answer = self.client.get(path, headers={**self.headers, **headers})
        taken = perf_counter() - begun
        assert answer.status_code in {200, 304}, answer.text
        self.tag = answer.headers.get("ETag", self.tag)
        return taken


def measure(shows: int = SHOWS, holds: int = HOLDS) -> list[Figure]:
    """The figures."""
    with stages() as new_stage, new_stage() as alone, new_stage() as grown:
        asked = {"alone": _asked(alone, 1, holds), "grown": _asked(grown, shows, holds)}
        seconds = _measured({name: _questions(one) for name, one in asked.items()})
    among = f"the same without {shows * SEATS:,} seats and {shows * SEATS * holds:,} reservations beside it"
    return [
        Figure(question, 1000 * after, "ms", after / seconds["alone"][question], among, most=1.5, aim=1.1)
        for question, after in seconds["grown"].items()
    ]


def _asked(scene: Scene, shows: int, holds: int) -> Asked:
    with scene.app.app_context():  # of two applications
        show = show_in(scene, hall_plan(SEATS))
    others = more_like(scene, show, shows - 1) if shows > 1 else []
    ids = [show.id, *others]
    # Not all of the hall that is asked about is sold: what is left is held and released.
    for first in range(0, len(ids), AT_ONCE):
        play(scene, ids[first : first + AT_ONCE], Past(holds=holds, sold=0.5))
        print(f"  {first + len(ids[first : first + AT_ONCE]):,} of {len(ids):,} pasts", file=sys.stderr, flush=True)
    with psycopg.connect(scene.database.superuser_url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    buyer = scene.user()
    free = [
        row["id"]
        for row in scene.rows(
            """
            SELECT id
            FROM seats
            WHERE show_id = %s
              AND NOT EXISTS (SELECT FROM reservations WHERE seat_id = seats.id AND status = 'CONFIRMED')
            ORDER BY id
            """,
            show.id,
        )
    ]
    headers = {"Authorization": f"Bearer {scene.token(buyer)}"}
    return Asked(FlaskClient(scene.app, Response), show.id, free, buyer.id, headers)


def _questions(asked: Asked) -> Mapping[str, Callable[[], float]]:
    path = f"/v1/shows/{asked.show_id}"
    return {
        "a hold": asked.hold_and_release,
        "the show": partial(asked.get, path),
        "who has which seat": partial(asked.get, f"{path}/availability"),
        "a page of free seats": partial(asked.get, f"{path}/availability?status=AVAILABLE&limit=100"),
        "whether that is still true": lambda: asked.get(f"{path}/availability", **{"If-None-Match": asked.tag}),
        "one's own reservations": partial(asked.get, "/v1/reservations/?limit=50"),
        # A page of one, as that is all there is where the hall is alone.
        "the list of shows": partial(asked.get, "/v1/shows/?limit=1"),
    }


def _measured(questions: Mapping[str, Mapping[str, Callable[[], float]]]) -> Mapping[str, Mapping[str, float]]:
    found: dict[str, dict[str, list[float]]] = {name: {what: [] for what in each} for name, each in questions.items()}
    for _ in range(ROUNDS):
        for what in next(iter(questions.values())):
            for name, each in questions.items():
                found[name][what].append(each[what]())
    return {name: {what: median(times[ROUNDS // 4 :]) for what, times in each.items()} for name, each in found.items()}
