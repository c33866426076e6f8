"""A drawn plan is saved: the draft becomes a version of a venue's plan."""

from dataclasses import replace

from sqlalchemy import text

from webapp.services import venues
from webapp.services.asker import Asker
from webapp.services.database.statements import transaction
from webapp.services.plan_drafts.draft import lock_draft, read_draft
from webapp.services.plans.building import to_json
from webapp.services.plans.building.area_acts import rename
from webapp.services.refusals import Invalid


def save(
    asker: Asker, draft_id: int, *, venue: str, timezone: str, name: str, as_next_version: bool = False
) -> venues.SavedVersion:
    """Save what is drawn as a plan of the asker's venue of this name, a new venue where there is none; the draft ends.

    Where the venue has a plan of this name, it is saved as that one's next version, if that is said; else `Invalid` is
    raised. So it is for a plan without seats. Raises `NotFound`.
    """
    with transaction() as connection:
        lock_draft(connection, asker, draft_id)
        draft = read_draft(connection, asker, draft_id)
        if not draft.built.plan.seats:
            raise Invalid("There is no seat in this plan yet. Add a block of rows first.")
        venue_id = venues.venue_named(connection, asker, venue, timezone)
        plan_id, is_new = venues.plan_named(connection, venue_id, name)
        if not is_new and not as_next_version:
            raise _is_there_already(venue, name)
        sketch = to_json(rename(draft.sketch, name))
        saved = venues.save_version(connection, asker, plan_id, replace(draft.built.plan, name=name), sketch=sketch)
        connection.execute(text("DELETE FROM plan_drafts WHERE id = :draft_id"), {"draft_id": draft_id})
        connection.commit()
    return saved


def _is_there_already(venue: str, name: str) -> Invalid:
    sentence = (
        f"{venue} has a plan of this name. Choose another name, or say below that this is to be its next version."
    )
    return Invalid(sentence, errors=[{"pointer": "#/name", "detail": sentence}])
