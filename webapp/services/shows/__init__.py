"""Shows: made, listed, read, changed, published and cancelled."""

from webapp.services.shows.cancelling import cancel
from webapp.services.shows.changing import Prospect, change, prospect
from webapp.services.shows.creating import create, insert
from webapp.services.shows.details import LonelySeats
from webapp.services.shows.duplicating import Duplicates, duplicate, plan_dates
from webapp.services.shows.planned_dates import PlannedDate
from webapp.services.shows.publishing import publish, publish_all, unpublish
from webapp.services.shows.reading import (
    Habits,
    habits_of,
    of_organizer,
    one,
    organized,
    refuse_strangers,
    stay_in_charge,
    upcoming,
)
from webapp.services.shows.show import Show

__all__ = [
    "Duplicates",
    "Habits",
    "LonelySeats",
    "PlannedDate",
    "Prospect",
    "Show",
    "cancel",
    "change",
    "create",
    "duplicate",
    "habits_of",
    "insert",
    "of_organizer",
    "one",
    "organized",
    "plan_dates",
    "prospect",
    "publish",
    "publish_all",
    "refuse_strangers",
    "stay_in_charge",
    "unpublish",
    "upcoming",
]
