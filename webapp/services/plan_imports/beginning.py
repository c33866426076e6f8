"""A file is taken in, to be read; ranges that were typed are read at once."""

from dataclasses import dataclass

from sqlalchemy import text

from webapp.services import shows, venues
from webapp.services.aside import aside
from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted
from webapp.services.plan_drafts.beginning import MOST_DRAFTS
from webapp.services.plans import LARGEST_FILE, PlanUnusable
from webapp.services.plans.documents import plan_to_json
from webapp.services.plans.typed import read_typed
from webapp.services.refusals import Invalid

# Of one person, so that nobody fills the database with files that are never saved.
MOST_BYTES = 5 * LARGEST_FILE


@dataclass(frozen=True)
class Meant:
    """What a draft is meant for, as far as it is said: a venue, the next version of a plan, a show."""

    venue_id: int | None = None
    plan_id: int | None = None
    show_id: int | None = None


def begin(asker: Asker, *, name: str, filename: str, data: bytes, meant: Meant | None = None) -> int:
    """Take the file in; the id of the draft. Nothing is read as yet.

    Raises `PlanUnusable` for one that is empty or too large, `Invalid` where the asker has too many drafts already, and
    `NotFound` for a venue or plan that is not theirs, and as `shows.refuse_strangers` does for a show.
    """
    if len(data) > LARGEST_FILE:
        raise PlanUnusable(f"The file is larger than {LARGEST_FILE // 1_000_000} MB.")
    if not data.strip():
        raise PlanUnusable("The file is empty.")
    return _begin(asker, name, meant or Meant(), did="brought in", source=data, source_name=filename[:200] or "plan")


def begin_typed(asker: Asker, *, name: str, ranges: str, meant: Meant | None = None) -> int:
    """Read the ranges that were typed; the id of the draft. Raises as `begin` and `read_typed` do."""
    document = aside(lambda: plan_to_json(read_typed(ranges)))
    return _begin(asker, name, meant or Meant(), did="typed", document=document)


def _begin(
    asker: Asker,
    name: str,
    meant: Meant,
    *,
    did: str,
    source: bytes | None = None,
    source_name: str | None = None,
    document: str | None = None,
) -> int:
    if meant.show_id is not None:
        shows.refuse_strangers(asker, meant.show_id)
    if meant.plan_id is not None:
        venue_id: int | None = venues.plan(asker, meant.plan_id).venue_id
    elif meant.venue_id is not None:
        venue_id = venues.venue(asker, meant.venue_id).id
    else:
        venue_id = None
    with autocommitted() as connection:
        draft_id: int | None = connection.execute(
            text("""
                WITH kept AS (
                    SELECT count(*) AS drafts,
                           coalesce(sum((SELECT sum(octet_length(source))
                                         FROM plan_draft_states
                                         WHERE draft_id = plan_drafts.id)), 0) AS bytes
                    FROM plan_drafts
                    WHERE owner_id = :asker_id
                ),
                begun AS (
                    INSERT INTO plan_drafts (owner_id, venue_id, plan_id, show_id, name)
                    SELECT CAST(:asker_id AS integer), CAST(:venue_id AS integer), CAST(:plan_id AS integer),
                           CAST(:show_id AS integer), :name
                    FROM kept
                    WHERE kept.drafts < :most
                      AND kept.bytes + coalesce(octet_length(CAST(:source AS bytea)), 0) <= :room
                    RETURNING id
                )
                INSERT INTO plan_draft_states (draft_id, number, did, source, source_name, document)
                SELECT begun.id, 1, :did, CAST(:source AS bytea), CAST(:source_name AS text), CAST(:document AS text)
                FROM begun
                RETURNING draft_id
            """),
            {
                "asker_id": asker.id,
                "venue_id": venue_id,
                "plan_id": meant.plan_id,
                "show_id": meant.show_id,
                "name": name,
                "most": MOST_DRAFTS,
                "room": MOST_BYTES,
                "did": did,
                "source": source,
                "source_name": source_name,
                "document": document,
            },
        ).scalar_one_or_none()
    if draft_id is None:
        raise Invalid("You have many plans that are not saved. Save or discard some of them first.")
    return draft_id
