"""The application's clock jumps, by most of an hour, forward and back: the database's clock alone decides.

The access tokens of the drill live for an hour, and are read by the application's clock.
"""

from functools import partial
from time import sleep

from bench.faults.clocks.shifting import shifted_clock
from bench.faults.drills import Control, Drill, Finding
from bench.faults.sale import ERRORS, selling
from bench.faults.site import site_on
from bench.faults.stage import own_postgres, scene_on

JUMPS = (58 * 60, -58 * 60, 0)  # seconds by which it is off, one after the other
EACH = 3.0  # seconds, not wishes: the control fulfils none


def run(application: str = "wsgi:app") -> Finding:
    """Have the clock of the site's processes jump while a crowd buys."""
    finding = Finding()
    with (
        shifted_clock() as clock,
        own_postgres() as postgres,
        scene_on(postgres) as scene,
        site_on(application=application, DATABASE_URL=scene.database.url, **clock.environ) as site,
    ):
        with selling(scene, site.url) as sale:
            for shift in JUMPS:
                sleep(EACH)
                clock.jump(shift)
            sleep(EACH)
        sale.tell(finding)
        finding.measure("tokens refused", sale.statuses[401], at_most=0)
    return finding


DRILL = Drill(
    "application_clock",
    "the application's clock may be most of an hour wrong, and no hold, sale or expiry is decided otherwise",
    run,
    [
        Control(
            "the database's clock, in place of which statements have the application's, so that the guards refuse them",
            partial(run, "bench.faults.clocks.own_clock:app"),
            ERRORS,
        )
    ],
)
