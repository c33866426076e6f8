"""A plan that was read is kept: the draft becomes a version of a venue's plan."""

from sqlalchemy import Connection, text

from webapp.services import venues
from webapp.services.asker import Asker
from webapp.services.database.statements import transaction
from webapp.services.plan_drafts.draft import lock_draft
from webapp.services.plan_imports.draft import draft, plan_read
from webapp.services.refusals import Invalid


def save(
    asker: Asker, draft_id: int, *, plan_id: int | None = None, venue: str = "", timezone: str = "UTC", name: str = ""
) -> venues.SavedVersion:
    """Save what was read as the next version of a plan, or as the first of a new one; the draft ends.

    A new plan has its `name`, and is of the venue of that name, a new one (in its time zone) where there is none.
    Raises `Invalid` for a name that the venue has a plan of, and `NotFound`.
    """
    found, plan = draft(asker, draft_id), plan_read(asker, draft_id)
    # An admin's draft may be for a venue of somebody else.
    meant = venues.venue(asker, found.venue_id) if found.venue_id is not None else None
    with transaction() as connection:
        lock_draft(connection, asker, draft_id)
        source: bytes | None = connection.execute(
            text("SELECT source FROM plan_draft_states WHERE draft_id = :draft_id AND number = 1"),
            {"draft_id": draft_id},
        ).scalar_one()
        if plan_id is None:
            plan_id = _new_plan(connection, asker, meant, venue, timezone, name)
        saved = venues.save_version(connection, asker, plan_id, plan, source=source, source_name=found.source_name)
        connection.execute(text("DELETE FROM plan_drafts WHERE id = :draft_id"), {"draft_id": draft_id})
        connection.commit()
    return saved


def _new_plan(
    connection: Connection, asker: Asker, meant: venues.Venue | None, venue: str, timezone: str, name: str
) -> int:
    is_meant = meant is not None and meant.name == venue
    venue_id = meant.id if meant and is_meant else venues.venue_named(connection, asker, venue, timezone)
    plan_id, is_new = venues.plan_named(connection, venue_id, name)
    if not is_new:
        sentence = f"{venue} has a plan of this name. Choose another name, or save this as that plan's next version."
        raise Invalid(sentence, errors=[{"pointer": "#/name", "detail": sentence}])
    return plan_id
