"""The chart of a show: drawn once for each version of its plan, and kept."""

from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from webapp.extensions import db
from webapp.services.aside import aside
from webapp.services.seat_maps.chart import Chart
from webapp.services.seat_maps.drawing import draw
from webapp.services.seat_maps.keeping import ChartShelf
from webapp.services.seat_maps.planned import plan_version, planned

# What a process keeps in memory: six stadiums, or some five hundred theatres.
MOST_SEATS_KEPT = 300_000

# One for each database, whose shows have nothing to do with those of another with the same ids.
_shelves: WeakKeyDictionary[Engine, ChartShelf] = WeakKeyDictionary()
_lock = Lock()


def chart_of(show_id: int, version: int) -> Chart:
    """The chart of the show at this version of its plan, or at the present one, which its `version` then tells.

    Raises `NotFound`.
    """
    shelf = _shelf()
    if kept := shelf.get(show_id, version):
        return kept
    # Asked again, so that somebody with an old address cannot have the same hall drawn over and over.
    return shelf.get_or_make(show_id, plan_version(show_id), lambda: _charted(show_id))


def _shelf() -> ChartShelf:
    with _lock:
        return _shelves.setdefault(db.engine, ChartShelf(MOST_SEATS_KEPT))


def _charted(show_id: int) -> Chart:
    plan = planned(show_id)
    return aside(lambda: draw(plan))
