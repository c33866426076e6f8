"""What is done to a draft: each act is a new state, undo goes back to the one before, and redo forward again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from json import dumps
from typing import Any

from sqlalchemy import Connection, Row, text

from webapp.services.aside import aside
from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted, transaction
from webapp.services.plan_drafts import deeds
from webapp.services.plan_drafts.deeds import Deed, Done, Kind, Step
from webapp.services.plan_drafts.draft import SketchDraft, lock_draft, no_such_draft, read_draft
from webapp.services.plans.building import Sketch, built, from_json, to_json

# How many states of a draft are kept to go back to.
MOST_STATES = 100
# Seconds in which what is typed on in the same field is one act.
ONE_ACT = 20

Act = Callable[[Sketch, Sketch], Done]


@dataclass(frozen=True)
class Changed:
    """The draft after an act, and the part to go on with."""

    draft: SketchDraft
    part_id: int | None


def change_part(
    asker: Asker,
    draft_id: int,
    part_id: int,
    *,
    typed: Mapping[str, Any],
    deed: Deed | None = None,
    step: Step = "medium",
    seen: int | None = None,
) -> Changed:
    """Take over what was typed about a part, and then do the deed to it, if there is one.

    `seen` is the state that the form showed. Raises `NotFound`, and `Invalid` naming block and field where no plan can
    be made of it; then nothing is changed.
    """

    def act(sketch: Sketch, shown: Sketch) -> Done:
        described = deeds.describe(sketch, shown, part_id, typed)
        if deed is None:
            return described
        done = deeds.do(described.sketch, part_id, deed, step)
        return Done(done.sketch, done.did, done.part_id)

    return _act(asker, draft_id, act, seen=seen, goes_on=deed is None)


def add_part(asker: Asker, draft_id: int, kind: Kind) -> Changed:
    """Add a block, an area, or the stage. Raises `NotFound` and `Invalid`."""
    return _act(asker, draft_id, lambda sketch, _: deeds.add(sketch, kind))


def undo(asker: Asker, draft_id: int) -> SketchDraft:
    """Go back to the state before, where there is one. Raises `NotFound`."""
    return _go(asker, draft_id, -1)


def redo(asker: Asker, draft_id: int) -> SketchDraft:
    """Go forward to the state that was undone last, where there is one. Raises `NotFound`."""
    return _go(asker, draft_id, 1)


def _act(asker: Asker, draft_id: int, act: Act, *, seen: int | None = None, goes_on: bool = False) -> Changed:
    with transaction() as connection:
        lock_draft(connection, asker, draft_id)
        now = _states(connection, draft_id, seen)
        sketch = from_json(now.sketch)
        done = act(sketch, from_json(now.seen) if now.seen else sketch)
        made = aside(lambda: built(done.sketch))
        if done.sketch != sketch:
            is_one = goes_on and now.is_newest and now.is_recent and now.did == done.did
            (_replace if is_one else _append)(connection, draft_id, now.number, done)
        draft = read_draft(connection, asker, draft_id, made)
        connection.commit()
    return Changed(draft, done.part_id)


def _states(connection: Connection, draft_id: int, seen: int | None) -> Row[Any]:
    row = connection.execute(
        text("""
            SELECT now.number, now.did, now.sketch, seen.sketch AS seen,
                   drafts.updated_at > clock_timestamp() - make_interval(secs => :one_act) AS is_recent,
                   NOT EXISTS (SELECT FROM plan_draft_states AS after
                               WHERE after.draft_id = drafts.id AND after.number > now.number) AS is_newest
            FROM plan_drafts AS drafts
            JOIN plan_draft_states AS now ON now.draft_id = drafts.id AND now.number = drafts.state
            LEFT JOIN plan_draft_states AS seen ON seen.draft_id = drafts.id AND seen.number = CAST(:seen AS integer)
            WHERE drafts.id = :draft_id AND now.sketch IS NOT NULL
        """),
        {"draft_id": draft_id, "seen": seen, "one_act": ONE_ACT},
    ).one_or_none()
    if row is None:
        raise no_such_draft()
    return row


def _replace(connection: Connection, draft_id: int, number: int, done: Done) -> None:
    connection.execute(
        text("""
            WITH kept AS (
                UPDATE plan_draft_states
                SET sketch = CAST(:sketch AS jsonb)
                WHERE draft_id = :draft_id AND number = :number
            )
            UPDATE plan_drafts SET name = :name, updated_at = clock_timestamp() WHERE id = :draft_id
        """),
        {"draft_id": draft_id, "number": number, **_kept(done)},
    )


def _append(connection: Connection, draft_id: int, number: int, done: Done) -> None:
    """Keep the state after this number; what was undone is gone then, and so is what is too long ago."""
    connection.execute(
        text("DELETE FROM plan_draft_states WHERE draft_id = :draft_id AND (number > :number OR number <= :oldest)"),
        {"draft_id": draft_id, "number": number, "oldest": number + 1 - MOST_STATES},
    )
    connection.execute(
        text("""
            WITH kept AS (
                INSERT INTO plan_draft_states (draft_id, number, did, sketch)
                VALUES (:draft_id, :next, :did, CAST(:sketch AS jsonb))
            )
            UPDATE plan_drafts SET state = :next, name = :name, updated_at = clock_timestamp() WHERE id = :draft_id
        """),
        {"draft_id": draft_id, "next": number + 1, "did": done.did, **_kept(done)},
    )


def _kept(done: Done) -> Mapping[str, str]:
    return {"sketch": dumps(to_json(done.sketch)), "name": done.sketch.name}


def _go(asker: Asker, draft_id: int, by: int) -> SketchDraft:
    with autocommitted() as connection:
        found = connection.execute(
            text("""
                UPDATE plan_drafts AS drafts
                SET state = drafts.state + (SELECT count(*)
                                            FROM plan_draft_states AS states
                                            WHERE states.draft_id = drafts.id
                                              AND states.number = drafts.state + CAST(:by AS integer)) * :by,
                    updated_at = clock_timestamp()
                WHERE drafts.id = :draft_id AND drafts.owner_id = :asker_id
                RETURNING drafts.id
            """),
            {"draft_id": draft_id, "asker_id": asker.id, "by": by},
        ).one_or_none()
        if found is None:
            raise no_such_draft()
        return read_draft(connection, asker, draft_id)
