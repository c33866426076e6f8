"""The seats and prices of a show, as its organizer sets them up."""

from webapp.services.seating.adding import add_seats, labelled_seat
from webapp.services.seating.categories import STANDARD, category_ids_named, set_prices
from webapp.services.seating.planning import add_plan, create_show, oddities_of
from webapp.services.seating.reading import AccessibleSeats, Seat, accessible_seats, seats_of, written_seats

__all__ = [
    "STANDARD",
    "AccessibleSeats",
    "Seat",
    "accessible_seats",
    "add_plan",
    "add_seats",
    "category_ids_named",
    "create_show",
    "labelled_seat",
    "oddities_of",
    "seats_of",
    "set_prices",
    "written_seats",
]
