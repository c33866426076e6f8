"""The basket of a show's page: everything held in it, confirmed together."""

from flask import Blueprint, Response, request, url_for

from webapp.blueprints.seat_changes import seat_changes
from webapp.identity import signed_in
from webapp.questions import read
from webapp.refusals import told_in
from webapp.replies import View, next_path, reply
from webapp.schemas.reservations import BasketConfirmation, Reservation
from webapp.services import reservations

bp = Blueprint("baskets", __name__)


def _changes_asked_for(show_id: int) -> View:
    buyer = signed_in()
    asked = request.form.getlist("reservation_ids", type=int)
    own = [one for one in reservations.of_buyer(buyer, show_id=show_id) if one.id in asked]
    return seat_changes(show_id, [one.seat_id for one in own])


@bp.post("/shows/<id:show_id>/basket/confirm")
@told_in(fragment=_changes_asked_for)
def confirm(show_id: int) -> Response:
    """Buy all the seats one holds, or none of them."""
    buyer = signed_in(back_to=url_for("shows.show", show_id=show_id))
    confirmed = reservations.confirm_basket(buyer, show_id, read(BasketConfirmation).reservation_ids)
    numbers = ", ".join(one.seat_number for one in confirmed)
    return reply(
        [Reservation.model_validate(one) for one in confirmed],
        fragment=seat_changes(show_id, [one.seat_id for one in confirmed]),
        goes_to=next_path(url_for("shows.show", show_id=show_id)),
        notice=f"{'Seat' if len(confirmed) == 1 else 'Seats'} {numbers}: yours. Enjoy the show.",
    )
