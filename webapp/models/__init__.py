"""What is true: the nouns, and the constraints beside their columns."""

from webapp.models.base import Base
from webapp.models.category import Category
from webapp.models.reservation import Reservation, ReservationChange
from webapp.models.seat import Seat
from webapp.models.show import Show
from webapp.models.user import User

__all__ = ["Base", "Category", "Reservation", "ReservationChange", "Seat", "Show", "User"]
