"""The organizer's desk: set up a show, see how it sells, cancel it."""

from functools import partial
from typing import Any

from flask import Blueprint, Response, request, url_for
from werkzeug.datastructures import FileStorage

from webapp.blueprints.clients import people_only
from webapp.forms.base import Form
from webapp.forms.shows import PlanForm, RulesForm, SeatsForm, ShowForm, prices_form
from webapp.identity import signed_in
from webapp.questions import read, read_query
from webapp.refusals import told_in
from webapp.replies import Notice, View, go_to, page
from webapp.schemas.reservations import OlderReservations
from webapp.schemas.seating import LabelledSeats, NewShowInForm, PlanDefaults, Prices
from webapp.schemas.shows import SeatRules
from webapp.services import reservations, seat_maps, seating, shows
from webapp.services.plans.plan import PlanCategory
from webapp.services.seat_labels import expand_labels

bp = Blueprint("organizers", __name__, url_prefix="/organizer")
bp.before_request(people_only)

# How many reservations the page of a show lists; a link leads on to the older ones.
RESERVATIONS_LISTED = 200


def _new_show_page() -> View:
    return View("organizers/new_show.html", lambda: {"form": ShowForm()})


def _show_page(show_id: int, submitted: str | None = None) -> View:
    return View("organizers/show.html", partial(_show_context, show_id, submitted))


def _show_context(show_id: int, submitted: str | None) -> dict[str, Any]:
    show = shows.organized(signed_in(), show_id)
    categories = seat_maps.categories_of(show_id)
    listed = reservations.of_show(show_id, limit=RESERVATIONS_LISTED, before=read_query(OlderReservations).before)
    forms: dict[str, type[Form]] = {
        "seats_form": SeatsForm,
        "plan_form": PlanForm,
        "prices_form": prices_form(categories, show.currency),
        "rules_form": RulesForm,
    }
    settled = {
        "lonely_seats": show.lonely_seats,
        "accessible_seats_released": show.accessible_seats_released_at is not None,
    }
    return {
        "show": show,
        "oddities": seating.oddities_of(show_id),
        "categories": categories,
        "reservations": listed,
        "older_than": listed[-1].id if len(listed) == RESERVATIONS_LISTED else None,
        "accessible": seating.accessible_seats(show_id),
        **{name: form() if name == submitted else form(formdata=None, data=settled) for name, form in forms.items()},
    }


@bp.get("/")
def index() -> Response:
    """One's own shows."""
    organizer = signed_in()
    return page(View("organizers/index.html", lambda: {"shows": shows.of_organizer(organizer)}))


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


@bp.get("/shows/<id:show_id>")
def show(show_id: int) -> Response:
    """One's own show: how it sells, and what can be done."""
    return page(_show_page(show_id))


@bp.post("/shows/<id:show_id>/seats")
@told_in(page=partial(_show_page, submitted="seats_form"))
def add_seats(show_id: int) -> Response:
    """Add seats by labels and ranges."""
    organizer = signed_in(back_to=url_for(".show", show_id=show_id))
    show = shows.organized(organizer, show_id)
    asked = read(LabelledSeats, currency=show.currency)
    name = asked.category or seating.STANDARD
    seats = [seating.labelled_seat(label, category=name) for label in expand_labels(asked.labels)]
    added = seating.add_seats(organizer, show_id, seats, [PlanCategory(name=name, price=asked.price)])
    return go_to(url_for(".show", show_id=show_id), Notice("success", f"{len(added):,} seats were added."))


@bp.post("/shows/<id:show_id>/plan")
@told_in(page=partial(_show_page, submitted="plan_form"))
def import_plan(show_id: int) -> Response:
    """Add all seats of a plan file."""
    organizer = signed_in(back_to=url_for(".show", show_id=show_id))
    show = shows.organized(organizer, show_id)
    asked = read(PlanDefaults, currency=show.currency)
    file = request.files.get("plan") or FileStorage()
    added = seating.import_plan(organizer, show_id, filename=file.filename or "", data=file.read(), price=asked.price)
    return go_to(
        url_for(".show", show_id=show_id), Notice("success", f"{len(added):,} seats were added from the plan.")
    )


@bp.post("/shows/<id:show_id>/prices")
@told_in(page=partial(_show_page, submitted="prices_form"))
def set_prices(show_id: int) -> Response:
    """Set the prices of the show's categories."""
    organizer = signed_in(back_to=url_for(".show", show_id=show_id))
    show = shows.organized(organizer, show_id)
    seating.set_prices(organizer, show_id, read(Prices, currency=show.currency).by_category())
    return go_to(
        url_for(".show", show_id=show_id),
        Notice("success", "The prices are set. Seats held before keep the price they had."),
    )


@bp.post("/shows/<id:show_id>/rules")
@told_in(page=partial(_show_page, submitted="rules_form"))
def settle(show_id: int) -> Response:
    """Settle how the seats of the show are sold."""
    organizer = signed_in(back_to=url_for(".show", show_id=show_id))
    shows.settle(organizer, show_id, **read(SeatRules).model_dump())
    return go_to(url_for(".show", show_id=show_id), Notice("success", "The rules are saved. They count from now on."))


@bp.post("/shows/<id:show_id>/cancel")
@told_in(page=_show_page)
def cancel_show(show_id: int) -> Response:
    """Cancel the show."""
    show = shows.cancel(signed_in(back_to=url_for(".show", show_id=show_id)), show_id)
    return go_to(
        url_for(".show", show_id=show_id),
        Notice("success", f"“{show.title}” is cancelled: it sells no more, and all holds ended."),
    )
