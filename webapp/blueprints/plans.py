"""Venues, plans and what they change of a show, over v1."""

import json
from functools import partial
from typing import Any

from flask import Blueprint, Response, url_for

from webapp import paging
from webapp.blueprints.clients import clients_only
from webapp.contract import Call
from webapp.identity import signed_in
from webapp.questions import read, read_query
from webapp.replies import json_response
from webapp.schemas import plan_changes as change_schemas
from webapp.schemas import plans as schemas
from webapp.schemas.venues import PlanName, VenueFields
from webapp.services import kept_plans, plan_changes, shows, venues
from webapp.services.aside import aside
from webapp.services.plans import Plan, read_plan
from webapp.services.plans.typed import read_typed
from webapp.services.plans.writing import write_editor_plan
from webapp.services.refusals import Invalid
from webapp.services.venues import SavedVersion

bp = Blueprint("plans", __name__)


@bp.get("/venues/")
@Call("list_venues", who="a user", asks=schemas.ListPage, gives={200: list[schemas.Venue]})
@clients_only
def venues_index() -> Response:
    """One's own venues."""
    asker, asked = signed_in(), read_query(schemas.ListPage)
    found = venues.venues_of(asker, limit=asked.limit, after=asked.cursor)
    return json_response(
        [schemas.Venue.model_validate(one) for one in found],
        headers=paging.next_link(found, asked, lambda one: str(one.id)),
    )


@bp.post("/venues/")
@Call("create_venue", who="a user", takes=VenueFields, gives={201: schemas.Venue})
@clients_only
def create_venue() -> Response:
    """Add a venue."""
    keeper = signed_in()
    venue_id = venues.create_venue(keeper, **read(VenueFields).model_dump())
    return json_response(schemas.Venue.model_validate(venues.venue(keeper, venue_id)), 201)


@bp.patch("/venues/<id:venue_id>")
@Call("change_venue", who="its owner", takes=schemas.VenueChange, gives={200: schemas.Venue})
@clients_only
def change_venue(venue_id: int) -> Response:
    """Give a venue another name or time zone; shows that were made keep theirs."""
    keeper = signed_in()
    before, asked = venues.venue(keeper, venue_id), read(schemas.VenueChange)
    name, timezone = asked.name or before.name, asked.timezone or before.timezone
    venues.change_venue(keeper, venue_id, name=name, timezone=timezone)
    return json_response(schemas.Venue.model_validate(venues.venue(keeper, venue_id)))


@bp.get("/venues/<id:venue_id>/plans")
@Call("list_plans", who="its owner", asks=schemas.ListPage, gives={200: list[schemas.KeptPlan]})
@clients_only
def index(venue_id: int) -> Response:
    """The plans of a venue."""
    asker, asked = signed_in(), read_query(schemas.ListPage)
    found = venues.plans_at(asker, venue_id, limit=asked.limit, after=asked.cursor)
    return json_response(
        [schemas.KeptPlan.model_validate(one) for one in found],
        headers=paging.next_link(found, asked, lambda one: str(one.id)),
    )


@bp.post("/venues/<id:venue_id>/plans")
@Call(
    "create_plan",
    who="its owner",
    takes=schemas.NewPlan,
    gives={201: schemas.PlanRead, 200: schemas.PlanRead},
    refuses=("plan-unusable", "seat-number-unusable"),
    located=True,
)
@clients_only
def create(venue_id: int) -> Response:
    """Save the first version of a new plan, or look at what was read."""
    keeper = signed_in()
    venues.venue(keeper, venue_id)
    asked = read(schemas.NewPlan)
    return _keep(asked, partial(venues.save_first, keeper, venue_id, asked.name))


@bp.patch("/plans/<id:plan_id>")
@Call("rename_plan", who="the venue's owner", takes=PlanName, gives={200: schemas.KeptPlan})
@clients_only
def rename(plan_id: int) -> Response:
    """Give a plan another name."""
    keeper = signed_in()
    venues.plan(keeper, plan_id)
    venues.rename_plan(keeper, plan_id, name=read(PlanName).name)
    return json_response(schemas.KeptPlan.model_validate(venues.plan(keeper, plan_id)))


@bp.get("/plans/<id:plan_id>/versions")
@Call("list_plan_versions", who="the venue's owner", asks=schemas.ListPage, gives={200: list[schemas.Version]})
@clients_only
def versions(plan_id: int) -> Response:
    """The versions of a plan."""
    asker, asked = signed_in(), read_query(schemas.ListPage)
    found = venues.versions_of(asker, plan_id, limit=asked.limit, before=asked.cursor)
    return json_response(
        [schemas.Version.model_validate(one) for one in found],
        headers=paging.next_link(found, asked, lambda one: str(one.number)),
    )


