"""A show's details: asked for a new one, and changed."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from flask import Response, g, request, url_for

from webapp.blueprints.organizers.desk import bp
from webapp.forms.show_details import DetailsForm, NewShowForm, as_on_clocks
from webapp.identity import signed_in
from webapp.questions import read
from webapp.refusals import told_in
from webapp.replies import Notice, View, go_to, page
from webapp.schemas.show_forms import TIMES, ShowChangeInForm, ShowDetailsInForm
from webapp.services import shows, venues
from webapp.services.shows import Show


def _new_show_page() -> View:
    return View("organizers/details/new.html", _new_show_context)


def _new_show_context() -> dict[str, Any]:
    organizer = signed_in()
    habits = shows.habits_of(organizer)
    usual = {"timezone": habits.timezone, "currency": habits.currency} if habits else {}
    return {"form": NewShowForm(data=usual), "venues": venues.venues_of(organizer)}


@bp.get("/shows/new")
def new_show() -> Response:
    """The form for a new show."""
    signed_in()
    return page(_new_show_page())


@bp.post("/shows/new")
@told_in(page=_new_show_page)
def create_show() -> Response:
    """Create the show as a draft, and go on to its seats."""
    organizer = signed_in(back_to=url_for(".new_show"))
    show = shows.create(organizer, **read(ShowDetailsInForm).model_dump(), draft=True)
    return go_to(
        url_for(".show", show_id=show.id),
        Notice("success", f"“{show.title}” is a draft, which only you see. Now its seats."),
    )


def _details_page(show_id: int) -> View:
    return View("organizers/details/edit.html", partial(_details_context, show_id))


def _details_context(show_id: int) -> dict[str, Any]:
    organizer = signed_in()
    show = shows.organized(organizer, show_id)
    return {
        "show": show,
        "form": DetailsForm(data=as_on_clocks(show), edition=show.edition),
        "venues": venues.venues_of(organizer),
        "begin_anew": url_for(".details", show_id=show_id),
        "changes": g.get("refused_facts", {}).get("changes", ()),
    }


@bp.get("/shows/<id:show_id>/details")
def details(show_id: int) -> Response:
    """The form for the details of a show."""
    return page(_details_page(show_id))


@bp.post("/shows/<id:show_id>/details")
@told_in(page=_details_page)
def change_details(show_id: int) -> Response:
    """Change the details; where buyers go by them, only once it is confirmed by somebody who knows how many."""
    organizer = signed_in(back_to=url_for(".details", show_id=show_id))
    show = shows.organized(organizer, show_id)
    asked = read(ShowChangeInForm)
    wanted = asked.details() | {name: _to_the_minute(show, name, getattr(asked, name)) for name in TIMES}
    if not asked.confirmed:
        prospect = shows.prospect(organizer, show_id, asked.edition, **wanted)
        if prospect.matters_to_them:
            sent = [(name, value) for name, value in request.form.items() if name != "csrf_token"]
            return page(
                View("organizers/details/preview.html", lambda: {"show": show, "prospect": prospect, "sent": sent})
            )
    changed = shows.change(organizer, show_id, asked.edition, **wanted)
    return go_to(url_for(".show", show_id=show_id), Notice("success", f"“{changed.title}” is saved."))


def _to_the_minute(show: Show, name: str, typed: datetime | None) -> datetime | None:
    """What was typed, or what there is where that looks the same: a form shows and sends no seconds."""
    present: datetime | None = getattr(show, name)
    if present and typed and timedelta(0) <= present - typed < timedelta(minutes=1):
        return present
    return typed
