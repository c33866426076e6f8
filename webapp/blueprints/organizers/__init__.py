"""Organizers set up shows, see how they sell, and cancel them."""

from webapp.blueprints.organizers import details, selling
from webapp.blueprints.organizers.desk import bp

__all__ = ["bp", "details", "selling"]
