"""What a show has settled about its seats."""

from datetime import datetime
from typing import NamedTuple


class ShowRules(NamedTuple):
    """How many seats of a show one buyer may have, in which `currency`, and which seats are kept from whom.

    `lonely_seats` is off, warn or enforce; seats for wheelchairs and companions are kept from the general
    best-available until `accessible_seats_released_at`.
    """

    currency: str
    seat_limit: int
    lonely_seats: str
    accessible_seats_released_at: datetime | None

    def releases_accessible_seats(self, now: datetime) -> bool:
        """Whether seats for wheelchairs and companions are for everybody then."""
        return self.accessible_seats_released_at is not None and self.accessible_seats_released_at <= now
