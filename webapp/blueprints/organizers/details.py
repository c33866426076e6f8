"""A show's details: what is asked for a new one."""

from flask import Response, url_for

from webapp.blueprints.organizers.desk import bp
from webapp.forms.shows import ShowForm
from webapp.identity import signed_in
from webapp.questions import read
from webapp.refusals import told_in
from webapp.replies import Notice, View, go_to, page
from webapp.schemas.seating import NewShowInForm
from webapp.services import shows


def _new_show_page() -> View:
    return View("organizers/new_show.html", lambda: {"form": ShowForm()})


@bp.get("/shows/new")
def new_show() -> Response:
    """The form for a new show."""
    signed_in()
    return page(_new_show_page())


@bp.post("/shows/new")
@told_in(page=_new_show_page)
def create_show() -> Response:
    """Create the show, and go on to its seats."""
    organizer = signed_in(back_to=url_for(".new_show"))
    show = shows.create(organizer, **read(NewShowInForm).model_dump())
    return go_to(url_for(".show", show_id=show.id), Notice("success", f"“{show.title}” is created. Now its seats."))
