"""Venues and the plans that are kept of them, in all their versions."""

from functools import partial
from typing import Any

from flask import Blueprint, Response, request, url_for

from webapp.blueprints.clients import people_only
from webapp.csv_replies import file_response
from webapp.forms.venues import PlanNameForm, VenueForm
from webapp.identity import signed_in
from webapp.plan_halls import drawn, plan_view
from webapp.questions import read, read_query
from webapp.refusals import told_in
from webapp.replies import Notice, View, go_to, page
from webapp.schemas.venues import Looked, PlanName, VenueFields
from webapp.services import kept_plans, plan_imports, venues
from webapp.services.aside import aside
from webapp.services.plans.writing import write_csv_ranges, write_editor_plan

bp = Blueprint("venues", __name__, url_prefix="/organizer")
bp.before_request(people_only)


def _index_page() -> View:
    return View("venues/index.html", _index_context)


def _index_context() -> dict[str, Any]:
    organizer = signed_in()
    plans: dict[int, list[venues.KeptPlan]] = {}
    for plan in venues.plans_of(organizer):
        plans.setdefault(plan.venue_id, []).append(plan)
    return {
        "venues": venues.venues_of(organizer),
        "plans": plans,
        "drafts": plan_imports.drafts_of(organizer),
        "form": VenueForm(),
    }


@bp.get("/venues/")
def index() -> Response:
    """One's own venues, and the form for another one."""
    signed_in()
    return page(_index_page())


@bp.post("/venues/")
@told_in(page=_index_page)
def create() -> Response:
    """Add a venue."""
    organizer = signed_in(back_to=url_for(".index"))
    asked = read(VenueFields)
    venue_id = venues.create_venue(organizer, **asked.model_dump())
    return go_to(url_for(".show", venue_id=venue_id), Notice("success", f"“{asked.name}” is added. Now its seats."))


def _venue_page(venue_id: int) -> View:
    return View("venues/venue.html", partial(_venue_context, venue_id))


def _venue_context(venue_id: int) -> dict[str, Any]:
    organizer = signed_in()
    venue = venues.venue(organizer, venue_id)
    shown = {"name": venue.name, "timezone": venue.timezone}
    return {
        "venue": venue,
        "plans": venues.plans_at(organizer, venue_id),
        "form": VenueForm() if request.method == "POST" else VenueForm(formdata=None, data=shown),
    }


@bp.get("/venues/<id:venue_id>")
def show(venue_id: int) -> Response:
    """A venue with its plans."""
    signed_in()
    return page(_venue_page(venue_id))


@bp.post("/venues/<id:venue_id>")
@told_in(page=_venue_page)
def change(venue_id: int) -> Response:
    """Give the venue another name or time zone."""
    organizer = signed_in(back_to=url_for(".show", venue_id=venue_id))
    venues.change_venue(organizer, venue_id, **read(VenueFields).model_dump())
    return go_to(url_for(".show", venue_id=venue_id), Notice("success", "The venue is saved."))


def _plan_page(plan_id: int) -> View:
    return View("venues/plan.html", partial(_plan_context, plan_id))


def _plan_context(plan_id: int) -> dict[str, Any]:
    organizer = signed_in()
    looked = read_query(Looked)
    plan = venues.plan(organizer, plan_id)
    found = venues.document(organizer, plan_id, looked.version)
    chart = drawn(found.kept, found.plan)
    return {
        "plan": plan,
        "version": found,
        "versions": venues.versions_of(organizer, plan_id),
        "counts": kept_plans.counts_of(found.plan),
        "view": plan_view(chart, looked.part) if chart else None,
        "form": PlanNameForm() if request.method == "POST" else PlanNameForm(formdata=None, data={"name": plan.name}),
    }


@bp.get("/plans/<id:plan_id>")
def plan(plan_id: int) -> Response:
    """A plan: one of its versions, drawn and counted, and all the others."""
    signed_in()
    return page(_plan_page(plan_id))


@bp.post("/plans/<id:plan_id>")
@told_in(page=_plan_page)
def rename_plan(plan_id: int) -> Response:
    """Give the plan another name."""
    organizer = signed_in(back_to=url_for(".plan", plan_id=plan_id))
    venues.rename_plan(organizer, plan_id, name=read(PlanName).name)
    return go_to(url_for(".plan", plan_id=plan_id), Notice("success", "The plan has its new name."))


@bp.get("/plans/<id:plan_id>/versions/<id:number>/plan.json")
def editor_file(plan_id: int, number: int) -> Response:
    """A version as a file of the seating-plan editor; the one it came from, where it came from one."""
    keeper = signed_in()
    found, source = venues.document(keeper, plan_id, number), venues.source(keeper, plan_id, number)
    written = aside(lambda: write_editor_plan(found.plan, source[1] if source else None))
    name = f"{venues.plan(keeper, plan_id).name} {number}"
    return file_response(name, "json", written.text, "application/json")


@bp.get("/plans/<id:plan_id>/versions/<id:number>/plan.csv")
def ranges_file(plan_id: int, number: int) -> Response:
    """A version as a list of ranges, where it can be said so."""
    keeper = signed_in()
    plan = venues.document(keeper, plan_id, number).plan
    written = aside(lambda: write_csv_ranges(plan))
    return file_response(f"{venues.plan(keeper, plan_id).name} {number}", "csv", written.text, "text/csv")
