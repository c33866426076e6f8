"""What the limits cost, and what they are good for: `python -m bench.limits`.

Two real sites serve one database, one with the limits as they are by default, one without. Buyers who never reach a
limit hold seats on each in turns: the ratio of their holds a second is what counting costs. Then one account asks both
for a large list, over many connections and as fast as it is answered: how many holds do the others get meanwhile?
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from http.client import HTTPConnection
from itertools import product
from multiprocessing.connection import Connection
from statistics import median
from threading import Thread
from urllib.parse import urlsplit

from bench.halls import hall_plan
from bench.holding import PATIENCE, holds_a_second, processes
from bench.stage import show_in, staged
from tests.browser.site import serving
from tests.conftest import KEY, NO_LIMITS
from tests.scenes import Scene
from webapp.config import Settings
from webapp.services.shows import Show

SEATS = 2_000
ROUNDS = 6
FLOODING = 12
BY_DEFAULT = {name: str(getattr(Settings, name.lower())) for name in NO_LIMITS}


def main() -> None:
    """Measure and print."""
    with staged() as scene:
        show = show_in(scene, hall_plan(SEATS), seat_limit=SEATS)
        with serving(scene.database, KEY) as free, serving(scene.database, KEY, **BY_DEFAULT) as limited:
            ports = {name: urlsplit(site.url).port or 0 for name, site in {"none": free, "limits": limited}.items()}
            rates = {run: [] for run in product(("quiet", "flooded"), ports)}
            for turn in range(ROUNDS):
                for (mood, name), found in sorted(rates.items(), reverse=bool(turn % 2)):
                    with _flooding(scene, show, ports[name]) if mood == "flooded" else nullcontext():
                        found.append(holds_a_second(scene, show, ports[name]))
    _print(rates)


def _print(rates: dict[tuple[str, str], list[float]]) -> None:
    print(f"{'holds a second':24} {'median':>8} {'most':>8} {'x without limits':>18}")
    for (mood, name), found in rates.items():
        bare = rates[mood, "none"]
        print(
            f"{f'{mood}, {name}':24} {median(found):8.0f} {max(found):8.0f}"
            f" {median(found) / median(bare):8.2f} / {max(found) / max(bare):.2f}"
        )
    quiet, flooded = rates["quiet", "limits"], rates["flooded", "limits"]
    print(f"beside a flood, others get {median(flooded) / median(quiet):.2f} of their holds with limits, ", end="")
    quiet, flooded = rates["quiet", "none"], rates["flooded", "none"]
    print(f"{median(flooded) / median(quiet):.2f} without")


@contextmanager
def _flooding(scene: Scene, show: Show, port: int) -> Iterator[None]:
    """A process in which one account asks the site as much as it can, for as long as the block lasts."""
    user = scene.user()
    with scene.connected() as connection:  # it has done so for a while
        connection.execute("INSERT INTO allowances VALUES ('reading', %s, now() + '1 minute')", (f"user {user.id}",))
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
