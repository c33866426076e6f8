"""What venues somebody has, which plans are kept of them, and in which versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted
from webapp.services.venues.keeping import KEEPS, no_such_plan, no_such_venue


@dataclass(frozen=True)
class Venue:
    """A venue of somebody's."""

    id: int
    name: str
    timezone: str


@dataclass(frozen=True)
class KeptPlan:
    """A plan of a venue by its latest version; `is_drawn` tells one that was drawn here, and can be drawn on.

    `shows` counts the shows that have the seats of one of its versions.
    """

    id: int
    name: str
    venue_id: int
    venue_name: str
    timezone: str
    version_id: int
    number: int
    seats: int
    is_drawn: bool
    saved_at: datetime
    shows: int


@dataclass(frozen=True)
class KeptVersion:
    """A version of a plan: its number among them, who saved it when, and the file it was read from, if any."""

    id: int
    plan_id: int
    number: int
    seats: int
    source_name: str | None
    is_drawn: bool
    saved_by: str
    saved_at: datetime
    shows: int


SELECT_PLANS = """
    SELECT plans.id, plans.name, venues.id AS venue_id, venues.name AS venue_name, venues.timezone,
           latest.id AS version_id, latest.number, latest.seats, latest.sketch IS NOT NULL AS is_drawn,
           latest.created_at AS saved_at,
           (SELECT count(*)
            FROM plan_versions AS used
            JOIN shows ON shows.plan_version_id = used.id
            WHERE used.plan_id = plans.id) AS shows
    FROM venues
    JOIN plans ON plans.venue_id = venues.id
    CROSS JOIN LATERAL (SELECT versions.id, versions.number, versions.seats, versions.sketch, versions.created_at
                        FROM plan_versions AS versions
                        WHERE versions.plan_id = plans.id
                        ORDER BY versions.number DESC
                        LIMIT 1) AS latest
"""


def venues_of(asker: Asker, *, limit: int | None = None, after: int | None = None) -> Sequence[Venue]:
    """The asker's venues, by name; of a page, at most `limit` of those behind the venue `after`."""
    with autocommitted() as connection:
        rows = connection.execute(
            text("""
                SELECT id, name, timezone
                FROM venues
                WHERE owner_id = :asker_id
                  AND (CAST(:after AS bigint) IS NULL
                       OR (name, id) > (SELECT last.name, last.id
                                        FROM venues AS last
                                        WHERE last.id = :after AND last.owner_id = :asker_id))
                ORDER BY name, id
                LIMIT CAST(:limit AS bigint)
            """),
            {"asker_id": asker.id, "after": after, "limit": limit},
        )
        return [Venue(*row) for row in rows]


def venue(asker: Asker, venue_id: int) -> Venue:
    """The venue, for those who keep it. Raises `NotFound`."""
    with autocommitted() as connection:
        row = connection.execute(
            text(f"SELECT id, name, timezone FROM venues WHERE id = :venue_id AND {KEEPS}"),  # noqa: S608
            {"venue_id": venue_id, "asker_id": asker.id},
        ).one_or_none()
    if row is None:
        raise no_such_venue()
    return Venue(*row)


def plans_of(asker: Asker) -> Sequence[KeptPlan]:
    """The plans of the asker's venues, by venue and name."""
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"{SELECT_PLANS} WHERE venues.owner_id = :asker_id ORDER BY venues.name, plans.name, plans.id"),
            {"asker_id": asker.id},
        )
        return [KeptPlan(*row) for row in rows]


def plans_at(asker: Asker, venue_id: int, *, limit: int | None = None, after: int | None = None) -> Sequence[KeptPlan]:
    """The plans of a venue, by name, for those who keep it; of a page, at most `limit` behind the plan `after`.

    Raises `NotFound`.
    """
    venue(asker, venue_id)
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"""
                {SELECT_PLANS}
                WHERE venues.id = :venue_id
                  AND (CAST(:after AS bigint) IS NULL
                       OR (plans.name, plans.id) > (SELECT last.name, last.id
                                                    FROM plans AS last
                                                    WHERE last.id = :after AND last.venue_id = :venue_id))
                ORDER BY plans.name, plans.id
                LIMIT CAST(:limit AS bigint)
            """),  # noqa: S608 -- made of constants
            {"venue_id": venue_id, "after": after, "limit": limit},
        )
        return [KeptPlan(*row) for row in rows]


def plan(asker: Asker, plan_id: int) -> KeptPlan:
    """The plan, for those who keep its venue. Raises `NotFound`."""
    with autocommitted() as connection:
        row = connection.execute(
            text(f"{SELECT_PLANS} WHERE plans.id = :plan_id AND {KEEPS}"),
            {"plan_id": plan_id, "asker_id": asker.id},
        ).one_or_none()
    if row is None:
        raise no_such_plan()
    return KeptPlan(*row)


def versions_of(
    asker: Asker, plan_id: int, *, limit: int | None = None, before: int | None = None
) -> Sequence[KeptVersion]:
    """The versions of a plan, the latest first, for those who keep its venue; of a page, at most `limit` of those with
    a number below `before`. Raises `NotFound`.
    """
    if before is not None:
        plan(asker, plan_id)
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"""
                SELECT versions.id, versions.plan_id, versions.number, versions.seats, versions.source_name,
                       versions.sketch IS NOT NULL, users.name, versions.created_at,
                       (SELECT count(*) FROM shows WHERE shows.plan_version_id = versions.id)
                FROM plan_versions AS versions
                JOIN plans ON plans.id = versions.plan_id
                JOIN venues ON venues.id = plans.venue_id
                JOIN users ON users.id = versions.created_by
                WHERE versions.plan_id = :plan_id
                  AND {KEEPS}
                  AND (CAST(:before AS bigint) IS NULL OR versions.number < :before)
                ORDER BY versions.number DESC
                LIMIT CAST(:limit AS bigint)
            """),  # noqa: S608 -- made of constants
            {"plan_id": plan_id, "asker_id": asker.id, "before": before, "limit": limit},
        ).all()
    if not rows and before is None:
        raise no_such_plan()
    return [KeptVersion(*row) for row in rows]
