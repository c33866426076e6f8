"""A plan that is being drawn: the sketch as it is now, what it makes, and what can be undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from webapp.services.aside import aside
from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted
from webapp.services.plan_drafts.show_meant import COLUMNS, JOIN, ShowMeant, show_in
from webapp.services.plans.building import Built, Sketch, built, from_json
from webapp.services.refusals import NotFound

MOST_LISTED = 200


@dataclass(frozen=True, kw_only=True)
class SketchDraft:
    """A draft as it is in its `state`; `undoes` and `redoes` say what would be, None where there is nothing."""

    id: int
    venue_id: int | None
    plan_id: int | None
    show: ShowMeant | None
    state: int
    undoes: str | None
    redoes: str | None
    sketch: Sketch
    built: Built

    @property
    def name(self) -> str:
        """What the plan is called."""
        return self.sketch.name


@dataclass(frozen=True)
class ListedDraft:
    """A draft in a list."""

    id: int
    name: str
    updated_at: datetime
    show: ShowMeant | None


def no_such_draft() -> NotFound:
    """The refusal of a draft that is not there, or somebody else's."""
    return NotFound("There is no such plan in the making, or it is somebody else's.")


def sketched(asker: Asker, draft_id: int) -> SketchDraft:
    """The draft, for its owner. Raises `NotFound`."""
    with autocommitted() as connection:
        return read_draft(connection, asker, draft_id)


def read_draft(connection: Connection, asker: Asker, draft_id: int, made: Built | None = None) -> SketchDraft:
    """The draft as this connection sees it, with what was `made` of it, where that is known. Raises `NotFound`."""
    row = connection.execute(
        text(f"""
            SELECT drafts.id, drafts.venue_id, drafts.plan_id, drafts.state,
                   (SELECT states.did
                    FROM plan_draft_states AS before
                    WHERE before.draft_id = drafts.id AND before.number = drafts.state - 1) AS undoes,
                   (SELECT after.did
                    FROM plan_draft_states AS after
                    WHERE after.draft_id = drafts.id AND after.number = drafts.state + 1) AS redoes,
                   states.sketch, {COLUMNS}
            FROM plan_drafts AS drafts
            JOIN plan_draft_states AS states ON states.draft_id = drafts.id AND states.number = drafts.state
            {JOIN}
            WHERE drafts.id = :draft_id AND drafts.owner_id = :asker_id AND states.sketch IS NOT NULL
        """),  # noqa: S608 -- made of constants
        {"draft_id": draft_id, "asker_id": asker.id},
    ).one_or_none()
    if row is None:
        raise no_such_draft()
    id, venue_id, plan_id, state, undoes, redoes, kept, *show = row
    sketch = from_json(kept)
    return SketchDraft(
        id=id,
        venue_id=venue_id,
        plan_id=plan_id,
        show=show_in(show),
        state=state,
        undoes=undoes,
        redoes=redoes,
        sketch=sketch,
        built=made or aside(lambda: built(sketch)),
    )


def show_of(asker: Asker, draft_id: int) -> ShowMeant | None:
    """The show that the draft is for, if it is for one that the asker runs. Raises `NotFound`."""
    with autocommitted() as connection:
        row = connection.execute(
            text(f"""
                SELECT {COLUMNS}
                FROM plan_drafts AS drafts
                {JOIN}
                WHERE drafts.id = :draft_id AND drafts.owner_id = :asker_id
            """),  # noqa: S608 -- made of constants
            {"draft_id": draft_id, "asker_id": asker.id},
        ).one_or_none()
    if row is None:
        raise no_such_draft()
    return show_in(row)


def lock_draft(connection: Connection, asker: Asker, draft_id: int) -> None:
    """Let one act at a time change the draft; what it finds then is the last one's. Raises `NotFound`."""
    found = connection.execute(
        text("SELECT id FROM plan_drafts WHERE id = :draft_id AND owner_id = :asker_id FOR NO KEY UPDATE"),
        {"draft_id": draft_id, "asker_id": asker.id},
    ).one_or_none()
    if found is None:
        raise no_such_draft()


def drafts_of(asker: Asker) -> Sequence[ListedDraft]:
    """The plans that the asker is drawing, the one touched last first."""
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"""
                SELECT drafts.id, drafts.name, drafts.updated_at, {COLUMNS}
                FROM plan_drafts AS drafts
                JOIN plan_draft_states AS states ON states.draft_id = drafts.id AND states.number = drafts.state
                {JOIN}
                WHERE drafts.owner_id = :asker_id AND states.sketch IS NOT NULL
                ORDER BY drafts.updated_at DESC, drafts.id DESC
                LIMIT :most
            """),  # noqa: S608 -- made of constants
            {"asker_id": asker.id, "most": MOST_LISTED},
        )
        return [ListedDraft(id, name, at, show_in(show)) for id, name, at, *show in rows]
