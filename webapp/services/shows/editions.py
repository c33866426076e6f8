"""The editions of a show: what a form settles raises the number, and a form of an older one is refused."""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, text

from webapp.services import acts
from webapp.services.asker import Asker
from webapp.services.database.clock import rfc3339
from webapp.services.playbills import not_found
from webapp.services.refusals import ChangedMeanwhile
from webapp.services.shows.details import in_words

# What was there and what is there now, by the name of the field; fit for JSON.
Changed = Mapping[str, tuple[Any, Any]]

# How many changes of one act its record tells.
MOST_TOLD = 50


def refuse_outdated(connection: Connection, asker: Asker, show_id: int, edition: int) -> None:
    """Raise `ChangedMeanwhile` unless this is the show's present edition, which stays so until the transaction ends."""
    present = connection.execute(
        text("SELECT edition FROM shows WHERE id = :show_id FOR NO KEY UPDATE"), {"show_id": show_id}
    ).scalar_one_or_none()
    if present is None:
        raise not_found(show_id)
    if present != edition:
        raise changed_meanwhile(connection, asker, show_id, edition, present)


def raise_edition(connection: Connection, asker: Asker, show_id: int, act: str, changed: Changed) -> None:
    """Count the change as an edition of its own, and record who made it."""
    edition = connection.execute(
        text("UPDATE shows SET edition = edition + 1 WHERE id = :show_id RETURNING edition"), {"show_id": show_id}
    ).scalar_one()
    acts.record(connection, asker, show_id, act, edition=edition, changed=dict(islice(changed.items(), MOST_TOLD)))


def changed_meanwhile(
    connection: Connection, asker: Asker, show_id: int, edition: int, present: int
) -> ChangedMeanwhile:
    """The refusal for a form of an `edition` that is not the `present` one: what differs, and who changed it last."""
    made = connection.execute(
        text("""
            SELECT acts.user_id, users.name, acts.acted_at, acts.details -> 'changed' AS changed
            FROM acts
            JOIN users ON users.id = acts.user_id
            WHERE acts.show_id = :show_id
              AND CAST(acts.details ->> 'edition' AS integer) > :edition
            ORDER BY acts.id
        """),
        {"show_id": show_id, "edition": edition},
    ).all()
    changes = _in_all(made)
    last = made[-1] if made else None
    who = "Somebody" if last is None else "You" if last.user_id == asker.id else last.name
    what = f" ({in_words(change['field'] for change in changes)})" if changes else ""
    return ChangedMeanwhile(
        f"{who} changed this show{what} since you opened it. Nothing was saved. "
        "Look at what is different now, then save again what you still want.",
        edition=present,
        changed_by=last.name if last else None,
        changed_at=rfc3339(last.acted_at) if last else None,
        changes=changes,
    )


def _in_all(made: Sequence[Row[Any]]) -> list[dict[str, Any]]:
    """Of several changes, one after the other, what each field was at first and is at last."""
    was: dict[str, Any] = {}
    now: dict[str, Any] = {}
    for change in made:
        for field, (before, after) in (change.changed or {}).items():
            was.setdefault(field, before)
            now[field] = after
    return [{"field": field, "was": was[field], "now": now[field]} for field in was if was[field] != now[field]]
