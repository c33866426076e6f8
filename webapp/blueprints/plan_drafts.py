"""Plans in the making: begun with a ready-made hall or from one that is kept, saved for a venue, or given up."""

from functools import cache, partial
from typing import Any

from flask import Blueprint, Response, request, url_for
from markupsafe import Markup

from webapp.blueprints.clients import people_only
from webapp.blueprints.plans_for_shows import go_on_with, show_named
from webapp.forms.plan_builder import NewSketchForm, SaveForm
from webapp.identity import signed_in
from webapp.questions import read, read_query
from webapp.refusals import told_in
from webapp.replies import Notice, View, go_to, next_path, page
from webapp.schemas.plan_builder import NewSketch, SavedSketch
from webapp.schemas.venues import ForShow
from webapp.services import plan_drafts, venues
from webapp.services.plans.building import STARTS, built
from webapp.sketch_drawing import counts_of, picture_of

bp = Blueprint("plan_drafts", __name__, url_prefix="/organizer/sketches")
bp.before_request(people_only)


def _index_page() -> View:
    return View("plan_drafts/index.html", _index_context)


def _index_context() -> dict[str, Any]:
    organizer = signed_in()
    return {
        "show": show_named(),
        "drafts": plan_drafts.drafts_of(organizer),
        "plans": venues.plans_of(organizer),
        "form": NewSketchForm(),
        "pictures": _pictures(),
        "starts": STARTS,
    }


@cache
def _pictures() -> dict[str, Markup]:
    """The ready-made halls, drawn once."""
    sketches = {name: start.sketch("Hall") for name, start in STARTS.items()}
    return {name: picture_of(sketch, built(sketch)) for name, sketch in sketches.items()}


@bp.get("/")
def index() -> Response:
    """The plans one is drawing, and the form for another one."""
    signed_in()
    return page(_index_page())


@bp.post("/")
@told_in(page=_index_page)
def begin() -> Response:
    """Begin to draw a plan."""
    organizer = signed_in(back_to=url_for(".index"))
    draft_id = plan_drafts.begin(organizer, **read(NewSketch).model_dump(), show_id=read_query(ForShow).show)
    return go_to(url_for("plan_builder.edit", draft_id=draft_id))


def _finish_page(draft_id: int) -> View:
    return View("plan_drafts/finish.html", partial(_finish_context, draft_id))


def _finish_context(draft_id: int) -> dict[str, Any]:
    organizer = signed_in()
    draft = plan_drafts.sketched(organizer, draft_id)
    known = venues.venues_of(organizer)
    kept = next((plan for plan in venues.plans_of(organizer) if plan.id == draft.plan_id), None)
    if kept is None and draft.show:
        where = {"venue": draft.show.venue, "timezone": draft.show.timezone}
    else:
        where = {
            "venue": kept.venue_name if kept else known[0].name if known else "",
            "timezone": kept.timezone if kept else known[0].timezone if known else "UTC",
        }
    shown = {"name": draft.name, "as_next_version": kept is not None, **where}
    return {
        "draft": draft,
        "kept": kept,
        "venues": known,
        "form": SaveForm() if request.method == "POST" else SaveForm(formdata=None, data=shown),
        "picture": picture_of(draft.sketch, draft.built, named=True),
        **counts_of(draft.built.plan),
    }


@bp.get("/<id:draft_id>/finish")
def finish(draft_id: int) -> Response:
    """The whole plan once more, with its counts and what is odd, and the form to save it."""
    signed_in()
    return page(_finish_page(draft_id))


@bp.post("/<id:draft_id>/finish")
@told_in(page=_finish_page)
def save(draft_id: int) -> Response:
    """Save the plan as a version of a venue's."""
    organizer = signed_in(back_to=url_for(".finish", draft_id=draft_id))
    show = plan_drafts.show_of(organizer, draft_id)
    saved = plan_drafts.save(organizer, draft_id, **read(SavedSketch).model_dump())
    return go_on_with(saved, show, f"“{saved.plan_name}” is saved at {saved.venue_name}, as version {saved.number}.")


@bp.post("/versions/<id:version_id>")
def draw_on(version_id: int) -> Response:
    """Draw on a plan as it was saved."""
    organizer = signed_in(back_to=url_for(".index"))
    draft_id = plan_drafts.begin_from_version(organizer, version_id, show_id=read_query(ForShow).show)
    return go_to(url_for("plan_builder.edit", draft_id=draft_id))


@bp.post("/<id:draft_id>/discard")
def discard(draft_id: int) -> Response:
    """Give the plan up."""
    plan_drafts.discard(signed_in(back_to=url_for("plan_builder.edit", draft_id=draft_id)), draft_id)
    return go_to(next_path(url_for(".index")), Notice("success", "The plan is discarded."))
