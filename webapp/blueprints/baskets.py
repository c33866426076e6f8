"""The basket of a show: looked at, given more time, and confirmed as a whole; a guest says who they are with it."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import Blueprint, Response, g, request, url_for

from webapp.blueprints.seat_changes import seat_changes
from webapp.contract import Call
from webapp.formats import clock_time
from webapp.forms.accounts import DetailsForm
from webapp.identity import account_or_guest, asker, begin_session, guest_of_this_browser, trying_password_of
from webapp.questions import read
from webapp.refusals import told_in
from webapp.replies import Notice, View, go_to, next_path, reply
from webapp.schemas.baskets import BasketConfirmation, KnownBuyer, NewBuyer
from webapp.schemas.reservations import Reservation
from webapp.services import accounts, baskets, playbills, reservations
from webapp.services.asker import Asker
from webapp.services.database import clock
from webapp.services.seat_words import beginning, named
from webapp.tongues import Tongue, current_tongue

bp = Blueprint("baskets", __name__)

DETAILS = ("account", "name", "email", "phone_number", "new_password", "password")


@bp.app_context_processor
def _for_templates() -> dict[str, Any]:
    return {"details_form": _details_form}


def _details_form() -> DetailsForm:
    """The details a guest is asked for; an address that has an account leads to the half for those who have one."""
    form = DetailsForm()
    problem = g.get("problem")
    if problem and problem.slug == "already-in-use":
        form.account.data = "mine"
    form.account.data = form.account.data or "new"
    return form


def _own_changes(show_id: int) -> View:
    """What a page shows as one's own in this show, now or a moment ago."""
    viewer = asker()
    return seat_changes(show_id, baskets.seats_in_the_news(show_id, viewer) if viewer else ())


def _own_seats(show_id: int) -> View | None:
    """The same, and whatever else the asking page still shows as one's own; None when it was made for somebody else
    than who asks."""
    viewer, made_for = asker(), request.args.get("buyer", type=int)
    if made_for is not None and (viewer is None or viewer.id != made_for):
        return None
    shown = request.args.getlist("seat_ids", type=int)
    own = baskets.seats_in_the_news(show_id, viewer) if viewer else ()
    return View("baskets/_own.html", seat_changes(show_id, [*own, *shown]).context)


def _details(show_id: int) -> View | None:
    """The guest's details as they were typed: for htmx the form alone, for a browser on a page with the basket."""
    guest = guest_of_this_browser()
    if guest is None or request.endpoint != "baskets.confirm":
        return None
    if current_tongue() is Tongue.FRAGMENT:
        return View("baskets/_typed.html")
    return View("baskets/page.html", partial(_page_context, show_id, guest))


def _page_context(show_id: int, guest: Asker) -> dict[str, Any]:
    return {
        "show": playbills.playbill(show_id, asker()),
        "basket": baskets.basket(show_id, guest),
        "now": clock.now(),
    }


@bp.get("/shows/<id:show_id>/basket")
@Call("get_basket", who="a user", gives={200: list[Reservation]})
def show(show_id: int) -> Response:
    """What one holds and has bought of a show, as it is just now; a browser finds it on the show's page."""
    return reply(
        lambda: [
            Reservation.model_validate(one)
            for one in reservations.of_buyer(
                account_or_guest(), reservations.Wanted(show_id=playbills.playbill(show_id, asker()).id)
            )
            if one.status in {"HELD", "CONFIRMED"}
        ],
        fragment=_own_seats(show_id),
        goes_to=next_path(url_for("shows.show", show_id=show_id)),
    )


@bp.post("/shows/<id:show_id>/basket/extend")
@Call("extend_basket", who="a user", gives={200: list[Reservation]})
@told_in(fragment=_own_changes)
def extend(show_id: int) -> Response:
    """Five more minutes for all that one holds in the show, once; asked again, it is answered as it is."""
    buyer = account_or_guest(back_to=url_for("shows.show", show_id=show_id))
    timezone = playbills.playbill(show_id, asker()).timezone
    held = reservations.extend_basket(buyer, show_id)
    ends = min((one.hold_expiry for one in held), default=None)
    return reply(
        [Reservation.model_validate(one) for one in held],
        fragment=_own_changes(show_id),
        goes_to=next_path(url_for("shows.show", show_id=show_id)),
        notice=f"Your seats are held until {clock_time(ends, timezone)}."
        if ends
        else "You hold no seats of this show.",
    )


@bp.post("/shows/<id:show_id>/basket/confirm")
@Call(
    "confirm_basket",
    who="a user",
    takes=BasketConfirmation,
    gives={200: list[Reservation]},
    refuses=("hold-expired", "hold-released"),
)
@told_in(fragment=_own_changes, form=_details)
def confirm(show_id: int) -> Response:
    """Buy these holds, all or none. (On a page a guest says who they are with it.)"""
    this_page = url_for("shows.show", show_id=show_id)
    visitor = account_or_guest(back_to=this_page)
    ids = read(BasketConfirmation, beside=DETAILS).reservation_ids
    buyer = _introduced(visitor, show_id, ids) if visitor.is_guest else visitor
    confirmed = reservations.confirm_basket(buyer, show_id, ids)
    notice = f"{beginning(named(confirmed))}: yours. Enjoy the show."
    if visitor.is_guest:
        # The page was a guest's: its masthead and its form are not true any more. With a place in it after a #, htmx
        # would go there and load nothing.
        return go_to(next_path(this_page).partition("#")[0], Notice("success", notice))
    return reply(
        [Reservation.model_validate(one) for one in confirmed],
        fragment=seat_changes(show_id, [one.seat_id for one in confirmed]),
        goes_to=next_path(this_page),
        notice=notice,
    )


def _introduced(guest: Asker, show_id: int, reservation_ids: Sequence[int]) -> Asker:
    """The account that the guest becomes or turns out to have, with all that the guest holds; nobody becomes one by a
    confirmation that would be refused."""
    reservations.refuse_unless_held(guest, show_id, reservation_ids)
    if request.form.get("account") == "mine":
        known = read(KnownBuyer)
        with trying_password_of(known.email):
            account, token_version = accounts.sign_in(email=known.email, password=known.password, through="page")
        accounts.take_over(guest, account)
    else:
        new = read(NewBuyer)
        account, token_version = accounts.become_account(
            guest, name=new.name, email=new.email, phone_number=new.phone_number, password=new.new_password
        )
    begin_session(account.id, token_version)
    return account
