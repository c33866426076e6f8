"""Seats to be had by one click: the best that are free, and offers beside a notice."""

from collections.abc import Callable

from flask import Blueprint, Response, request, url_for

from webapp.blueprints.seat_changes import seat_changes
from webapp.contract import Call
from webapp.identity import buyer
from webapp.questions import read
from webapp.replies import Notice, next_path, offers_told, reply
from webapp.schemas.offers import BestAvailable
from webapp.schemas.reservations import Reservation
from webapp.services import offers
from webapp.services.seat_words import named

bp = Blueprint("offers", __name__)


@bp.post("/shows/<id:show_id>/best-available")
@Call(
    "hold_best_available",
    who="a user",
    takes=BestAvailable,
    gives={201: list[Reservation]},
    refuses=("none-together", "lonely-seat", "others-first", "seat-limit-reached", "not-on-sale"),
)
def hold_best(show_id: int) -> Response:
    """Choose the best free seats and hold them."""
    this_page = url_for("shows.show", show_id=show_id)
    asked = read(BestAvailable)
    holder = buyer(back_to=this_page)
    wanted = offers.Wanted(**asked.model_dump(exclude={"hold_minutes"}))
    found = offers.best_available.hold(holder, show_id, wanted, minutes=asked.hold_minutes)
    return reply(
        [Reservation.model_validate(one) for one in found.reservations],
        fragment=seat_changes(show_id, [one.seat_id for one in found.reservations]),
        goes_to=next_path(this_page),
        notice=f"Held for you: {found.words}.",
        status=201,
    )


def advising(held: offers.Held) -> Callable[[], Notice | None]:
    """The notice for seats that are held: what their buyer may want to consider, or, of several, that they are."""

    def notice() -> Notice | None:
        if advice := held.advise():
            return Notice("success", advice.sentence, advice.offers)
        # A single seat says for itself that it is.
        return Notice("success", f"Held for you: {named(held.reservations)}.") if held.created > 1 else None

    return notice


def way_back(show_id: int) -> str:
    """Where the form of an offer goes on to without JavaScript: the page it stands on, or was asked for from."""
    page = request.full_path if request.method == "GET" else next_path(url_for("shows.show", show_id=show_id))
    return page.partition("#")[0] + "#seat-map"


bp.add_app_template_global(offers_told)
bp.add_app_template_global(way_back)
bp.add_app_template_global(offers.choices)
