"""Who has which seat just now: kept by each process, and brought up to date by one small query whenever it is asked."""

from webapp.services.seat_maps.standing.cursor import Cursor
from webapp.services.seat_maps.standing.shelf import standing_of
from webapp.services.seat_maps.standing.show_rules import ShowRules
from webapp.services.seat_maps.standing.snapshot import Standing, Taken

__all__ = ["Cursor", "ShowRules", "Standing", "Taken", "standing_of"]
