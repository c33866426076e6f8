"""What venues somebody has, and which plans are kept of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted


@dataclass(frozen=True)
class Venue:
    """A venue of somebody's."""

    id: int
    name: str
    timezone: str


@dataclass(frozen=True)
class KeptPlan:
    """A plan of a venue by its latest version; `is_drawn` tells one that was drawn here, and can be drawn on."""

    id: int
    name: str
    venue_name: str
    timezone: str
    version_id: int
    number: int
    seats: int
    is_drawn: bool
    saved_at: datetime


def venues_of(asker: Asker) -> Sequence[Venue]:
    """The asker's venues, by name."""
    with autocommitted() as connection:
        rows = connection.execute(
            text("SELECT id, name, timezone FROM venues WHERE owner_id = :asker_id ORDER BY name, id"),
            {"asker_id": asker.id},
        )
        return [Venue(*row) for row in rows]


def plans_of(asker: Asker) -> Sequence[KeptPlan]:
    """The plans of the asker's venues, by venue and name."""
    with autocommitted() as connection:
        rows = connection.execute(
            text("""
                SELECT plans.id, plans.name, venues.name, venues.timezone, latest.id, latest.number, latest.seats,
                       latest.sketch IS NOT NULL, latest.created_at
                FROM venues
                JOIN plans ON plans.venue_id = venues.id
                CROSS JOIN LATERAL (SELECT versions.id, versions.number, versions.seats, versions.sketch,
                                           versions.created_at
                                    FROM plan_versions AS versions
                                    WHERE versions.plan_id = plans.id
                                    ORDER BY versions.number DESC
                                    LIMIT 1) AS latest
                WHERE venues.owner_id = :asker_id
                ORDER BY venues.name, plans.name, plans.id
            """),
            {"asker_id": asker.id},
        )
        return [KeptPlan(*row) for row in rows]
