"""Shows: made, listed, read, set and cancelled."""

from webapp.services.shows.cancelling import cancel
from webapp.services.shows.creating import create, insert
from webapp.services.shows.reading import of_organizer, one, organized, refuse_strangers, upcoming
from webapp.services.shows.settling import LonelySeats, settle
from webapp.services.shows.show import Show

__all__ = [
    "LonelySeats",
    "Show",
    "cancel",
    "create",
    "insert",
    "of_organizer",
    "one",
    "organized",
    "refuse_strangers",
    "settle",
    "upcoming",
]
