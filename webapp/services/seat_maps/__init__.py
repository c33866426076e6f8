"""How the seats of a show stand: as a list for clients, and as a map for buyers."""

from webapp.services.seat_maps.changes import News, changes
from webapp.services.seat_maps.chart import Area, Category, Chart, ChartRow, ChartSeat, ChartSection, Part
from webapp.services.seat_maps.charting import chart_of
from webapp.services.seat_maps.counting import FreeSeats, free_seats
from webapp.services.seat_maps.planned import plan_version
from webapp.services.seat_maps.reading import (
    Availability,
    availability,
    categories_of,
)
from webapp.services.seat_maps.revision import About, Revised, Revision, revised
from webapp.services.seat_maps.standing import ShowRules, Standing, Taken, standing_of

__all__ = [
    "About",
    "Area",
    "Availability",
    "Category",
    "Chart",
    "ChartRow",
    "ChartSeat",
    "ChartSection",
    "FreeSeats",
    "News",
    "Part",
    "Revised",
    "Revision",
    "ShowRules",
    "Standing",
    "Taken",
    "availability",
    "categories_of",
    "changes",
    "chart_of",
    "free_seats",
    "plan_version",
    "revised",
    "standing_of",
]
