"""A plan in the making begins, drawn or brought in: what it is meant for, its first state, how many one may have."""

from dataclasses import asdict, dataclass

from sqlalchemy import text

from webapp.services import shows, venues
from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted
from webapp.services.plans import LARGEST_FILE
from webapp.services.refusals import Invalid

# Of one person, so that nobody fills the database with halls and files that are never saved.
MOST_DRAFTS = 100
MOST_BYTES = 5 * LARGEST_FILE


@dataclass(frozen=True)
class Meant:
    """What a draft is meant for, as far as it is said: a venue, the next version of a plan, a show."""

    venue_id: int | None = None
    plan_id: int | None = None
    show_id: int | None = None


@dataclass(frozen=True)
class FirstState:
    """How a draft began (`did`): from a sketch (JSON), a file that is to be read, or a plan that was read (JSON)."""

    did: str
    sketch: str | None = None
    source: bytes | None = None
    source_name: str | None = None
    document: str | None = None


def make(asker: Asker, name: str, meant: Meant, first: FirstState) -> int:
    """Begin a draft of this name; its id.

    Raises `Invalid` where the asker has too many already, `NotFound` for a venue or plan that is not theirs, and as
    `shows.refuse_strangers` does for a show.
    """
    if meant.show_id is not None:
        shows.refuse_strangers(asker, meant.show_id)
    venue_id = _venue_of(asker, meant)
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
                INSERT INTO plan_draft_states (draft_id, number, did, sketch, source, source_name, document)
                SELECT begun.id, 1, :did, CAST(:sketch AS jsonb), CAST(:source AS bytea), CAST(:source_name AS text),
                       CAST(:document AS text)
                FROM begun
                RETURNING draft_id
            """),
            {
                **asdict(first),
                "asker_id": asker.id,
                "venue_id": venue_id,
                "plan_id": meant.plan_id,
                "show_id": meant.show_id,
                "name": name,
                "most": MOST_DRAFTS,
                "room": MOST_BYTES,
            },
        ).scalar_one_or_none()
    if draft_id is None:
        raise Invalid("You have many plans that are not saved. Save or discard some of them first.")
    return draft_id


def _venue_of(asker: Asker, meant: Meant) -> int | None:
    """The venue that it is for, which is one that the asker keeps."""
    if meant.plan_id is not None:
        return venues.plan(asker, meant.plan_id).venue_id
    return None if meant.venue_id is None else venues.venue(asker, meant.venue_id).id
