"""Drafts are published, one or several, and taken back."""

from flask import Response, url_for

from webapp.blueprints.organizers.desk import bp, index_page, show_page
from webapp.identity import signed_in
from webapp.questions import read
from webapp.refusals import told_in
from webapp.replies import Notice, View, go_to, page
from webapp.schemas.show_details import ShowsChosen
from webapp.services import shows


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


@bp.post("/publish")
@told_in(page=index_page)
def preview_publishing() -> Response:
    """Which drafts were chosen, and what they lack."""
    organizer = signed_in(back_to=url_for(".index"))
    chosen = [shows.organized(organizer, show_id) for show_id in dict.fromkeys(read(ShowsChosen).show_ids)]
    return page(View("organizers/publishing.html", lambda: {"shows": chosen}))


@bp.post("/publish/confirm")
@told_in(page=index_page)
def publish_chosen() -> Response:
    """Publish the chosen drafts, all or none."""
    organizer = signed_in(back_to=url_for(".index"))
    published = shows.publish_all(organizer, read(ShowsChosen).show_ids)
    return go_to(url_for(".index"), Notice("success", f"{len(published)} shows are published."))
