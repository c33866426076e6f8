"""Venues, and the seating plans that are kept of them."""

from webapp.services.venues.documents import VersionDocument, document, source
from webapp.services.venues.keeping import change_venue, create_venue, rename_plan
from webapp.services.venues.reading import (
    KeptPlan,
    KeptVersion,
    Venue,
    plan,
    plans_at,
    plans_of,
    venue,
    venues_of,
    versions_of,
)
from webapp.services.venues.saving import save_first, save_next
from webapp.services.venues.versions import SavedVersion, plan_named, save_version, venue_named

__all__ = [
    "KeptPlan",
    "KeptVersion",
    "SavedVersion",
    "Venue",
    "VersionDocument",
    "change_venue",
    "create_venue",
    "document",
    "plan",
    "plan_named",
    "plans_at",
    "plans_of",
    "rename_plan",
    "save_first",
    "save_next",
    "save_version",
    "source",
    "venue",
    "venue_named",
    "venues_of",
    "versions_of",
]
