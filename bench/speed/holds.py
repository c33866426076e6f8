"""Holds a second over HTTP, beside the bare SQL and a plain implementation: `python -m bench.speed.holds`.

A hold over v1 with its token checked, its body validated and its limits counted, by 16 clients over connections that
stay open. Beside it `pgbench` runs the hold's one statement in as many sessions on the same database, and the baseline
(bench/baseline) answers the same requests. They take turns; PostgreSQL waits for no disk in any of them.
"""

import sys
from collections.abc import Mapping, Sequence
from functools import partial
from urllib.parse import urlsplit

from bench.report.figure import Figure
from bench.report.tables import show
from bench.speed import bare_sql, baseline
from bench.speed.sale import LIMITS, Sale, sale_in
from bench.speed.turns import HTTP, PLAIN, SECONDS, SQL, WARM, Turn, ask, middle, run, take_turns
from bench.stage import staged_beside
from tests.browser.site import serving
from tests.conftest import KEY
from tests.postgres import Database


def measure(*, is_short: bool = False) -> list[Figure]:
    """The figures."""
    with staged_beside() as (scene, plain):
        sale = sale_in(scene)
        with serving(scene.database, KEY, **LIMITS) as site, baseline.serving_baseline(plain, sale) as port:
            ways = {
                SQL: partial(run, sale, partial(bare_sql.holds_a_second, sale)),
                HTTP: partial(_hold, sale, scene.database, urlsplit(site.url).port or 0),
                PLAIN: partial(_hold, sale, plain, port),
            }
            return _figures(take_turns(ways, partial(_clear, sale, plain), SECONDS / 2 if is_short else SECONDS))


def _hold(sale: Sale, database: Database, port: int, seconds: float) -> Turn:
    return ask(database, port, sale.holds(count=WARM), sale.holds(first=WARM), 201, seconds)


def _clear(sale: Sale, plain: Database) -> None:
    sale.clear()
    baseline.clear(plain)


def _figures(turns: Mapping[str, Sequence[Turn]]) -> list[Figure]:
    rate = {name: middle(turns[name]) for name in turns}
    cost = {name: middle(turns[name], "site") + middle(turns[name], "postgres") for name in turns}
    return [
        Figure("holds over HTTP", rate[HTTP], "a second", rate[HTTP] / rate[SQL], "bare SQL", least=0.3, aim=0.5),
        Figure("holds over HTTP", rate[HTTP], "a second", rate[HTTP] / rate[PLAIN], "the baseline", least=8, aim=15),
        Figure("holds of bare SQL, by pgbench", rate[SQL], "a second"),
        Figure("holds of the baseline", rate[PLAIN], "a second"),
        Figure("processor time of a hold: the site", middle(turns[HTTP], "site"), "ms"),
        Figure("processor time of a hold: PostgreSQL", middle(turns[HTTP], "postgres"), "ms"),
        Figure("the same of bare SQL: pgbench", middle(turns[SQL], "site"), "ms"),
        Figure("the same of bare SQL: PostgreSQL", middle(turns[SQL], "postgres"), "ms"),
        Figure("the same of the baseline: the site", middle(turns[PLAIN], "site"), "ms"),
        Figure("the same of the baseline: PostgreSQL", middle(turns[PLAIN], "postgres"), "ms"),
        Figure("holds for a second of processor", 1000 / cost[HTTP], "", cost[SQL] / cost[HTTP], "bare SQL"),
        Figure("holds for a second of processor", 1000 / cost[HTTP], "", cost[PLAIN] / cost[HTTP], "the baseline"),
        Figure("until a hold is answered, half of them", middle(turns[HTTP], "half"), "ms"),
        Figure("until a hold is answered, 99 of 100", middle(turns[HTTP], "slow"), "ms"),
    ]


if __name__ == "__main__":
    show("Holds", measure(is_short="--short" in sys.argv))
