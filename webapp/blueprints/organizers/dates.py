"""A show is copied to more dates: asked for, looked at, made."""

from datetime import time
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, request, url_for

from webapp.blueprints.organizers.desk import bp
from webapp.forms.show_details import DatesForm
from webapp.identity import signed_in
from webapp.questions import read
from webapp.refusals import told_in
from webapp.replies import Notice, View, go_to, page
from webapp.schemas.dates import DatesInForm
from webapp.schemas.show_details import MOST_STARTS, NewDates, PlannedInForm
from webapp.services import shows
from webapp.services.refusals import Invalid
from webapp.services.shows import Show


def _dates_page(show_id: int) -> View:
    return View("organizers/dates/form.html", partial(_dates_context, show_id))


def _dates_context(show_id: int) -> dict[str, Any]:
    show = shows.organized(signed_in(), show_id)
    return {"show": show, "usual_time": _usual_time(show), "most": MOST_STARTS, "form": DatesForm()}


@bp.get("/shows/<id:show_id>/dates")
def dates(show_id: int) -> Response:
    """The form for more dates of a show."""
    return page(_dates_page(show_id))


@bp.post("/shows/<id:show_id>/dates")
@told_in(page=_dates_page)
def preview_dates(show_id: int) -> Response:
    """What the dates would be, and what there is at them already."""
    organizer = signed_in(back_to=url_for(".dates", show_id=show_id))
    show = shows.organized(organizer, show_id)
    zone, usual = show.timezone, _usual_time(show)
    asked = read(DatesInForm, timezone=zone, usual_time=usual)
    planned = shows.plan_dates(organizer, show_id, asked.starts(timezone=zone, usual_time=usual))
    return page(View("organizers/dates/preview.html", lambda: {"show": show, "dates": planned, "marked": None}))


def _preview_again(show_id: int) -> View:
    """The preview with what was marked in it; the form for dates, where it was not sent from a preview."""
    if not request.form.getlist("planned"):
        return _dates_page(show_id)
    organizer, asked = signed_in(), read(PlannedInForm)
    show = shows.organized(organizer, show_id)
    planned = shows.plan_dates(organizer, show_id, asked.planned)
    return View("organizers/dates/preview.html", lambda: {"show": show, "dates": planned, "marked": asked.starts})


@bp.post("/shows/<id:show_id>/dates/confirm")
@told_in(page=_preview_again)
def copy_to_dates(show_id: int) -> Response:
    """Copy the show to the dates that are marked."""
    organizer = signed_in(back_to=url_for(".dates", show_id=show_id))
    if not request.form.getlist("starts"):
        raise Invalid("Mark at least one date.")
    made = len(shows.duplicate(organizer, show_id, read(NewDates, beside={"planned"}).starts).made)
    words = (
        f"{made} {'copy is a draft' if made == 1 else 'copies are drafts'} now." if made else "All of these were there."
    )
    return go_to(url_for(".index"), Notice("success", f"{words} Publish them together when they are as you want them."))


def _usual_time(show: Show) -> time:
    """When the show begins, on the clocks of its venue."""
    return show.starts_at.astimezone(ZoneInfo(show.timezone)).time().replace(second=0, microsecond=0)
