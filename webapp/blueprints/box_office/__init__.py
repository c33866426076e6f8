"""A show's reservations for those who run it: found, read with their history, moved and cancelled."""

from webapp.blueprints.box_office import calls, one, several
from webapp.blueprints.box_office.several import bp

__all__ = ["bp", "calls", "one", "several"]
