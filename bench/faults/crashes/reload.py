"""A deploy while people buy: by reload, and by a new site at the inherited socket; no request may fail."""

import signal
from collections.abc import Callable
from functools import partial

from bench.faults.drills import Control, Drill, Finding
from bench.faults.recovery import probing
from bench.faults.sale import selling
from bench.faults.site import Site, site_on
from bench.faults.stage import own_postgres, scene_on

ANSWERS = 80  # before each deploy and after the last
FAILED = "requests that failed"


def by_reload(site: Site) -> None:
    """As `kill -HUP` of the master."""
    old = site.workers()
    site.tell(signal.SIGHUP)
    site.until_all_serve(but=old)


def by_inherited_socket(site: Site) -> None:
    """A second site at the same socket; the first ends in order when the second serves."""
    first = site.master
    site.start()
    assert first is not None
    first.send_signal(signal.SIGTERM)
    first.wait(timeout=60)


def by_rebinding(site: Site) -> None:
    """Stop the site, and start it anew."""
    site.end(signal.SIGTERM)
    site.start()


def run(*deploys: Callable[[Site], None], binds: bool = False) -> Finding:
    """Deploy while a crowd buys, each request on a connection of its own as many proxies have it."""
    finding = Finding()
    with (
        own_postgres() as postgres,
        scene_on(postgres) as scene,
        site_on(DATABASE_URL=scene.database.url, binds=binds) as site,
    ):
        with selling(scene, site.url, patience=60, timeout=30, keeps=False) as sale, probing(scene, site.url) as probe:
            for deploy in deploys:
                sale.go_on(ANSWERS)
                deploy(site)
            sale.go_on(ANSWERS)
        failed = sum(number for status, number in sale.statuses.items() if status == 0 or status >= 500)
        sale.tell(finding)
        finding.measure("requests answered", sum(sale.statuses.values()) - failed, at_least=100)
        finding.measure(FAILED, failed, at_most=0)
        finding.measure("seconds that somebody waited, at most", probe.slowest)
    return finding


DRILL = Drill(
    "reload",
    "a deploy by reload, or at an inherited socket, under load fails no request",
    partial(run, by_reload, by_inherited_socket),
    [Control("a deploy that stops the site and starts it anew", partial(run, by_rebinding, binds=True), FAILED)],
)
