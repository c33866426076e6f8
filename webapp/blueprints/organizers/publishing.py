"""Drafts are published, one or several, and taken back."""

from typing import Any

from flask import Response, request, url_for

from webapp.blueprints.organizers.desk import bp, show_page
from webapp.identity import signed_in
from webapp.questions import read
from webapp.refusals import told_in
from webapp.replies import Notice, View, go_to, page
from webapp.schemas.show_details import ShowsChosen
from webapp.services import shows
from webapp.services.refusals import Invalid


@bp.post("/shows/<id:show_id>/publish")
@told_in(page=show_page)
def publish(show_id: int) -> Response:
    """Publish the draft."""
    show = shows.publish(signed_in(back_to=url_for(".show", show_id=show_id)), show_id)
    when = "its seats are on sale" if show.sells else "everybody can see it"
    return go_to(url_for(".show", show_id=show_id), Notice("success", f"“{show.title}” is published: {when}."))


@bp.post("/shows/<id:show_id>/unpublish")
@told_in(page=show_page)
def unpublish(show_id: int) -> Response:
    """Make a draft of the show again."""
    show = shows.unpublish(signed_in(back_to=url_for(".show", show_id=show_id)), show_id)
    return go_to(
        url_for(".show", show_id=show_id), Notice("success", f"“{show.title}” is a draft again, which only you see.")
    )


def _drafts_page() -> View:
    return View("organizers/drafts.html", _drafts)


def _drafts() -> dict[str, Any]:
    found = [show for show in shows.of_organizer(signed_in()) if not show.published_at and not show.cancelled_at]
    marked = request.form.getlist("show_ids", type=int) if request.method == "POST" else None
    return {"shows": sorted(found, key=lambda show: (show.starts_at, show.id)), "marked": marked}


@bp.get("/drafts")
def drafts() -> Response:
    """One's drafts, to publish several together, with what each lacks."""
    signed_in()
    return page(_drafts_page())


@bp.post("/drafts/publish")
@told_in(page=_drafts_page)
def publish_drafts() -> Response:
    """Publish the drafts that are marked, all or none."""
    organizer = signed_in(back_to=url_for(".drafts"))
    if not request.form.getlist("show_ids"):
        raise Invalid("Mark at least one show to be published.")
    count = len(shows.publish_all(organizer, read(ShowsChosen).show_ids))
    words = "1 show is published." if count == 1 else f"{count} shows are published."
    return go_to(url_for(".index"), Notice("success", words))
