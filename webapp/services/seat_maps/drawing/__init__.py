"""How a plan becomes a drawing of its hall: pure geometry, no question to the database."""

from webapp.services.seat_maps.drawing.drawing import draw

__all__ = ["draw"]
