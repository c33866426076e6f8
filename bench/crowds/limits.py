"""What the limits cost, and what they are good for: `python -m bench.crowds.limits`.

Two applications on one database, one with limits that nobody reaches, one without, hold and release seats in turns of
some milliseconds, so that whatever else the machine does falls on both: the ratio is what counting costs. Then two real
sites serve that database, and one account asks each for a large list, over many connections and as fast as it is
answered: how many holds do others get meanwhile, with the limits as they are by default, and without?
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from http.client import HTTPConnection
from itertools import product
from multiprocessing.connection import Connection
from statistics import median
from threading import Thread
from time import perf_counter, process_time
from urllib.parse import urlsplit

from flask.testing import FlaskClient

from bench.stage import show_in, staged
from bench.stage.buyers import PATIENCE, SECONDS, busy_seconds, holds_a_second, processes
from bench.stage.halls import hall_plan
from tests.browser.site import serving
from tests.conftest import KEY, NO_LIMITS, app_on
from tests.scenes import Scene
from webapp.config import Settings
from webapp.extensions import db
from webapp.services import seating
from webapp.services.shows import Show

SEATS = 2_000
ROUNDS = 4
FLOODING = 12
PAIRS, HOLDS = 40, 20
# By mood and site: the holds a second of each round, and the milliseconds of processor time the site spent for each.
Rates = dict[tuple[str, str], list[tuple[float, float]]]
LIMITS = [name for name in NO_LIMITS if name.endswith("_LIMIT")]
BY_DEFAULT = {name: str(getattr(Settings, name.lower())) for name in LIMITS}


def main() -> None:
    """Measure and print."""
    with staged() as scene:
        show = show_in(scene, hall_plan(SEATS), seat_limit=SEATS)
        _tell_the_cost(scene, show)
        with serving(scene.database, KEY) as free, serving(scene.database, KEY, **BY_DEFAULT) as limited:
            ports = {name: urlsplit(site.url).port or 0 for name, site in {"none": free, "limits": limited}.items()}
            rates: Rates = {run: [] for run in product(("quiet", "flooded"), ports)}
            for turn in range(ROUNDS):
                for (mood, name), found in sorted(rates.items(), reverse=bool(turn % 2)):
                    with _flooding(scene, show, ports[name]) if mood == "flooded" else nullcontext():
                        busy, rate = busy_seconds(), holds_a_second(scene, show, ports[name])
                        found.append((rate, (busy_seconds() - busy) / (rate * SECONDS) * 1000))
    _print(rates)


def _tell_the_cost(scene: Scene, show: Show) -> None:
    """Hold and release with limits and without, in turns, and print the ratios."""
    apps = [app_on(scene.database), app_on(scene.database, **dict.fromkeys(LIMITS, "10000000"))]
    buyer = scene.user()
    ids = [seat.id for seat in seating.seats_of(show.id, limit=HOLDS)]
    headers, path = {"Authorization": f"Bearer {scene.token(buyer)}"}, f"/v1/reservations/{buyer.id}/hold"
    pairs: list[list[tuple[float, float]]] = []
    for pair in range(PAIRS + 2):  # the first two are for getting warm
        pairs.append([])
        for app in apps if pair % 2 else reversed(apps):
            client, begun, busy = FlaskClient(app, app.response_class), perf_counter(), process_time()
            for seat_id in ids:
                held = client.post(path, json={"seat_id": seat_id}, headers=headers)
                assert held.status_code == 201, held.text
                client.post(f"/v1/reservations/{held.json['id']}/release", headers=headers)
            pairs[-1].append((perf_counter() - begun, process_time() - busy))
        if not pair % 2:
            pairs[-1].reverse()
    for place, what in enumerate(("time", "processor time of the application")):
        free, limited = ([one[which][place] for one in pairs[2:]] for which in (0, 1))
        paired = median(with_limits / without for without, with_limits in zip(free, limited, strict=True))
        best = min(limited) / min(free)
        print(f"a hold with limits takes {paired:.3f} times the {what} of one without (at best {best:.3f} times)")
    for app in apps:
        with app.app_context():
            db.engine.dispose()


def _print(rates: Rates) -> None:
    print(f"{'holds a second':20} {'median':>8} {'most':>8} {'x without':>12} {'server ms each':>16} {'x without':>10}")
    for (mood, name), found in rates.items():
        (rate, busy), (bare_rate, bare_busy) = (zip(*one, strict=True) for one in (found, rates[mood, "none"]))
        print(
            f"{f'{mood}, {name}':20} {median(rate):8.0f} {max(rate):8.0f}"
            f" {median(rate) / median(bare_rate):6.2f} {max(rate) / max(bare_rate):5.2f}"
            f" {min(busy):16.2f} {min(busy) / min(bare_busy):10.2f}"
        )
    for name in ("limits", "none"):
        flooded, quiet = (max(rate for rate, _ in rates[mood, name]) for mood in ("flooded", "quiet"))
        print(f"beside a flood, with {name}, others get {flooded / quiet:.2f} of the holds they get without it")


@contextmanager
def _flooding(scene: Scene, show: Show, port: int) -> Iterator[None]:
    """A process in which one account asks the site as much as it can, for as long as the block lasts."""
    user = scene.user()
    with scene.connected() as connection:  # it has done so for a while
        connection.execute("INSERT INTO allowances VALUES (%s, 'reading', now() + '1 minute')", (f"user {user.id}",))
    ours, theirs = processes.Pipe()
    path = f"/v1/shows/{show.id}/availability"
    flood = processes.Process(target=_flood, args=(port, path, scene.token(user), theirs), daemon=True)
    flood.start()
    assert ours.poll(PATIENCE), "the flood did not come"
    try:
        yield
    finally:
        ours.send(None)
        flood.join(PATIENCE)


def _flood(port: int, path: str, token: str, line: Connection) -> None:
    over = False

    def ask() -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        while not over:
            connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
            with connection.getresponse() as response:
                response.read()

    threads = [Thread(target=ask, daemon=True) for _ in range(FLOODING)]
    for thread in threads:
        thread.start()
    line.send("here")
    line.recv()
    over = True
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
