"""Reads the seating plans organizers bring, and says what was odd in them."""

from webapp.services.plans.plan import MOST_SEATS, Plan, PlanArea, PlanCategory, PlanSeat, PlanUnusable, Renumbered
from webapp.services.plans.reading import LARGEST_FILE, read_plan

__all__ = [
    "LARGEST_FILE",
    "MOST_SEATS",
    "Plan",
    "PlanArea",
    "PlanCategory",
    "PlanSeat",
    "PlanUnusable",
    "Renumbered",
    "read_plan",
]
