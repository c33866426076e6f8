"""What htmx swaps into a show's page when something happened to some of its seats."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from webapp.identity import asker
from webapp.replies import View
from webapp.seat_markup import seats_of
from webapp.services import baskets, playbills, seat_maps


def seat_changes(show_id: int, seat_ids: Sequence[int]) -> View:
    """The seats, the basket and the notice of a show's page, as they are now."""
    return View("shows/_changes.html", partial(_context, show_id, seat_ids))


def _context(show_id: int, seat_ids: Sequence[int]) -> dict[str, Any]:
    viewer = asker()
    show = playbills.playbill(show_id, viewer)
    standing = seat_maps.standing_of(show_id)
    chart = seat_maps.chart_of(show_id, standing.plan_version)
    return {
        "show": show,
        "seats": seats_of(chart, seat_ids, show.currency, standing.taken, viewer),
        "basket": baskets.basket(show_id, viewer),
        "now": standing.now,
    }
