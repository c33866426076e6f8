"""When a show sells."""

from datetime import datetime
from typing import NamedTuple

from webapp.services.refusals import Closed


class ShowTimes(NamedTuple):
    """The times of a show between which seats can be had."""

    published_at: datetime | None
    on_sale_at: datetime | None
    off_sale_at: datetime | None
    starts_at: datetime
    cancelled_at: datetime | None

    def closed(self, now: datetime) -> Closed | None:
        """Why no seat can be had then; None while seats can."""
        if self.cancelled_at is not None:
            return "cancelled"
        if self.starts_at <= now:
            return "begun"
        if self.published_at is None:
            return "draft"
        if self.on_sale_at is not None and self.on_sale_at > now:
            return "not yet"
        return "ended" if self.off_sale_at is not None and self.off_sale_at <= now else None

    def closed_at(self, closed: Closed) -> datetime | None:
        """Since when no seat can be had any more; None where seats never could."""
        since = {"cancelled": self.cancelled_at, "begun": self.starts_at, "ended": self.off_sale_at}
        return since.get(closed)

    def opened_at(self) -> datetime | None:
        """Since when seats can be had, once they can."""
        opened = [moment for moment in (self.published_at, self.on_sale_at) if moment is not None]
        return max(opened, default=None)
