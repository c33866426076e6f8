"""The organizer's desk: one's own shows, one of them with all that can be done with it, and its end."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, Response, g, url_for

from webapp.blueprints.clients import people_only
from webapp.blueprints.organizers.grouping import grouped
from webapp.forms.base import Form
from webapp.forms.show_details import PictureForm
from webapp.forms.shows import RulesForm, SeatsForm, prices_form
from webapp.identity import signed_in
from webapp.refusals import told_in
from webapp.replies import Notice, View, go_to, page
from webapp.services import box_office, plan_changes, seat_maps, seating, shows

bp = Blueprint("organizers", __name__, url_prefix="/organizer")
bp.before_request(people_only)

# How many reservations the page of a show tells of; the others are in a room of their own.
NEWEST = 6


def show_page(show_id: int, submitted: str | None = None) -> View:
    """The page of a show for those who run it; `submitted` names the form whose words it shows again."""
    return View("organizers/desk/page.html", partial(_show_context, show_id, submitted))


def _show_context(show_id: int, submitted: str | None) -> dict[str, Any]:
    organizer = signed_in()
    show = shows.organized(organizer, show_id)
    choices = plan_changes.choices(organizer, show_id)
    categories = seat_maps.categories_of(show_id)
    forms: dict[str, Callable[..., Form]] = {
        "seats_form": SeatsForm,
        "prices_form": partial(prices_form(categories, show.currency), edition=show.edition),
        "rules_form": partial(RulesForm, edition=show.edition),
        "picture_form": partial(PictureForm, edition=show.edition),
    }
    settled = {
        "lonely_seats": show.lonely_seats,
        "accessible_seats_released": show.accessible_seats_released_at is not None,
        "alt": show.picture_alt,
    }
    return {
        "show": show,
        "submitted": submitted,
        "choices": choices,
        "present": next((one for one in choices if one.version_id == show.plan_version_id), None),
        "begin_anew": url_for(".show", show_id=show_id),
        "changes": g.get("refused_facts", {}).get("changes", ()),
        "oddities": seating.oddities_of(show_id),
        "categories": categories,
        "reservations": box_office.find(organizer, show_id, limit=NEWEST),
        "accessible": seating.accessible_seats(show_id),
        **{name: form() if name == submitted else form(formdata=None, data=settled) for name, form in forms.items()},
    }


@bp.get("/")
def index() -> Response:
    """One's own shows."""
    organizer = signed_in()
    return page(View("organizers/index.html", lambda: {"groups": grouped(shows.of_organizer(organizer))}))


@bp.get("/shows/<id:show_id>")
def show(show_id: int) -> Response:
    """One's own show: how it sells, and what can be done."""
    return page(show_page(show_id))


@bp.post("/shows/<id:show_id>/cancel")
@told_in(page=show_page)
def cancel_show(show_id: int) -> Response:
    """Cancel the show."""
    show = shows.cancel(signed_in(back_to=url_for(".show", show_id=show_id)), show_id)
    return go_to(
        url_for(".show", show_id=show_id),
        Notice("success", f"“{show.title}” is cancelled: it sells no more, and all holds ended."),
    )
