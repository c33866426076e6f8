"""Venues, and the seating plans that are kept of them."""

from webapp.services.venues.reading import KeptPlan, Venue, plans_of, venues_of
from webapp.services.venues.versions import SavedVersion, plan_named, save_version, venue_named

__all__ = [
    "KeptPlan",
    "SavedVersion",
    "Venue",
    "plan_named",
    "plans_of",
    "save_version",
    "venue_named",
    "venues_of",
]
