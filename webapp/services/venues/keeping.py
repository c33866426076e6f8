"""Venues are added, and they and their plans get other names."""

from sqlalchemy import text

from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted, transaction
from webapp.services.refusals import NotFound
from webapp.services.venues.recording import record_for_others

# Whoever keeps a venue: its owner, and admins. Nobody else learns that it is there.
KEEPS = """(venues.owner_id = :asker_id OR EXISTS (
                       SELECT FROM users WHERE users.id = :asker_id AND users.is_admin AND users.deleted_at IS NULL))"""


def create_venue(asker: Asker, *, name: str, timezone: str) -> int:
    """Add a venue of the asker's; its id. Raises `Invalid` for a second one of a name."""
    with autocommitted() as connection:
        venue_id: int = connection.execute(
            text("INSERT INTO venues (owner_id, name, timezone) VALUES (:asker_id, :name, :timezone) RETURNING id"),
            {"asker_id": asker.id, "name": name, "timezone": timezone},
        ).scalar_one()
    return venue_id


def change_venue(asker: Asker, venue_id: int, *, name: str, timezone: str) -> None:
    """Give the venue this name and time zone; shows that were made keep theirs. Raises `NotFound` and `Invalid`."""
    with transaction() as connection:
        owner_id: int | None = connection.execute(
            text(f"""
                UPDATE venues
                SET name = :name, timezone = :timezone
                WHERE id = :venue_id AND {KEEPS}
                RETURNING owner_id
            """),  # noqa: S608 -- made of constants
            {"venue_id": venue_id, "name": name, "timezone": timezone, "asker_id": asker.id},
        ).scalar_one_or_none()
        if owner_id is None:
            raise no_such_venue()
        record_for_others(connection, asker, owner_id, "change venue", venue=name, timezone=timezone)
        connection.commit()


def rename_plan(asker: Asker, plan_id: int, *, name: str) -> None:
    """Give the plan this name. Raises `NotFound` and `Invalid`."""
    with transaction() as connection:
        renamed = connection.execute(
            text(f"""
                UPDATE plans
                SET name = :name
                FROM venues
                WHERE plans.id = :plan_id AND venues.id = plans.venue_id AND {KEEPS}
                RETURNING venues.owner_id, venues.name AS venue
            """),  # noqa: S608 -- made of constants
            {"plan_id": plan_id, "name": name, "asker_id": asker.id},
        ).one_or_none()
        if renamed is None:
            raise no_such_plan()
        record_for_others(connection, asker, renamed.owner_id, "rename plan", plan=name, venue=renamed.venue)
        connection.commit()


def no_such_venue() -> NotFound:
    """The refusal of a venue that is not there, or somebody else's."""
    return NotFound("There is no such venue of yours.")


def no_such_plan() -> NotFound:
    """The refusal of a plan that is not there, or somebody else's."""
    return NotFound("There is no such plan of yours.")
