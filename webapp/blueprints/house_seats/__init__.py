"""Seats that the house keeps, for people: chosen on the map, looked at in a preview, blocked and released."""

from webapp.blueprints.house_seats import blocking, choosing, releasing
from webapp.blueprints.house_seats.room import bp

__all__ = ["blocking", "bp", "choosing", "releasing"]
