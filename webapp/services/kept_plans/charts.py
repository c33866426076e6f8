"""Kept plans as they are drawn, each once; without a show their categories stand in their own order, without prices."""

from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from webapp.extensions import db
from webapp.services.aside import aside
from webapp.services.kept_plans.counts import counts_of
from webapp.services.kept_plans.shelf import Kept
from webapp.services.plans.plan import Plan
from webapp.services.seat_maps.chart import Category, Chart
from webapp.services.seat_maps.drawing import draw
from webapp.services.seat_maps.keeping import ChartShelf
from webapp.services.seat_maps.planned import Planned, PlannedSeat
from webapp.services.seating.categories import category_of

MOST_SEATS_KEPT = 200_000

_shelves: WeakKeyDictionary[Engine, dict[str, ChartShelf]] = WeakKeyDictionary()
_lock = Lock()


def drawn_before(kept: Kept) -> Chart | None:
    """The chart of the plan, if it was drawn and is still at hand."""
    return _shelf(kept).get(*_key(kept))


def chart_of(kept: Kept, plan: Plan) -> Chart:
    """The chart of the plan; its seats have their places in the plan, from 1 on, as ids."""
    planned = _planned(kept, plan)
    return _shelf(kept).get_or_make(*_key(kept), lambda: aside(lambda: draw(planned)))


def _key(kept: Kept) -> tuple[int, int]:
    # A chart names its show and that show's version of a plan; of no show there is one, and no other.
    return (-kept.id, 0)


def _shelf(kept: Kept) -> ChartShelf:
    with _lock:
        shelves = _shelves.setdefault(db.engine, {})
        return shelves.setdefault(kept.kind, ChartShelf(MOST_SEATS_KEPT))


def _planned(kept: Kept, plan: Plan) -> Planned:
    names = counts_of(plan).by_category
    ids = {name: number for number, name in enumerate(names, start=1)}
    show_id, version = _key(kept)
    return Planned(
        show_id=show_id,
        version=version,
        areas=[{"kind": area.kind, "label": area.label, "points": area.points} for area in plan.areas],
        categories=[Category(id_, name, 0, id_ - 1) for name, id_ in ids.items()],
        seats=[
            PlannedSeat(
                number,
                seat.seat_number,
                seat.section,
                seat.row,
                seat.number,
                seat.neighbour_order,
                seat.x,
                seat.y,
                ids[category_of(seat)],
                seat.accessibility,
                seat.step_free,
            )
            for number, seat in enumerate(plan.seats, start=1)
        ],
    )
