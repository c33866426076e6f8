"""Venues keep their seating plans in versions: each is saved once, and never changes."""

from dataclasses import dataclass
from json import dumps
from typing import Any

from sqlalchemy import Connection, text

from webapp.services.asker import Asker
from webapp.services.plans.documents import plan_to_json
from webapp.services.plans.plan import Plan
from webapp.services.venues.keeping import KEEPS, no_such_plan
from webapp.services.venues.recording import record_for_others


@dataclass(frozen=True)
class SavedVersion:
    """A version of a plan, by its number among those of the plan."""

    id: int
    number: int
    plan_id: int
    plan_name: str
    venue_id: int
    venue_name: str


def venue_named(connection: Connection, asker: Asker, name: str, timezone: str) -> int:
    """The id of the asker's venue of this name, a new one (in this time zone) where there is none."""
    connection.execute(
        text("""
            INSERT INTO venues (owner_id, name, timezone)
            VALUES (:asker_id, :name, :timezone)
            ON CONFLICT DO NOTHING
        """),
        {"asker_id": asker.id, "name": name, "timezone": timezone},
    )
    venue_id: int = connection.execute(
        text("SELECT id FROM venues WHERE owner_id = :asker_id AND name = :name"), {"asker_id": asker.id, "name": name}
    ).scalar_one()
    return venue_id


def plan_named(connection: Connection, venue_id: int, name: str) -> tuple[int, bool]:
    """The id of the venue's plan of this name, and whether it is a new one."""
    made = connection.execute(
        text("INSERT INTO plans (venue_id, name) VALUES (:venue_id, :name) ON CONFLICT DO NOTHING RETURNING id"),
        {"venue_id": venue_id, "name": name},
    ).scalar_one_or_none()
    if made is not None:
        return made, True
    found: int = connection.execute(
        text("SELECT id FROM plans WHERE venue_id = :venue_id AND name = :name"), {"venue_id": venue_id, "name": name}
    ).scalar_one()
    return found, False


def save_version(
    connection: Connection,
    asker: Asker,
    plan_id: int,
    plan: Plan,
    *,
    sketch: dict[str, Any] | None = None,
    source: bytes | None = None,
    source_name: str | None = None,
) -> SavedVersion:
    """Save the next version of a plan, for those who keep its venue, in the caller's transaction.

    `sketch` is what it was drawn from, `source` the file it was read from. Raises `NotFound`.
    """
    found = connection.execute(
        text(f"""
            SELECT plans.name AS plan_name, venues.id AS venue_id, venues.name AS venue_name, venues.owner_id
            FROM plans
            JOIN venues ON venues.id = plans.venue_id
            WHERE plans.id = :plan_id AND {KEEPS}
            FOR NO KEY UPDATE OF plans
        """),  # noqa: S608 -- made of constants
        {"plan_id": plan_id, "asker_id": asker.id},
    ).one_or_none()
    if found is None:
        raise no_such_plan()
    # A statement of its own: a version that was saved while the lock was waited for counts, too.
    version = connection.execute(
        text("""
            INSERT INTO plan_versions (plan_id, number, seats, document, source, source_name, sketch, created_by)
            SELECT :plan_id, coalesce(max(number), 0) + 1, :seats, :document, CAST(:source AS bytea), :source_name,
                   CAST(:sketch AS jsonb), :asker_id
            FROM plan_versions
            WHERE plan_id = :plan_id
            RETURNING id, number
        """),
        {
            "plan_id": plan_id,
            "seats": len(plan.seats),
            "document": plan_to_json(plan),
            "source": source,
            "source_name": source_name,
            "sketch": None if sketch is None else dumps(sketch),
            "asker_id": asker.id,
        },
    ).one()
    record_for_others(
        connection,
        asker,
        found.owner_id,
        "save plan version",
        plan=found.plan_name,
        venue=found.venue_name,
        version=version.number,
    )
    return SavedVersion(version.id, version.number, plan_id, found.plan_name, found.venue_id, found.venue_name)
