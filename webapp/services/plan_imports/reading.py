"""A file that was taken in is read, and its hall drawn, beside the requests."""

from sqlalchemy import text

from webapp.services import kept_plans
from webapp.services.aside import aside
from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted
from webapp.services.kept_plans import Kept
from webapp.services.plan_drafts.draft import no_such_draft
from webapp.services.plan_imports.draft import draft, plan_read
from webapp.services.plans import PlanUnusable, read_plan
from webapp.services.plans.documents import plan_to_json
from webapp.services.seat_labels import LabelUnusable
from webapp.services.under_way import Say

# What is done with a file, in the order in which it is.
STEPS = ("read", "checked and kept", "drawn")


def read(asker: Asker, draft_id: int, say: Say) -> None:
    """Read the file unless it has been, and draw the hall, telling how many of `STEPS` are done.

    What cannot be read says why in its `refusal` from then on. Raises `NotFound`.
    """
    found = draft(asker, draft_id)
    if not found.is_read and not found.refusal and not _read_file(draft_id, say):
        return
    if found.refusal is None:
        say(2)
        plan = plan_read(asker, draft_id)
        kept_plans.chart_of(Kept("draft", draft_id), plan)


def _read_file(draft_id: int, say: Say) -> bool:
    """Read the file, and keep what came of it; whether it can be used."""
    with autocommitted() as connection:
        row = connection.execute(
            text("SELECT source, source_name FROM plan_draft_states WHERE draft_id = :draft_id AND number = 1"),
            {"draft_id": draft_id},
        ).one_or_none()
    if row is None:
        raise no_such_draft()
    data, filename = bytes(row.source), row.source_name
    document, refusal = None, None
    try:
        plan = aside(lambda: read_plan(filename, data))
        say(1)
        document = aside(lambda: plan_to_json(plan))
    except (PlanUnusable, LabelUnusable) as unusable:
        refusal = unusable.sentence
    with autocommitted() as connection:
        connection.execute(
            text("""
                UPDATE plan_draft_states
                SET document = CAST(:document AS text), refusal = CAST(:refusal AS text)
                WHERE draft_id = :draft_id AND number = 1 AND document IS NULL AND refusal IS NULL
            """),
            {"draft_id": draft_id, "document": document, "refusal": refusal},
        )
    return refusal is None
