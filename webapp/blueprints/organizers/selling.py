"""The seats of a show, their prices and how they are sold."""

from functools import partial

from flask import Response, request, url_for

from webapp.blueprints.organizers.desk import bp, show_page
from webapp.identity import signed_in
from webapp.questions import read
from webapp.refusals import told_in
from webapp.replies import Notice, go_to
from webapp.schemas.seating import LabelledSeats, Prices
from webapp.schemas.show_details import EditionSeen, SeatRules
from webapp.services import seating, shows
from webapp.services.plans.plan import PlanCategory
from webapp.services.refusals import Invalid
from webapp.services.seat_labels import expand_labels


@bp.post("/shows/<id:show_id>/seats")
@told_in(page=partial(show_page, submitted="seats_form"))
def add_seats(show_id: int) -> Response:
    """Add seats by labels and ranges, to a show whose seats are from no plan."""
    organizer = signed_in(back_to=url_for(".show", show_id=show_id))
    show = shows.organized(organizer, show_id)
    if show.plan_version_id is not None:
        raise Invalid(
            "The seats of this show are from a plan. Change them in its room “Plan”, where you see what changes."
        )
    asked = read(LabelledSeats, currency=show.currency)
    name = asked.category or seating.STANDARD
    seats = [seating.labelled_seat(label, category=name) for label in expand_labels(asked.labels)]
    added = seating.add_seats(organizer, show_id, seats, [PlanCategory(name=name, price=asked.price)])
    return go_to(url_for(".show", show_id=show_id), Notice("success", f"{len(added):,} seats were added."))


@bp.post("/shows/<id:show_id>/prices")
@told_in(page=partial(show_page, submitted="prices_form"))
def set_prices(show_id: int) -> Response:
    """Set the prices of the show's categories."""
    organizer = signed_in(back_to=url_for(".show", show_id=show_id))
    show = shows.organized(organizer, show_id)
    prices = read(Prices, beside={"edition"}, currency=show.currency).by_category()
    edition = read(EditionSeen, beside=request.form.keys() - {"edition"}).edition
    seating.set_prices(organizer, show_id, edition, prices)
    return go_to(
        url_for(".show", show_id=show_id),
        Notice("success", "The prices are set. Seats held before keep the price they had."),
    )


@bp.post("/shows/<id:show_id>/rules")
@told_in(page=partial(show_page, submitted="rules_form"))
def settle(show_id: int) -> Response:
    """Settle how the seats of the show are sold."""
    organizer = signed_in(back_to=url_for(".show", show_id=show_id))
    asked = read(SeatRules)
    shows.change(organizer, show_id, asked.edition, **asked.model_dump(exclude={"edition"}))
    return go_to(url_for(".show", show_id=show_id), Notice("success", "The rules are saved. They count from now on."))
