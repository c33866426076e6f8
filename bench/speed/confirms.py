"""Confirms a second over HTTP, beside the bare SQL: `python -m bench.speed.confirms`. Each is of a live hold."""

import sys
from functools import partial
from urllib.parse import urlsplit

from bench.report.figure import Figure
from bench.report.tables import show
from bench.speed import bare_sql
from bench.speed.sale import CLIENTS, LIMITS, SEATS_EACH, SHARE, Sale, sale_in
from bench.speed.turns import HTTP, SECONDS, SQL, WARM, ask, middle, run, take_turns
from bench.stage import staged
from tests.browser.site import serving
from tests.conftest import KEY

HOLD = """
INSERT INTO reservations (user_id, seat_id, show_id, price, hold_expiry, changed_by, changed_through)
SELECT %(buyer)s + (id - %(seat)s) / %(each)s, id, show_id, 4500, now() + interval '15 minutes',
       %(buyer)s + (id - %(seat)s) / %(each)s, 'api'
FROM seats
ORDER BY id
"""


def measure(*, is_short: bool = False) -> list[Figure]:
    """The figures."""
    with staged() as scene:
        sale = sale_in(scene)
        with serving(scene.database, KEY, **LIMITS) as site:
            port = urlsplit(site.url).port or 0
            ways = {
                SQL: lambda seconds: run(sale, partial(bare_sql.confirms_a_second, sale, _first(sale)), seconds),
                HTTP: lambda seconds: ask(
                    scene.database, port, _confirms(sale, 0, WARM), _confirms(sale, WARM, SHARE), 200, seconds
                ),
            }
            turns = take_turns(ways, lambda: _hold_all(sale), SECONDS / 2 if is_short else SECONDS)
    ours, cost = middle(turns[HTTP]), middle(turns[HTTP], "site") + middle(turns[HTTP], "postgres")
    return [
        Figure("confirms over HTTP", ours, "a second", ours / middle(turns[SQL]), "bare SQL", least=0.3, aim=0.5),
        Figure("confirms of bare SQL, by pgbench", middle(turns[SQL]), "a second"),
        Figure("processor time for a confirm, site and PostgreSQL", cost, "ms"),
        Figure("until a confirm is answered, 99 of 100", middle(turns[HTTP], "slow"), "ms"),
    ]


def _hold_all(sale: Sale) -> None:
    """Let every seat be held, by whom its place names."""
    sale.clear()
    with sale.scene.history() as connection:
        connection.execute(HOLD, {"buyer": sale.first_buyer, "seat": sale.first_seat, "each": SEATS_EACH})


def _first(sale: Sale) -> int:
    """The id of the hold of the first place; the others follow."""
    first: int = sale.scene.rows("SELECT min(id) AS id FROM reservations")[0]["id"]
    return first


def _confirms(sale: Sale, first: int, end: int) -> list[list[bytes]]:
    ids = _first(sale)
    return [
        [
            sale.post(f"/v1/reservations/{ids + place}/confirm", place)
            for place in range(client * SHARE + first, client * SHARE + end)
        ]
        for client in range(CLIENTS)
    ]


if __name__ == "__main__":
    show("Confirms", measure(is_short="--short" in sys.argv))
