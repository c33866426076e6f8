"""A file that was brought in, before anybody has said that it is to be kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text

from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted
from webapp.services.kept_plans import Kept, plan_of
from webapp.services.plan_drafts.draft import MOST_LISTED, no_such_draft
from webapp.services.plan_drafts.show_meant import COLUMNS, JOIN, ShowMeant, show_in
from webapp.services.plans.plan import Plan


@dataclass(frozen=True)
class ImportDraft:
    """A draft from a file, or from ranges that were typed (`source_name` None).

    It is read once it has been, unless `refusal` says why it cannot be. It may be meant for a venue, or to be the next
    version of a plan there, and for a show.
    """

    id: int
    name: str
    venue_id: int | None
    plan_id: int | None
    source_name: str | None
    bytes: int
    is_read: bool
    refusal: str | None
    updated_at: datetime
    show: ShowMeant | None

    @property
    def kept(self) -> Kept:
        """Where its plan is at hand."""
        return Kept("draft", self.id)


SELECT = f"""
    SELECT drafts.id, drafts.name, drafts.venue_id, drafts.plan_id, states.source_name,
           coalesce(octet_length(states.source), 0), states.document IS NOT NULL, states.refusal, drafts.updated_at,
           {COLUMNS}
    FROM plan_drafts AS drafts
    JOIN plan_draft_states AS states ON states.draft_id = drafts.id AND states.number = drafts.state
    {JOIN}
    WHERE drafts.owner_id = :asker_id
      AND states.sketch IS NULL
"""  # noqa: S608 -- made of constants


def _in(row: Sequence[Any]) -> ImportDraft:
    """The draft that a row of `SELECT` tells of."""
    id, name, venue_id, plan_id, source_name, size, is_read, refusal, at, *show = row
    return ImportDraft(id, name, venue_id, plan_id, source_name, size, is_read, refusal, at, show_in(show))


def draft(asker: Asker, draft_id: int) -> ImportDraft:
    """The draft, for its owner. Raises `NotFound`."""
    with autocommitted() as connection:
        row = connection.execute(
            text(f"{SELECT} AND drafts.id = :draft_id"), {"draft_id": draft_id, "asker_id": asker.id}
        ).one_or_none()
    if row is None:
        raise no_such_draft()
    return _in(row)


def drafts_of(asker: Asker) -> Sequence[ImportDraft]:
    """The asker's drafts from files, the latest first."""
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"{SELECT} ORDER BY drafts.updated_at DESC, drafts.id DESC LIMIT :most"),
            {"asker_id": asker.id, "most": MOST_LISTED},
        )
        return [_in(row) for row in rows]


def plan_read(asker: Asker, draft_id: int) -> Plan:
    """What was read from the file. Raises `NotFound`, also for a draft that is not read, or cannot be."""

    def document() -> str:
        with autocommitted() as connection:
            written: str | None = connection.execute(
                text("SELECT document FROM plan_draft_states WHERE draft_id = :draft_id AND number = 1"),
                {"draft_id": draft_id},
            ).scalar_one_or_none()
        if written is None:
            raise no_such_draft()
        return written

    return plan_of(draft(asker, draft_id).kept, document)
