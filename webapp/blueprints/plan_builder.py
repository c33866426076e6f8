"""The plan builder: a hall is drawn beside the fields that describe it, act by act, until it is saved."""

from functools import partial
from typing import Any

from flask import Blueprint, Response, request, url_for

from webapp.blueprints.clients import people_only
from webapp.forms.base import Form
from webapp.forms.plan_builder import AreaForm, BlockForm, as_typed
from webapp.identity import signed_in
from webapp.questions import read, read_query
from webapp.refusals import told_in
from webapp.replies import View, go_to, page
from webapp.schemas.plan_builder import AreaFields, BlockFields, Chosen, NewPart, PartDeed
from webapp.services import plan_drafts
from webapp.services.plan_drafts import SketchDraft
from webapp.services.plans.building import RowBlock
from webapp.sketch_drawing import counts_of, drawing_of
from webapp.tongues import Tongue, current_tongue

bp = Blueprint("plan_builder", __name__, url_prefix="/organizer/sketches")
bp.before_request(people_only)

DEED_FIELDS = frozenset(PartDeed.model_fields)


@bp.get("/<id:draft_id>")
def edit(draft_id: int) -> Response:
    """The drawn hall beside the fields of one of its parts."""
    organizer = signed_in()
    chosen = read_query(Chosen).part
    return page(_editor(plan_drafts.sketched(organizer, draft_id), chosen))


def _editor(draft: SketchDraft, chosen: int | None, form: Form | None = None) -> View:
    """The whole builder, as a page or, for htmx, as what is in one."""
    template = "_done.html" if current_tongue() is Tongue.FRAGMENT else "page.html"
    return View(f"plan_builder/{template}", partial(_context, draft, chosen, form))


def _context(draft: SketchDraft, chosen: int | None, form: Form | None) -> dict[str, Any]:
    parts = plan_drafts.parts_of(draft.sketch)
    part = next((part for part in parts if part.id == chosen), parts[0] if parts else None)
    if part and form is None:
        kind = BlockForm if isinstance(part, RowBlock) else AreaForm
        form = kind(formdata=None, data=as_typed(part))

    def address(part_id: int) -> str:
        return url_for(".edit", draft_id=draft.id, part=part_id)

    return {
        "draft": draft,
        "parts": parts,
        "part": part,
        "is_block": isinstance(part, RowBlock),
        "title_of": partial(plan_drafts.title_of, draft.sketch),
        "form": form,
        "address": address,
        "drawing": drawing_of(draft.sketch, draft.built, part.id if part else None, address),
        **counts_of(draft.built.plan),
        "step": request.form.get("step", "medium"),
    }


def _refused(draft_id: int, part_id: int) -> View:
    """What is wrong in the fields of a part: all that is typed stays, and so does the last hall that could be drawn."""
    draft = plan_drafts.sketched(signed_in(), draft_id)
    part = plan_drafts.part_of(draft.sketch, part_id)
    form = BlockForm() if isinstance(part, RowBlock) else AreaForm()
    if current_tongue() is Tongue.FRAGMENT:
        return View("plan_builder/_refused.html", lambda: {"form": form})
    return _editor(draft, part_id, form)


@bp.post("/<id:draft_id>/parts/<id:part_id>")
@told_in(form=_refused)
def change(draft_id: int, part_id: int) -> Response:
    """Take over what is typed about a part, and do to it what the pressed button says."""
    organizer = signed_in(back_to=url_for(".edit", draft_id=draft_id))
    asked = read(PartDeed, beside=set(request.form) - DEED_FIELDS)
    typed: dict[str, Any] = {}
    if asked.deed != "remove":
        fields = BlockFields if "rows" in request.form else AreaFields
        typed = read(fields, beside=DEED_FIELDS).model_dump()
    changed = plan_drafts.change_part(
        organizer, draft_id, part_id, typed=typed, deed=asked.act(), step=asked.step, seen=asked.seen
    )
    if current_tongue() is Tongue.FRAGMENT:
        if asked.deed is None:
            return page(View("plan_builder/_typed.html", partial(_context, changed.draft, part_id, None)))
        return page(_editor(changed.draft, changed.part_id))
    return go_to(url_for(".edit", draft_id=draft_id, part=changed.part_id))


@bp.post("/<id:draft_id>/parts")
def add(draft_id: int) -> Response:
    """Add a block, an area or the stage."""
    organizer = signed_in(back_to=url_for(".edit", draft_id=draft_id))
    added = plan_drafts.add_part(organizer, draft_id, read(NewPart, beside={"part"}).kind)
    if current_tongue() is Tongue.FRAGMENT:
        return page(_editor(added.draft, added.part_id))
    return go_to(url_for(".edit", draft_id=draft_id, part=added.part_id))


@bp.post("/<id:draft_id>/undo")
def undo(draft_id: int) -> Response:
    """Go back to how it was before."""
    organizer = signed_in(back_to=url_for(".edit", draft_id=draft_id))
    plan_drafts.undo(organizer, draft_id)
    return _where_one_was(draft_id)


@bp.post("/<id:draft_id>/redo")
def redo(draft_id: int) -> Response:
    """Go forward to what was undone."""
    organizer = signed_in(back_to=url_for(".edit", draft_id=draft_id))
    plan_drafts.redo(organizer, draft_id)
    return _where_one_was(draft_id)


def _where_one_was(draft_id: int) -> Response:
    chosen = read(Chosen).part
    if current_tongue() is Tongue.FRAGMENT:
        return page(_editor(plan_drafts.sketched(signed_in(), draft_id), chosen))
    return go_to(url_for(".edit", draft_id=draft_id, part=chosen))