@bp.post("/plans/<id:plan_id>/versions")
@Call(
    "save_plan_version",
    who="the venue's owner",
    takes=schemas.PlanSent,
    gives={201: schemas.PlanRead, 200: schemas.PlanRead},
    refuses=("plan-unusable", "seat-number-unusable"),
    located=True,
)
@clients_only
def save_version(plan_id: int) -> Response:
    """Save the next version of a plan, or look at what was read."""
    keeper = signed_in()
    venues.plan(keeper, plan_id)
    return _keep(read(schemas.PlanSent), partial(venues.save_next, keeper, plan_id))


@bp.get("/plans/<id:plan_id>/versions/<id:number>")
@Call("get_plan_version", who="the venue's owner", gives={200: schemas.VersionRead})
@clients_only
def version(plan_id: int, number: int) -> Response:
    """A version with the plan as the editor's JSON."""
    keeper = signed_in()
    found = venues.document(keeper, plan_id, number)
    source = venues.source(keeper, plan_id, number)
    written = aside(lambda: write_editor_plan(found.plan, source[1] if source else None))
    told = _told(found.plan, {"id": found.id, "plan_id": found.plan_id, "number": found.number})
    return json_response(schemas.VersionRead(**told, plan=json.loads(written.text), left_out=written.left_out))


def _keep(asked: schemas.PlanSent, save: Any) -> Response:
    """Read what was sent, and save it, unless it is a preview."""
    file, plan = aside(lambda: _read(asked))
    if asked.preview:
        return json_response(schemas.PlanRead(**_told(plan, dict.fromkeys(("id", "plan_id", "number")))))
    saved: SavedVersion = save(plan, source=file[1] if file else None, source_name=file[0] if file else None)
    told = _told(plan, {"id": saved.id, "plan_id": saved.plan_id, "number": saved.number})
    location = url_for(".version", plan_id=saved.plan_id, number=saved.number)
    return json_response(schemas.PlanRead(**told), 201, {"Location": location})


def _read(asked: schemas.PlanSent) -> tuple[tuple[str, bytes] | None, Plan]:
    """The file that was sent, None for ranges, and the plan in it."""
    file = asked.file()
    return file, read_plan(*file) if file else read_typed(asked.ranges or "")


def _told(plan: Plan, named: dict[str, Any]) -> dict[str, Any]:
    counts = kept_plans.counts_of(plan)
    return {
        **named,
        "seats": counts.seats,
        "sections": counts.sections,
        "rows": counts.rows,
        "categories": dict(counts.by_category),
        "wheelchair": counts.wheelchair,
        "companion": counts.companion,
        "step_free": counts.step_free,
        "oddities": plan.oddities,
        "renumbered": [schemas.Renumbered.model_validate(one) for one in plan.renumbered],
    }


@bp.get("/shows/<id:show_id>/plan")
@Call("get_plan_of_show", who="those who run it", gives={200: change_schemas.ShowPlan})
@clients_only
def of_show(show_id: int) -> Response:
    """From which version a show has its seats."""
    return json_response(change_schemas.ShowPlan.model_validate(plan_changes.plan_of_show(signed_in(), show_id)))


@bp.post("/shows/<id:show_id>/plan")
@Call(
    "change_plan_of_show",
    who="those who run it",
    takes=change_schemas.PlanChange,
    gives={200: change_schemas.PlanDifference},
    refuses=("changed-meanwhile", "not-on-sale", "seats-still-taken"),
)
@clients_only
def change(show_id: int) -> Response:
    """Give a show the seats of a version, or look at what that would change."""
    organizer = signed_in()
    shows.refuse_strangers(organizer, show_id)
    asked = read(change_schemas.PlanChange)
    found = plan_changes.preview(organizer, show_id, asked.version_id)
    if not asked.preview:
        if asked.edition is None or asked.plan_version is None:
            missing = [name for name in ("edition", "plan_version") if getattr(asked, name) is None]
            errors = [{"pointer": f"#/{name}", "detail": "Take it from the preview."} for name in missing]
            raise Invalid("Look at the difference with preview first, and send what it says.", errors=errors)
        plan_changes.apply(
            organizer,
            show_id,
            asked.version_id,
            edition=asked.edition,
            plan_version=asked.plan_version,
            prices=asked.prices,
        )
    now = found.present if asked.preview else plan_changes.plan_of_show(organizer, show_id)
    return json_response(change_schemas.difference_of(found, now, applied=not asked.preview))
