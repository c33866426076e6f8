"""What a buyer in Chromium waits for: `python -m bench.views.browser`.

Until a page can be used (its document is there and our scripts have run), until it is first painted, and from a click
on a seat to the feedback and to the painted answer. Pages take turns; the baselines are the page of a hall with one
seat, and a bare request to the same server from the same page.
"""

from collections.abc import Callable
from statistics import median
from typing import Any

from playwright.sync_api import Browser

from bench.stage import show_in, staged
from bench.stage.halls import hall_plan
from bench.views.pages import largest_section
from tests.browser.site import serving
from tests.browser.windows import running_browser
from tests.conftest import KEY
from tests.scenes import Scene
from webapp.services.demo.stadium import stadium_plan

ROUNDS = 9
# A guest's address may hold 20 seats of a show.
CLICKS = 15
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}

LOADED = """() => {
    const entry = performance.getEntriesByType("navigation")[0];
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    return [entry.domContentLoadedEventEnd, paint ? paint.startTime : entry.domContentLoadedEventEnd];
}"""

# From the press of a free seat to the frame that shows it busy, and to the frame that shows it yours.
PRESS = """async (id) => {
    const seat = () => document.getElementById(id);
    const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const begun = performance.now();
    seat().click();
    const busy = seat().ariaBusy === "true";
    await frame();
    const answered = performance.now();
    while (seat().dataset.availability !== "yours") await frame();
    await frame();
    return [busy ? answered - begun : NaN, performance.now() - begun];
}"""
BARE = """async () => {
    const begun = performance.now();
    await (await fetch("/healthz")).text();
    return performance.now() - begun;
}"""


def main() -> None:
    """Measure and print."""
    with staged() as scene:
        halls = {
            "1 seat": show_in(scene, hall_plan(1)),
            "2,000 seats": show_in(scene, hall_plan(2_000), seat_limit=1000),
            "50,000 seats, overview": show_in(scene, stadium_plan(50_000)),
        }
        paths = {name: f"/shows/{show.id}" for name, show in halls.items()}
        paths["50,000 seats, a section"] = largest_section(scene, halls["50,000 seats, overview"])
        with serving(scene.database, KEY) as site, running_browser() as browser:
            for name, size in (("1280 px", DESKTOP), ("390 px", PHONE)):
                _print_loads(name, _loads(browser, {key: site.url + path for key, path in paths.items()}, size))
            _clicks(scene, browser, site.url, halls["2,000 seats"].id)


def _loads(browser: Browser, urls: dict[str, str], size: Any) -> dict[str, list[tuple[float, float]]]:
    """Milliseconds until usable and until painted: the first visit of each window, with nothing in its cache."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in urls}
    for _ in range(ROUNDS):
        for name, url in urls.items():
            context = browser.new_context(viewport=size)
            page = context.new_page()
            page.goto(url, wait_until="load")
            usable, painted = page.evaluate(LOADED)
            found[name].append((usable, painted))
            context.close()
    return found


def _print_loads(window: str, loads: dict[str, list[tuple[float, float]]]) -> None:
    base, theatre = (median(usable for usable, _ in loads[name]) for name in ("1 seat", "2,000 seats"))
    print(f"{window:30} {'usable ms':>10} {'x 1 seat':>9} {'x 2,000':>8} {'painted ms':>11}")
    for name, both in loads.items():
        usable = median(one for one, _ in both)
        painted = median(one for _, one in both)
        print(f"{name:30} {usable:10.0f} {usable / base:9.2f} {usable / theatre:8.2f} {painted:11.0f}")


def _clicks(scene: Scene, browser: Browser, url: str, show_id: int) -> None:
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(f"{url}/shows/{show_id}", wait_until="load")
    seats = [row["id"] for row in scene.rows("SELECT id FROM seats WHERE show_id = %s ORDER BY id", show_id)][::17]
    pressed = [page.evaluate(PRESS, f"seat-{seat}") for seat in seats[: CLICKS + 3]][3:]
    bare = _median_of(lambda: page.evaluate(BARE))
    busy, answered = (median(one) for one in zip(*pressed, strict=True))
    print(
        f"click to feedback {busy:.0f} ms, to painted answer {answered:.0f} ms = {answered / bare:.1f} x a bare request"
    )
    context.close()


def _median_of(measure: Callable[[], float]) -> float:
    return median(measure() for _ in range(CLICKS))


if __name__ == "__main__":
    main()
