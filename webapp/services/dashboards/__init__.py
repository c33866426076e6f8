"""What a show's people see at a glance: each figure is one question, answered from this show's rows alone."""

from webapp.services.dashboards.counts import CategoryCounts, Counts, State, by_category, by_part, in_all, state_of
from webapp.services.dashboards.dashboard import Dashboard, dashboard
from webapp.services.dashboards.history import History, Period, history_of
from webapp.services.dashboards.lost_holds import LostHolds, Minute
from webapp.services.dashboards.pace import DayOfSale, Pace, paces
from webapp.services.dashboards.sales import Sales, sales_of
from webapp.services.dashboards.seat_sales import CLASSES, GroupSales, Order, SeatSale

__all__ = [
    "CLASSES",
    "CategoryCounts",
    "Counts",
    "Dashboard",
    "DayOfSale",
    "GroupSales",
    "History",
    "LostHolds",
    "Minute",
    "Order",
    "Pace",
    "Period",
    "Sales",
    "SeatSale",
    "State",
    "by_category",
    "by_part",
    "dashboard",
    "history_of",
    "in_all",
    "paces",
    "sales_of",
    "state_of",
]
