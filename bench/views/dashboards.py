"""What a dashboard costs, and that other shows' data cost it nothing: `python -m bench.views.dashboards`.

The show of 50,000 seats has 200,000 reservations, and they lie in the database among those of other shows that sold
at the same time: first as many again, then ten times as many. Each stage asks for the pages in turns; the baseline is
the dashboard of a theatre of 600 seats with 2,400 reservations, on the same stage. The first time a process draws a
hall of 50,000 seats it takes longer, as on its buyers' page; that is told apart.
"""

from collections.abc import Sequence
from gzip import compress
from statistics import median
from time import perf_counter

import psycopg
from werkzeug.test import TestResponse

from bench.stage import show_in, staged
from bench.stage.halls import hall_plan
from bench.stage.histories import more_like, play
from tests.scenes import Browser, Scene
from webapp.services.demo.stadium import stadium_plan
from webapp.services.shows import Show

ROUNDS = 20
# Shows of 5,000 seats, with four reservations for each.
OTHERS = (10, 100)
SMALL, LARGE = "600 seats, 2,400 reservations", "50,000 seats, 200,000 reservations"


def main() -> None:
    """Measure and print."""
    print(f"{'':40} {'first ms':>9} {'median ms':>10} {'fastest':>8} {'x small':>8} {'gzip kB':>8}")
    for others in OTHERS:
        with staged() as scene:
            halls = {SMALL: show_in(scene, hall_plan(600)), LARGE: show_in(scene, stadium_plan(50_000))}
            template = show_in(scene, hall_plan(5_000))
            shows = [*(show.id for show in halls.values()), template.id, *more_like(scene, template, others - 1)]
            play(scene, shows)
            _tidy(scene)
            print(f"beside {others * 20_000:,} reservations of {others} other shows")
            _measure(scene, halls)


def _tidy(scene: Scene) -> None:
    """What autovacuum does in its time."""
    with psycopg.connect(scene.database.superuser_url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _measure(scene: Scene, halls: dict[str, Show]) -> None:
    pages = {name: _page(scene, show) for name, show in halls.items()}
    firsts = {name: _seconds(*page)[0] for name, page in pages.items()}
    seconds: dict[str, list[float]] = {name: [] for name in pages}
    sizes: dict[str, int] = {}
    for _ in range(ROUNDS):
        for name, page in pages.items():
            taken, answer = _seconds(*page)
            seconds[name].append(taken)
            sizes[name] = len(compress(answer.data, 6))
    for name, each in seconds.items():
        _print(name, firsts[name], each, median(seconds[SMALL]), sizes[name])


def _print(name: str, first: float, seconds: Sequence[float], base: float, size: int) -> None:
    middle = median(seconds)
    print(
        f"{name:40} {first * 1000:9.0f} {middle * 1000:10.1f} {min(seconds) * 1000:8.1f} {middle / base:8.1f}"
        f" {size / 1000:8.1f}"
    )


def _page(scene: Scene, show: Show) -> tuple[Browser, str]:
    """The organizer's browser, and the address of the dashboard."""
    [organizer] = scene.rows("SELECT email FROM users WHERE id = %s", show.organizer_id)
    browser = scene.browser()
    browser.sign_in(organizer["email"])
    return browser, f"/organizer/shows/{show.id}/dashboard"


def _seconds(browser: Browser, path: str) -> tuple[float, TestResponse]:
    begun = perf_counter()
    answer = browser.get(path)
    taken = perf_counter() - begun
    assert answer.status_code == 200, answer.status
    return taken, answer


if __name__ == "__main__":
    main()
