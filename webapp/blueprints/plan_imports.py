"""Plans are brought in: a file is read, looked at as a drawn hall with all that was odd in it, and kept or not."""

from functools import partial
from typing import Any

from flask import Blueprint, Response, request, url_for
from werkzeug.datastructures import FileStorage

from webapp.blueprints.clients import people_only
from webapp.blueprints.plans_for_shows import go_on_with, show_named
from webapp.csv_replies import csv_response
from webapp.forms.venues import ImportForm, KeepForm
from webapp.identity import signed_in
from webapp.plan_halls import PATIENCE, drawn, plan_view, within
from webapp.questions import read, read_query
from webapp.refusals import told_in
from webapp.replies import Notice, View, go_to, next_path, page
from webapp.schemas.venues import ForShow, Looked, Meant, NewImport, SavedImport
from webapp.services import kept_plans, plan_drafts, plan_imports, under_way, venues
from webapp.services.asker import Asker
from webapp.services.plan_imports import ImportDraft
from webapp.services.plans import PlanUnusable
from webapp.services.refusals import Invalid

bp = Blueprint("plan_imports", __name__, url_prefix="/organizer/drafts")
bp.before_request(people_only)


def _index_page() -> View:
    return View("plan_imports/index.html", _index_context)


def _index_context() -> dict[str, Any]:
    organizer = signed_in()
    meant = read_query(Meant)
    plan_id = request.form.get("plan_id", type=int) or meant.plan
    venue_id = request.form.get("venue", type=int) or meant.venue
    plan = venues.plan(organizer, plan_id) if plan_id else None
    return {
        "show": show_named(),
        "plan": plan,
        "venue": venues.venue(organizer, venue_id) if venue_id and not plan else None,
        "drafts": plan_imports.drafts_of(organizer),
        "form": ImportForm()
        if request.method == "POST"
        else ImportForm(formdata=None, venue=venue_id, plan_id=plan_id),
    }


@bp.get("/")
def index() -> Response:
    """The form to bring in a plan, and those brought in that are not kept yet."""
    signed_in()
    return page(_index_page())


@bp.post("/")
@told_in(page=_index_page)
def begin() -> Response:
    """Take a file in, or ranges that were typed, and go on to what was read."""
    organizer = signed_in(back_to=url_for(".index"))
    asked = read(NewImport)
    file = request.files.get("plan") or FileStorage()
    data, filename = file.read(), file.filename or ""
    meant = plan_imports.Meant(asked.venue, asked.plan_id, read_query(ForShow).show)
    if bool(data) == bool(asked.ranges.strip()):
        raise Invalid("Choose a file, or type the seats: one of the two." if data else "Choose a file, or type seats.")
    if data:
        name = _name_of(filename)
        draft_id = plan_imports.begin(organizer, name=name, filename=filename, data=data, meant=meant)
    else:
        draft_id = plan_imports.begin_typed(organizer, name="Seats", ranges=asked.ranges, meant=meant)
    _read(organizer, draft_id)
    if refusal := plan_imports.draft(organizer, draft_id).refusal:
        plan_drafts.discard(organizer, draft_id)
        raise PlanUnusable(refusal)
    return go_to(url_for(".show", draft_id=draft_id))


def _name_of(filename: str) -> str:
    """What a plan may be called that came in a file of this name."""
    name = "".join(letter for letter in filename.rpartition(".")[0] or filename if letter.isprintable())
    return name.replace("_", " ").strip()[:100] or "Plan"


def _read(organizer: Asker, draft_id: int) -> int | None:
    """Have the file read; None once it is, else how many steps are done."""
    work = partial(plan_imports.read, organizer, draft_id)
    return under_way.do(("read", draft_id), work, within=within(), patience=PATIENCE)


