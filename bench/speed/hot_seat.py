"""A seat that 200 people want at once, and one has: `python -m bench.speed.hot_seat`.

Each of them asks for it over v1 as fast as they are told no, with the offers of other seats that come with it.
"""

import json
import sys
from statistics import median, quantiles
from urllib.parse import urlsplit

from bench.report.figure import Figure
from bench.report.tables import show
from bench.speed import clients
from bench.speed.sale import LIMITS, SEATS_EACH, sale_in
from bench.stage import staged
from tests.browser.site import serving
from tests.conftest import KEY

PEOPLE, SECONDS, PATIENCE = 200, 8.0, 60.0


def measure(*, is_short: bool = False) -> list[Figure]:
    """The figures."""
    with staged() as scene:
        sale = sale_in(scene, 2_000)
        body = json.dumps({"seat_id": sale.first_seat, "hold_minutes": 5}).encode()
        places = [person * SEATS_EACH for person in range(PEOPLE)]
        asking = [sale.post(f"/v1/reservations/{sale.buyer_of(place)}/hold", place, body) for place in places]
        with serving(scene.database, KEY, **LIMITS) as site:
            port = urlsplit(site.url).port or 0
            assert clients.ask(port, [asking[:1]], PATIENCE).statuses == {201: 1}
            clients.ask(port, [[one] * 5 for one in asking[1:]], PATIENCE)
            heard = clients.ask(port, [[one] * 500 for one in asking[1:]], SECONDS / 2 if is_short else SECONDS)
    assert set(heard.statuses) <= {409, clients.HUNG_UP}, heard.statuses
    return [
        Figure("refusals of a hot seat", heard.rate, "a second"),
        Figure(f"until one of {PEOPLE} is refused, half of them", 1000 * median(heard.latencies), "ms"),
        Figure(
            f"until one of {PEOPLE} is refused, 99 of 100",
            1000 * quantiles(heard.latencies, n=100)[-1],
            "ms",
            most=500,
        ),
        Figure("connections that were closed on somebody who waited", heard.statuses[clients.HUNG_UP], ""),
    ]


if __name__ == "__main__":
    show("A hot seat", measure(is_short="--short" in sys.argv))
