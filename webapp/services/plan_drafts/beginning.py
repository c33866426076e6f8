"""Plans begin to be drawn, from a ready-made hall or from what was drawn before, and are given up."""

from json import dumps

from sqlalchemy import text

from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted
from webapp.services.plan_drafts.draft import no_such_draft
from webapp.services.plan_drafts.making import FirstState, Meant, make
from webapp.services.plans.building import STARTS, Sketch, from_json, to_json
from webapp.services.refusals import Invalid, NotFound


def begin(asker: Asker, *, name: str, start: str, show_id: int | None = None) -> int:
    """Begin to draw a plan with one of the ready-made halls, for a show or for none; the id of the draft.

    Raises `Invalid`, and as `shows.refuse_strangers` does.
    """
    began = f"began with {STARTS[start].title.lower()}"
    return _begin(asker, STARTS[start].sketch(name), Meant(show_id=show_id), did=began)


def begin_from_version(asker: Asker, version_id: int, *, show_id: int | None = None) -> int:
    """Begin to change a plan that was drawn, as it was in this version, for a show or for none; the id of the draft.

    Raises `NotFound` for a version that is not of the asker's venues, `Invalid` for one that was not drawn here, and as
    `shows.refuse_strangers` does.
    """
    with autocommitted() as connection:
        row = connection.execute(
            text("""
                SELECT plans.id, versions.sketch
                FROM plan_versions AS versions
                JOIN plans ON plans.id = versions.plan_id
                JOIN venues ON venues.id = plans.venue_id
                WHERE versions.id = :version_id AND venues.owner_id = :asker_id
            """),
            {"version_id": version_id, "asker_id": asker.id},
        ).one_or_none()
    if row is None:
        raise NotFound("There is no such version of a plan.")
    if row.sketch is None:
        raise Invalid(
            "This plan was brought in from a file, so there are no blocks to be changed. Bring in a new file."
        )
    return _begin(asker, from_json(row.sketch), Meant(plan_id=row.id, show_id=show_id), did="began")


def _begin(asker: Asker, sketch: Sketch, meant: Meant, *, did: str) -> int:
    return make(asker, sketch.name, meant, FirstState(did, sketch=dumps(to_json(sketch))))


def discard(asker: Asker, draft_id: int) -> None:
    """Give the plan up, with all its former states. Raises `NotFound`."""
    with autocommitted() as connection:
        gone = connection.execute(
            text("DELETE FROM plan_drafts WHERE id = :draft_id AND owner_id = :asker_id RETURNING id"),
            {"draft_id": draft_id, "asker_id": asker.id},
        ).one_or_none()
    if gone is None:
        raise no_such_draft()
