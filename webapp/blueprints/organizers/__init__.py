"""Organizers set up shows, see how they sell, and cancel them."""

from webapp.blueprints.organizers import dates, details, pictures, publishing, selling
from webapp.blueprints.organizers.desk import bp

__all__ = ["bp", "dates", "details", "pictures", "publishing", "selling"]
