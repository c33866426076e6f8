"""What a show says of itself before a seat is counted: enough for the page with its map, however large the hall."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from webapp.services.database.statements import autocommitted
from webapp.services.refusals import CLOSED, NotFound


@dataclass(frozen=True)
class Playbill:
    """A show without its seats; `sells` is whether one can be held at all."""

    id: int
    title: str
    venue: str
    starts_at: datetime
    timezone: str
    currency: str
    seat_limit: int
    cancelled_at: datetime | None
    has_begun: bool

    @property
    def closed_because(self) -> str | None:
        """Why nothing is sold, as a sentence; None while it is."""
        if self.cancelled_at:
            return CLOSED["cancelled"]
        return CLOSED["begun"] if self.has_begun else None

    @property
    def sells(self) -> bool:
        """Whether a seat can be held."""
        return self.closed_because is None


def playbill(show_id: int) -> Playbill:
    """The playbill of the show; raises `NotFound`."""
    with autocommitted() as connection:
        row = connection.execute(
            text("""
                SELECT id, title, venue, starts_at, timezone, currency, seat_limit, cancelled_at,
                       starts_at <= statement_timestamp() AS has_begun
                FROM shows
                WHERE id = :show_id
            """),
            {"show_id": show_id},
        ).one_or_none()
    if row is None:
        raise NotFound(f"There is no show {show_id}.")
    return Playbill(*row)
