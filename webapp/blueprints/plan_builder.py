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
from webapp.services.plan_drafts.deeds import Part, Step
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
    asked = read_query(Chosen)
    return _builder(plan_drafts.sketched(organizer, draft_id), asked.part, step=asked.step)


def _builder(draft: SketchDraft, chosen: int | None, *, shown: int | None = None, step: Step = "medium") -> Response:
    """The builder with a part chosen; htmx gets what has changed of it, where it has the form of the part `shown`."""
    context = _context(draft, chosen, step)
    template = "page"
    if current_tongue() is Tongue.FRAGMENT:
        template = "_same_part" if shown and context["part"] and context["part"].id == shown else "_other_part"
    return page(View(f"plan_builder/{template}.html", lambda: context))


def _after(draft: SketchDraft, chosen: int | None, *, shown: int | None = None, step: Step = "medium") -> Response:
    """Where one goes on after something was done."""
    if current_tongue() is Tongue.FRAGMENT:
        return _builder(draft, chosen, shown=shown)
    return go_to(url_for(".edit", draft_id=draft.id, part=chosen, step=None if step == "medium" else step))


def _context(draft: SketchDraft, chosen: int | None, step: Step = "medium", form: Form | None = None) -> dict[str, Any]:
    parts = plan_drafts.parts_of(draft.sketch)
    part = next((part for part in parts if part.id == chosen), parts[0] if parts else None)
    if part and form is None:
        form = _form_of(part)(formdata=None, data=as_typed(part))

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
        "step": step,
    }


def _form_of(part: Part) -> type[Form]:
    return BlockForm if isinstance(part, RowBlock) else AreaForm


def _refused(draft_id: int, part_id: int) -> View:
    """What is wrong in the fields of a part: all that is typed stays, and so does the last hall that could be drawn."""
    draft = plan_drafts.sketched(signed_in(), draft_id)
    form = _form_of(plan_drafts.part_of(draft.sketch, part_id))()
    if current_tongue() is Tongue.FRAGMENT:
        return View("plan_builder/_refused.html", lambda: {"form": form})
    return View("plan_builder/page.html", partial(_context, draft, part_id, form=form))


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
    if asked.deed is None and current_tongue() is Tongue.FRAGMENT:
        return page(View("plan_builder/_typed.html", partial(_context, changed.draft, part_id)))
    return _after(changed.draft, changed.part_id, shown=part_id, step=asked.step)


@bp.post("/<id:draft_id>/parts")
def add(draft_id: int) -> Response:
    """Add a block, an area or the stage."""
    organizer = signed_in(back_to=url_for(".edit", draft_id=draft_id))
    added = plan_drafts.add_part(organizer, draft_id, read(NewPart).kind)
    return _after(added.draft, added.part_id)


@bp.post("/<id:draft_id>/undo")
def undo(draft_id: int) -> Response:
    """Go back to how it was before."""
    organizer = signed_in(back_to=url_for(".edit", draft_id=draft_id))
    part = read(Chosen).part
    return _after(plan_drafts.undo(organizer, draft_id), part, shown=part)


@bp.post("/<id:draft_id>/redo")
def redo(draft_id: int) -> Response:
    """Go forward to what was undone."""
    organizer = signed_in(back_to=url_for(".edit", draft_id=draft_id))
    part = read(Chosen).part
    return _after(plan_drafts.redo(organizer, draft_id), part, shown=part)
