"""What htmx swaps into a show's page when something happened to some of its seats."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from webapp.identity import asker
from webapp.replies import View
from webapp.services import baskets, seat_maps, shows
from webapp.services.database import clock


def seat_changes(show_id: int, seat_ids: Sequence[int]) -> View:
    """The seats, the basket and the notice of a show's page, as they are now."""
    return View("shows/_changes.html", partial(_context, show_id, seat_ids))


def _context(show_id: int, seat_ids: Sequence[int]) -> dict[str, Any]:
    viewer = asker()
    return {
        "show": shows.one(show_id),
        "seats": seat_maps.map_seats(show_id, viewer, seat_ids),
        "basket": baskets.basket(show_id, viewer),
        "now": clock.now(),
    }
