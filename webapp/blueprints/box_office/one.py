"""One reservation of a show: its history; its buyer is moved to another seat, or the sale is cancelled."""

from functools import partial
from typing import Any

from flask import Response, g, request, url_for
from markupsafe import Markup

from webapp.blueprints.box_office.calls import seat_of
from webapp.blueprints.box_office.several import bp
from webapp.forms.box_office import CancelForm, MoveForm, MoveReasonForm
from webapp.identity import signed_in
from webapp.questions import read, read_query
from webapp.refusals import told_in
from webapp.replies import Notice, View, go_to, next_path, page
from webapp.schemas import box_office as schemas
from webapp.seat_markup import markup_of
from webapp.services import box_office, seat_maps, shows
from webapp.services.reservations import SeatChoice
from webapp.services.seat_words import beginning, named


def _one_page(show_id: int, reservation_id: int) -> View:
    return View("box_office/page.html", partial(_one_context, show_id, reservation_id))


def _one_context(show_id: int, reservation_id: int) -> dict[str, Any]:
    asker = signed_in()
    return {
        "show": shows.organized(asker, show_id),
        "reservation": box_office.one(asker, show_id, reservation_id),
        "history": box_office.history(asker, show_id, reservation_id),
        "move_form": MoveForm(formdata=None),
        "cancel_form": CancelForm(),
        "came_from": _came_from(),
    }


def _came_from() -> str | None:
    """The list that they come from, and go back to, as long as something was searched in it."""
    return next_path("") or None


@bp.get("/shows/<id:show_id>/reservations/<id:reservation_id>")
def show(show_id: int, reservation_id: int) -> Response:
    """One reservation, how it came about, and what can be done with it."""
    signed_in()
    return page(_one_page(show_id, reservation_id))


@bp.post("/shows/<id:show_id>/reservations/<id:reservation_id>/cancel")
@told_in(page=_one_page)
def cancel(show_id: int, reservation_id: int) -> Response:
    """Cancel the sale."""
    here = url_for(".show", show_id=show_id, reservation_id=reservation_id, next=_came_from())
    asker = signed_in(back_to=here)
    cancelled = box_office.cancel(asker, show_id, reservation_id, reason=read(schemas.Cancellation).reason)
    return go_to(here, Notice("success", f"{beginning(named([cancelled]))} is free again. Its buyer reads why."))


def _move_page(show_id: int, reservation_id: int, move: box_office.Move | None = None) -> View:
    return View("box_office/move.html", partial(_move_context, show_id, reservation_id, move))


def _move_context(show_id: int, reservation_id: int, move: box_office.Move | None) -> dict[str, Any]:
    asker = signed_in()
    show = shows.organized(asker, show_id)
    reservation = move.reservation if move else box_office.one(asker, show_id, reservation_id)
    standing = seat_maps.standing_of(show_id)
    chart = seat_maps.chart_of(show_id, standing.plan_version)
    wanted = request.args.get("part") or chart.part_of_seat.get(reservation.seat_id, "")
    # None where the plan has no seats any more; then nothing is sold that could be moved.
    part = chart.parts.get(wanted) or next(iter(chart.parts.values()), None)
    markup = part and markup_of(chart, part.slug, show.currency)
    return {
        "show": show,
        "reservation": reservation,
        "move": move,
        "chart": chart,
        "part": part,
        "markup": markup,
        "seats": markup and _marked(markup.seats(standing.taken, None), reservation.seat_id),
        "free": seat_maps.free_seats(chart, standing),
        "move_form": MoveForm(data={"seat_number": request.args.get("seat_number")}),
        "reason_form": MoveReasonForm(data={"reason": request.args.get("reason")}),
        # Typed for a move that could not be made, it is there again for another one.
        "reason": request.values.get("reason"),
        "came_from": _came_from(),
    }


def _preview_again(show_id: int, reservation_id: int) -> View | None:
    """The preview of the move once more, where it is the reason that cannot be."""
    seat_id = request.form.get("seat_id", type=int)
    if seat_id is None or {error["pointer"] for error in g.get("field_errors", ())} != {"#/reason"}:
        return None
    seat = SeatChoice(show_id=show_id, seat_ids=(seat_id,))
    return View(
        "box_office/move.html",
        lambda: _move_context(show_id, reservation_id, box_office.consider(signed_in(), show_id, reservation_id, seat)),
    )


def _marked(seats: Markup, seat_id: int) -> Markup:
    """The seats with the buyer's own marked as the one they have now."""
    own = f'id="seat-{seat_id}" '
    # As a plain text: what is put into a `Markup` would be escaped.
    return Markup(str(seats).replace(own, f'{own}aria-current="true" ', 1))  # noqa: S704 -- made of escaped pieces


@bp.get("/shows/<id:show_id>/reservations/<id:reservation_id>/move")
@told_in(page=_move_page)
def choose(show_id: int, reservation_id: int) -> Response:
    """The seats that its buyer can be moved to, and what moving them to one would mean."""
    asker = signed_in()
    pointed = read_query(schemas.Pointed)
    if not pointed.seat_ids and pointed.seat_number is None:
        return page(_move_page(show_id, reservation_id))
    seat = schemas.NewSeat(
        seat_id=pointed.seat_ids[0] if pointed.seat_ids else None,
        seat_number=None if pointed.seat_ids else pointed.seat_number,
    )
    considered = box_office.consider(asker, show_id, reservation_id, seat_of(seat, show_id))
    return page(_move_page(show_id, reservation_id, considered))


@bp.post("/shows/<id:show_id>/reservations/<id:reservation_id>/move")
@told_in(page=_move_page, form=_preview_again)
def move(show_id: int, reservation_id: int) -> Response:
    """Move its buyer to another seat."""
    asker = signed_in(back_to=url_for(".choose", show_id=show_id, reservation_id=reservation_id))
    asked = read(schemas.NewSeat)
    moved = box_office.move(asker, show_id, reservation_id, seat_of(asked, show_id), reason=asked.reason)
    return go_to(
        url_for(".show", show_id=show_id, reservation_id=moved.id, next=_came_from()),
        Notice("success", f"{moved.buyer_name} has {named([moved])} now. They read of it in “My seats”."),
    )
