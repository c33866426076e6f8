"""The picture of a show: brought in, and taken away."""

from functools import partial

from flask import Response, request, url_for
from werkzeug.datastructures import FileStorage

from webapp.blueprints.organizers.desk import bp, show_page
from webapp.identity import signed_in
from webapp.questions import read
from webapp.refusals import told_in
from webapp.replies import Notice, go_to
from webapp.schemas.show_details import EditionSeen
from webapp.schemas.show_forms import PictureInForm
from webapp.services import pictures


@bp.post("/shows/<id:show_id>/picture")
@told_in(page=partial(show_page, submitted="picture_form"))
def set_picture(show_id: int) -> Response:
    """Give the show a picture."""
    organizer = signed_in(back_to=url_for(".show", show_id=show_id))
    asked = read(PictureInForm)
    file = request.files.get("picture") or FileStorage()
    pictures.describe_with(organizer, show_id, asked.edition, data=file.read(), alt=asked.alt)
    return go_to(url_for(".show", show_id=show_id), Notice("success", "The picture is saved."))


@bp.post("/shows/<id:show_id>/picture/remove")
@told_in(page=show_page)
def remove_picture(show_id: int) -> Response:
    """Take the picture from the show."""
    organizer = signed_in(back_to=url_for(".show", show_id=show_id))
    pictures.take_away(organizer, show_id, read(EditionSeen).edition)
    return go_to(url_for(".show", show_id=show_id), Notice("success", "The show has no picture now."))
