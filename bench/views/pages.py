"""Server time and bytes of a show's pages: `python -m bench.views.pages`.

Each page is asked for through the whole application (session, database, templates, compression), in turns with the
others, so that what else the machine does meets all alike. The baseline is the page of a hall with one seat.
"""

import re
import sys
from collections.abc import Sequence
from gzip import compress, decompress
from statistics import median
from time import perf_counter

from bench.report.figure import Figure
from bench.report.tables import show as print_figures
from bench.stage import sell_half, show_in, staged
from bench.stage.halls import hall_plan
from tests.scenes import Scene
from webapp.services.demo.stadium import stadium_plan
from webapp.services.shows import Show

ROUNDS = 60
HEADERS = {"Accept": "text/html", "Accept-Encoding": "gzip"}


def measure(*, is_short: bool = False) -> list[Figure]:
    """The figures."""
    with staged() as scene:
        halls = {
            "1 seat": show_in(scene, hall_plan(1)),
            "2,000 seats": show_in(scene, hall_plan(2_000)),
            "2,000 seats, half sold": show_in(scene, hall_plan(2_000)),
            "50,000 seats, overview": show_in(scene, stadium_plan(50_000)),
            "50,000 seats, half sold, overview": show_in(scene, stadium_plan(50_000)),
        }
        for name, show in halls.items():
            if "half sold" in name:
                sell_half(scene, show)
        paths = {name: f"/shows/{show.id}" for name, show in halls.items()}
        for name in ("50,000 seats", "50,000 seats, half sold"):
            paths[f"{name}, a section"] = largest_section(scene, halls[f"{name}, overview"])
        return _figures(_measured(scene, paths, ROUNDS // 3 if is_short else ROUNDS))


def largest_section(scene: Scene, show: Show) -> str:
    """The path of the longest page among the sections of the show."""
    page = scene.app.test_client().get(f"/shows/{show.id}", headers=HEADERS)
    links = set(re.findall(rf'href="(/shows/{show.id}/sections/[^"?#]+)', _text(page.data)))
    client = scene.app.test_client()
    return max(links, key=lambda link: len(_text(client.get(link, headers=HEADERS).data)))


def _text(data: bytes) -> str:
    return (decompress(data) if data[:2] == b"\x1f\x8b" else data).decode()


def _measured(scene: Scene, paths: dict[str, str], rounds: int) -> dict[str, tuple[Sequence[float], int]]:
    """The seconds of each round and the gzipped bytes, by page."""
    client = scene.app.test_client()
    seconds: dict[str, list[float]] = {name: [] for name in paths}
    sizes: dict[str, int] = {}
    for _ in range(rounds):
        for name, path in paths.items():
            begun = perf_counter()
            answer = client.get(path, headers=HEADERS)
            seconds[name].append(perf_counter() - begun)
            assert answer.status_code == 200, (path, answer.status)
            sizes[name] = len(compress(_text(answer.data).encode(), 6))
    return {name: (seconds[name][rounds // 4 :], sizes[name]) for name in paths}


def _figures(measured: dict[str, tuple[Sequence[float], int]]) -> list[Figure]:
    base, theatre = (median(measured[name][0]) for name in ("1 seat", "2,000 seats"))
    figures: list[Figure] = []
    for name, (seconds, size) in measured.items():
        middle = median(seconds)
        of, beside = (theatre, "2,000 seats") if name.startswith("50,000") else (base, "1 seat")
        figures.append(Figure(f"the page of {name}", 1000 * middle, "ms", middle / of, beside))
        figures.append(Figure(f"the page of {name}, gzipped", size / 1000, "kB"))
    return figures


if __name__ == "__main__":
    print_figures("Pages", measure(is_short="--short" in sys.argv))
