"""A show's reservations, for programs of those who run it: listed, read with their history, moved and cancelled."""

from flask import Blueprint, Response

from webapp import paging
from webapp.blueprints.clients import clients_only
from webapp.contract import Call
from webapp.identity import signed_in
from webapp.questions import read, read_query
from webapp.replies import json_response
from webapp.schemas import box_office as schemas
from webapp.services import box_office
from webapp.services.reservations import SeatChoice
from webapp.services.seat_labels import normalize_label

bp = Blueprint("box_office_calls", __name__)


@bp.get("/shows/<id:show_id>/reservations")
@Call(
    "list_reservations", who="those who run it", asks=schemas.WantedPage, gives={200: list[schemas.BuyersReservation]}
)
@clients_only
def index(show_id: int) -> Response:
    """The reservations of the show that are wanted, newest first."""
    asker, asked = signed_in(), read_query(schemas.WantedPage)
    found = box_office.find(asker, show_id, wanted(asked), limit=asked.limit, before=asked.cursor)
    return json_response(
        [schemas.BuyersReservation.model_validate(one) for one in found],
        headers=paging.next_link(found, asked, lambda one: str(one.id)),
    )


@bp.get("/shows/<id:show_id>/reservations/counts")
@Call("count_reservations", who="those who run it", asks=schemas.Wanted, gives={200: schemas.Counts})
@clients_only
def counts(show_id: int) -> Response:
    """How many there are of each status."""
    asker = signed_in()
    return json_response(schemas.Counts(**box_office.counts(asker, show_id, wanted(read_query(schemas.Wanted)))))


@bp.post("/shows/<id:show_id>/reservations/cancel")
@Call(
    "cancel_reservations",
    who="those who run it",
    takes=schemas.Cancellations,
    gives={200: list[schemas.BuyersReservation]},
    refuses=("not-sold",),
)
@clients_only
def cancel_several(show_id: int) -> Response:
    """Cancel several sales, all or none."""
    asker, asked = signed_in(), read(schemas.Cancellations)
    cancelled = box_office.cancel_several(asker, show_id, asked.reservation_ids, reason=asked.reason)
    return json_response([schemas.BuyersReservation.model_validate(one) for one in cancelled])


@bp.get("/shows/<id:show_id>/reservations/<id:reservation_id>")
@Call("get_reservation", who="those who run it", gives={200: schemas.BuyersReservation})
@clients_only
def show(show_id: int, reservation_id: int) -> Response:
    """One reservation of the show."""
    return _answer(box_office.one(signed_in(), show_id, reservation_id))


@bp.get("/shows/<id:show_id>/reservations/<id:reservation_id>/history")
@Call("get_reservation_history", who="those who run it", gives={200: list[schemas.HistoryLine]})
@clients_only
def history(show_id: int, reservation_id: int) -> Response:
    """How it came to be what it is."""
    lines = box_office.history(signed_in(), show_id, reservation_id)
    return json_response([schemas.HistoryLine.model_validate(line) for line in lines])


@bp.post("/shows/<id:show_id>/reservations/<id:reservation_id>/move")
@Call(
    "move_buyer",
    who="those who run it",
    takes=schemas.NewSeat,
    gives={200: schemas.BuyersReservation},
    refuses=("seat-taken", "not-sold", "buyer-gone", "not-on-sale", "seat-number-unusable"),
)
@clients_only
def move(show_id: int, reservation_id: int) -> Response:
    """Move its buyer to another seat."""
    asker, asked = signed_in(), read(schemas.NewSeat)
    return _answer(box_office.move(asker, show_id, reservation_id, seat_of(asked, show_id), reason=asked.reason))


@bp.post("/shows/<id:show_id>/reservations/<id:reservation_id>/cancel")
@Call(
    "cancel_reservation",
    who="those who run it",
    takes=schemas.Cancellation,
    gives={200: schemas.BuyersReservation},
    refuses=("not-sold",),
)
@clients_only
def cancel(show_id: int, reservation_id: int) -> Response:
    """Cancel the sale."""
    asker, asked = signed_in(), read(schemas.Cancellation)
    return _answer(box_office.cancel(asker, show_id, reservation_id, reason=asked.reason))


def wanted(asked: schemas.Wanted) -> box_office.Wanted:
    """What is asked for, as the service takes it."""
    return box_office.Wanted(**{name: getattr(asked, name) for name in schemas.Wanted.model_fields})


def seat_of(asked: schemas.NewSeat, show_id: int) -> SeatChoice:
    """The seat that is named."""
    if asked.seat_id:
        return SeatChoice(show_id=show_id, seat_ids=(asked.seat_id,))
    return SeatChoice(show_id=show_id, seat_numbers=(normalize_label(asked.seat_number or ""),))


def _answer(reservation: box_office.BuyersReservation) -> Response:
    return json_response(schemas.BuyersReservation.model_validate(reservation))
