"""The list of a show's reservations: searched, sorted out, kept as a file; and what is done with several at once."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from flask import Blueprint, Response, g, request, url_for

from webapp.blueprints.box_office.calls import wanted
from webapp.blueprints.clients import people_only
from webapp.csv_replies import Cell, csv_response
from webapp.formats import amount, local_time
from webapp.forms.box_office import CancelForm
from webapp.identity import signed_in
from webapp.questions import read, read_query
from webapp.refusals import told_in
from webapp.replies import Notice, View, go_to, next_path, page
from webapp.schemas import box_office as schemas
from webapp.services import box_office, seat_maps, shows
from webapp.services.box_office import BuyersReservation
from webapp.services.shows import Show

bp = Blueprint("box_office", __name__, url_prefix="/organizer")
bp.before_request(people_only)

# How many reservations a page lists.
LISTED = 50


def _index_page(show_id: int) -> View:
    return View("box_office/index.html", partial(_index_context, show_id))


@bp.get("/shows/<id:show_id>/reservations")
@told_in(page=_index_page)
def index(show_id: int) -> Response:
    """The reservations of the show that are wanted, newest first, and how many there are of each status."""
    return page(_index_page(show_id))


def _index_context(show_id: int) -> dict[str, Any]:
    asker = signed_in()
    show = shows.organized(asker, show_id)
    # Asked for what cannot be, they are all listed, and what was typed stays.
    asked = schemas.WantedOnPage() if g.get("field_errors") else read_query(schemas.WantedOnPage)
    listing = box_office.page_with_counts(asker, show_id, wanted(asked), limit=LISTED + 1, before=asked.cursor)
    found = listing.reservations
    filters = asked.model_dump(mode="json", exclude_none=True, exclude={"cursor"})
    chart = seat_maps.chart_of(show_id, -1)
    return {
        "show": show,
        "reservations": found[:LISTED],
        "older_than": found[LISTED - 1].id if len(found) > LISTED else None,
        "counts": listing.counts,
        "filters": filters,
        "typed": request.args.get("search", ""),
        "is_first_page": asked.cursor is None,
        "categories": [category.name for category in seat_maps.categories_of(show_id)],
        "sections": list(dict.fromkeys(seat.section for seat in chart.seats.values() if seat.section)),
    }


@bp.get("/shows/<id:show_id>/reservations.csv")
def export(show_id: int) -> Response:
    """The same, or those that were marked, as a file for a spreadsheet."""
    asker = signed_in()
    show = shows.organized(asker, show_id)
    marked = read_query(schemas.Chosen).reservation_ids
    found = (
        iter(box_office.chosen(asker, show_id, marked))
        if marked
        else box_office.find_all(asker, show_id, wanted(read_query(schemas.Wanted)))
    )
    day = local_time(show.starts_at, show.timezone).date()
    return csv_response(f"{show.title} {day} reservations", _headings(show), _rows(show, found))


def _headings(show: Show) -> Sequence[str]:
    at_the_venue = f"({show.timezone})"
    return (
        *("Reservation", "Seat", "Section", "Row", "Number", "Category", "Status", "Buyer", "E-mail"),
        *(f"Price ({show.currency})", f"Made {at_the_venue}", f"Changed {at_the_venue}", "Changed through", "Reason"),
        *("Moved from reservation", "Moved to reservation"),
    )


def _rows(show: Show, found: Iterator[BuyersReservation]) -> Iterator[Sequence[Cell]]:
    for one in found:
        made, changed = (
            local_time(moment, show.timezone).replace(tzinfo=None) for moment in (one.created_at, one.updated_at)
        )
        yield (
            *(one.id, one.seat_number, one.section, one.row, one.number, one.category, one.status),
            *(one.buyer_name, one.buyer_email, amount(one.price, show.currency), made, changed, one.through),
            *(one.reason, one.moved_from, one.moved_to),
        )


def _chosen_page(show_id: int) -> View:
    return View("box_office/chosen.html", partial(_chosen_context, show_id))


def _chosen_context(show_id: int) -> dict[str, Any]:
    asker = signed_in()
    show = shows.organized(asker, show_id)
    marked = request.values.getlist("reservation_ids", type=int)
    found = box_office.chosen(asker, show_id, marked)
    sold = [one for one in found if one.status == "CONFIRMED"]
    return {
        "show": show,
        "sold": sold,
        "others": [one for one in found if one not in sold],
        "total": sum(one.price for one in sold),
        "form": CancelForm(),
        "back": next_path(url_for(".index", show_id=show_id)),
    }


@bp.get("/shows/<id:show_id>/reservations/chosen")
def chosen(show_id: int) -> Response:
    """What cancelling those that were marked would do."""
    shows.refuse_strangers(signed_in(), show_id)
    if not read_query(schemas.Chosen).reservation_ids:
        back = next_path(url_for(".index", show_id=show_id))
        return go_to(back, Notice("refusal", "Mark the reservations that you mean first."))
    return page(_chosen_page(show_id))


@bp.post("/shows/<id:show_id>/reservations/cancel")
@told_in(page=_chosen_page)
def cancel_several(show_id: int) -> Response:
    """Cancel them, all or none."""
    asker = signed_in(back_to=url_for(".index", show_id=show_id))
    asked = read(schemas.Cancellations)
    cancelled = box_office.cancel_several(asker, show_id, asked.reservation_ids, reason=asked.reason)
    words = "1 seat is" if len(cancelled) == 1 else f"{len(cancelled):,} seats are"
    return go_to(
        next_path(url_for(".index", show_id=show_id)),
        Notice("success", f"{words} free again. The buyers read why in “My seats”."),
    )
