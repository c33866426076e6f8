"""What the pages about plans in the making share: which show one is for, and where one goes on once it is saved."""

from flask import Response, url_for

from webapp.identity import signed_in
from webapp.questions import read_query
from webapp.replies import Notice, go_to
from webapp.schemas.venues import ForShow
from webapp.services import shows
from webapp.services.plan_drafts import ShowMeant
from webapp.services.shows import Show
from webapp.services.venues import SavedVersion


def show_named() -> Show | None:
    """The show that the address names, for those who run it; None where it names none.

    Raises as `shows.refuse_strangers` does.
    """
    show_id = read_query(ForShow).show
    return shows.organized(signed_in(), show_id) if show_id else None


def go_on_with(saved: SavedVersion, show: ShowMeant | None, told: str) -> Response:
    """Where one goes on with a plan that was saved: to what it is for the show, or to its page."""
    if show is None:
        return go_to(url_for("venues.plan", plan_id=saved.plan_id), Notice("success", told))
    return go_to(
        url_for("plan_changes.show", show_id=show.id, version=saved.id),
        Notice("success", f"{told} One more look, and “{show.title}” has it."),
    )
