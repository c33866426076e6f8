"""Reservations: one's own, and how each goes on."""

from flask import Blueprint, Response, url_for

from webapp import paging
from webapp.blueprints.clients import clients_only
from webapp.blueprints.seat_changes import seat_changes
from webapp.contract import Call
from webapp.identity import account_or_guest, acting, signed_in
from webapp.questions import read, read_query
from webapp.refusals import told_in
from webapp.replies import View, json_response, next_path, reply
from webapp.schemas import reservations as schemas
from webapp.schemas.box_office import HistoryLine
from webapp.services import offers, reservations
from webapp.services.database import clock
from webapp.services.refusals import Forbidden
from webapp.services.reservations import SeatChoice
from webapp.services.seat_labels import normalize_label
from webapp.services.seat_words import beginning, named

bp = Blueprint("reservations", __name__)


@bp.get("/reservations/")
@Call("list_my_reservations", who="a user", asks=schemas.ReservationPage, gives={200: list[schemas.Reservation]})
def index() -> Response:
    """One's own reservations, newest first."""
    buyer = account_or_guest()
    asked = read_query(schemas.ReservationPage)
    wanted = reservations.Wanted(**asked.model_dump(exclude={"limit", "cursor"}))
    found = reservations.of_buyer(buyer, wanted, limit=asked.limit, before=asked.cursor)
    return reply(
        [schemas.Reservation.model_validate(one) for one in found],
        page=View("reservations/index.html", lambda: {"reservations": found, "now": clock.now()}),
        headers=paging.next_link(found, asked, lambda one: str(one.id)),
    )


@bp.get("/reservations/<id:reservation_id>")
@Call("get_my_reservation", who="its user", gives={200: schemas.Reservation})
def show(reservation_id: int) -> Response:
    """One of one's own reservations."""
    buyer = account_or_guest()
    found = reservations.one(buyer, reservation_id)
    return reply(
        schemas.Reservation.model_validate(found),
        page=View(
            "reservations/page.html",
            lambda: {
                "reservation": found,
                "history": reservations.history(buyer, reservation_id),
                "now": clock.now(),
            },
        ),
    )


@bp.get("/reservations/<id:reservation_id>/history")
@Call("get_my_reservation_history", who="its user", gives={200: list[HistoryLine]})
@clients_only
def history(reservation_id: int) -> Response:
    """How one's own reservation came to be what it is."""
    lines = reservations.history(signed_in(), reservation_id)
    return json_response([HistoryLine.model_validate(line) for line in lines])


@bp.post("/reservations/<id:user_id>/hold")
@Call(
    "hold_seat",
    who="that user",
    takes=schemas.NewHold,
    gives={201: schemas.Reservation, 200: schemas.Reservation},
    refuses=("seat-taken", "lonely-seat", "others-first", "seat-limit-reached", "not-on-sale", "seat-number-unusable"),
    located=True,
)
@clients_only
def hold(user_id: int) -> Response:
    """Hold one seat for oneself."""
    buyer = acting()
    if buyer.id != user_id:
        raise Forbidden("You can hold seats for yourself only: the id in the path must be your own.")
    asked = read(schemas.NewHold)
    choice = SeatChoice(
        show_id=asked.show_id,
        seat_ids=(asked.seat_id,) if asked.seat_id else (),
        seat_numbers=(normalize_label(asked.seat_number),) if asked.seat_number else (),
    )
    holding = offers.chosen.hold(buyer, choice, minutes=asked.hold_minutes)
    held = holding.reservations[0]
    location = url_for(".show", reservation_id=held.id)
    return json_response(
        schemas.Reservation.model_validate(held), 201 if holding.created else 200, {"Location": location}
    )


def _changes_of(reservation_id: int) -> View:
    """What of its show's page changes with a reservation."""
    changed = reservations.one(account_or_guest(), reservation_id)
    return seat_changes(changed.show_id, [changed.seat_id])


@bp.post("/reservations/<id:reservation_id>/confirm")
@Call(
    "confirm_reservation", who="its user", gives={200: schemas.Reservation}, refuses=("hold-expired", "hold-released")
)
@told_in(fragment=_changes_of)
def confirm(reservation_id: int) -> Response:
    """Buy the seat one holds."""
    confirmed = reservations.confirm(acting(back_to=url_for(".index")), reservation_id)
    return reply(
        schemas.Reservation.model_validate(confirmed),
        fragment=seat_changes(confirmed.show_id, [confirmed.seat_id]),
        goes_to=next_path(url_for(".show", reservation_id=reservation_id)),
        notice=f"{beginning(named([confirmed]))} is yours.",
    )


@bp.post("/reservations/<id:reservation_id>/release")
@Call(
    "release_reservation",
    who="its user",
    gives={200: schemas.Reservation},
    refuses=("hold-expired", "hold-released", "already-confirmed"),
)
@told_in(fragment=_changes_of)
def release(reservation_id: int) -> Response:
    """Give back the seat one holds."""
    released = reservations.release(account_or_guest(back_to=url_for(".index")), reservation_id)
    return reply(
        schemas.Reservation.model_validate(released),
        fragment=seat_changes(released.show_id, [released.seat_id]),
        goes_to=next_path(url_for(".show", reservation_id=reservation_id)),
        notice=f"{beginning(named([released]))} was released.",
    )
