"""What a process of the site holds in memory, and what each open event stream adds: `python -m bench.speed.memory`.

By proportional set size (Linux): pages that processes share are counted once, in parts. Measured after the site has
shown a hall of 2,000 seats, and again while that show's streams are open.
"""

import sys
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from bench.report.figure import Figure
from bench.report.tables import show as print_figures
from bench.speed import processors
from bench.stage import show_in, staged
from bench.stage.halls import hall_plan
from bench.views.streams import reading
from tests.browser.site import WORKERS, serving
from tests.conftest import KEY

STREAMS, WARM = 2_000, 40


def measure(*, is_short: bool = False) -> list[Figure]:
    """The figures."""
    streams = STREAMS // 4 if is_short else STREAMS
    with staged() as scene:
        show = show_in(scene, hall_plan(2_000))
        with serving(scene.database, KEY) as site:
            for _ in range(WARM):
                page = Request(f"{site.url}/shows/{show.id}", headers={"Accept": "text/html"})
                urlopen(page, timeout=30).close()
            with reading(urlsplit(site.url).port or 0, show, WORKERS * 4):
                before = _workers()
            with reading(urlsplit(site.url).port or 0, show, streams):
                after = _workers()
    return [
        Figure("memory of a process of the site", sum(before) / len(before) / 1e6, "MB"),
        Figure("memory for each open stream", (sum(after) - sum(before)) / streams / 1e3, "kB"),
    ]


def _workers() -> list[int]:
    """The bytes of each worker: of a site's session, those with a parent there and no child."""
    sizes = []
    for pid in processors.workers_of_sites():
        [line] = [
            line for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines() if line.startswith("Pss:")
        ]
        sizes.append(int(line.split()[1]) * 1024)
    assert len(sizes) >= WORKERS
    return sorted(sizes)[-WORKERS:]


if __name__ == "__main__":
    print_figures("Memory", measure(is_short="--short" in sys.argv))