def _draft_page(draft_id: int) -> View:
    organizer = signed_in()
    draft = plan_imports.draft(organizer, draft_id)
    if not draft.is_read and draft.refusal is None:
        steps_done = _read(organizer, draft_id)
        draft = plan_imports.draft(organizer, draft_id)
        if not draft.is_read and draft.refusal is None:
            told = {"draft": draft, "steps": plan_imports.STEPS, "steps_done": steps_done or 0}
            return View("plan_imports/reading.html", lambda: told)
    if draft.refusal is not None:
        return View("plan_imports/refused.html", lambda: {"draft": draft})
    return View("plan_imports/page.html", partial(_draft_context, organizer, draft))


def _draft_context(organizer: Asker, draft: ImportDraft) -> dict[str, Any]:
    plan = plan_imports.plan_read(organizer, draft.id)
    chart = drawn(draft.kept, plan)
    return {
        "draft": draft,
        "plan": plan,
        "counts": kept_plans.counts_of(plan),
        "view": plan_view(chart, read_query(Looked).part) if chart else None,
        "form": _keep_form(organizer, draft),
    }


def _keep_form(organizer: Asker, draft: ImportDraft) -> KeepForm:
    plans = list(venues.plans_of(organizer))
    if draft.plan_id and draft.plan_id not in {plan.id for plan in plans}:
        plans.append(venues.plan(organizer, draft.plan_id))
    known = venues.venues_of(organizer)
    venue = venues.venue(organizer, draft.venue_id) if draft.venue_id else known[0] if known else None
    if request.method == "POST":
        return KeepForm.with_plans(plans)
    if draft.show and not draft.venue_id:
        where = {"venue": draft.show.venue, "timezone": draft.show.timezone}
    else:
        where = {"venue": venue.name if venue else "", "timezone": venue.timezone if venue else "UTC"}
    shown = {"keep_as": str(draft.plan_id or "new"), "name": draft.name, **where}
    return KeepForm.with_plans(plans, formdata=None, data=shown)


@bp.get("/<id:draft_id>")
def show(draft_id: int) -> Response:
    """What was read: the drawn hall, the counts, and all that was changed; or how far the reading is."""
    signed_in()
    return page(_draft_page(draft_id))


@bp.post("/<id:draft_id>/keep")
@told_in(page=_draft_page)
def keep(draft_id: int) -> Response:
    """Keep the plan as a version of a venue's."""
    organizer = signed_in(back_to=url_for(".show", draft_id=draft_id))
    asked, show = read(SavedImport), plan_drafts.show_of(organizer, draft_id)
    if asked.keep_as == "new":
        if not asked.venue or not asked.name:
            missing = [field for field in ("venue", "name") if not getattr(asked, field)]
            errors = [{"pointer": f"#/{field}", "detail": "A new plan needs this."} for field in missing]
            raise Invalid("A new plan needs a venue and a name.", errors=errors)
        saved = plan_imports.save(organizer, draft_id, venue=asked.venue, timezone=asked.timezone, name=asked.name)
    else:
        saved = plan_imports.save(organizer, draft_id, plan_id=asked.keep_as)
    told = f"“{saved.plan_name}” is kept at {saved.venue_name}, as version {saved.number}."
    return go_on_with(saved, show, told)


@bp.post("/<id:draft_id>/discard")
def discard(draft_id: int) -> Response:
    """Keep nothing of it."""
    plan_drafts.discard(signed_in(back_to=url_for(".show", draft_id=draft_id)), draft_id)
    told = Notice("success", "The plan is discarded. Nothing was kept of it.")
    return go_to(next_path(url_for("venues.index")), told)


@bp.get("/<id:draft_id>/changed.csv")
def changed(draft_id: int) -> Response:
    """Everything that was changed, left out or looks wrong, as a file."""
    plan = plan_imports.plan_read(signed_in(), draft_id)
    odd = [("", "", sentence) for sentence in plan.oddities]
    renumbered = [(one.instead_of, one.seat_number, one.because) for one in plan.renumbered]
    return csv_response("changed in the plan", ["Would be", "Is now", "Why"], [*odd, *renumbered])
