"""Links that carry a guest's basket to another device of theirs."""

from datetime import datetime
from io import BytesIO
from typing import Any

import segno
from flask import Blueprint, Response, current_app, session, url_for

from webapp.blueprints.clients import people_only
from webapp.identity import asker, go_on_as, guest_of_this_browser
from webapp.replies import Notice, View, go_to, page
from webapp.services import accounts, baskets, playbills
from webapp.services.asker import Asker
from webapp.services.baskets import Basket, BasketLink
from webapp.services.database import clock
from webapp.services.refusals import HoldExpired

bp = Blueprint("basket_links", __name__)


@bp.app_context_processor
def _for_templates() -> dict[str, Any]:
    return {"basket_token": _token}


@bp.get("/baskets/<token>")
def show(token: str) -> Response:
    """What a link carries, and the button that goes on with it here."""
    people_only()
    link = _read(token)
    _, basket = _carried(link)
    if _is_here(link):
        return go_to(_page_of(link), Notice("success", "These seats are in this browser already."))
    others = baskets.basket(link.show_id, guest_of_this_browser())
    return page(
        View(
            "baskets/link.html",
            lambda: {
                "show": playbills.playbill(link.show_id),
                "basket": basket,
                "others_here": len(others.holds),
                "now": clock.now(),
            },
        )
    )


@bp.post("/baskets/<token>")
def go_on(token: str) -> Response:
    """Make this browser the guest's too; one that is signed in takes the seats into its account."""
    people_only()
    link = _read(token)
    guest, _ = _carried(link)
    user = asker()
    if user and not user.is_guest:
        accounts.take_over(guest, user)
    else:
        if user and user.id != guest.id:
            accounts.leave_browser(user)
        go_on_as(guest, link.token_version)
    return go_to(_page_of(link), Notice("success", "Here are your seats. Confirm them before their time is over."))


@bp.get("/baskets/<token>/code.svg")
def code(token: str) -> Response:
    """The link as a QR code; a picture is asked for in no tongue."""
    _carried(_read(token))
    drawing = BytesIO()
    segno.make(url_for(".show", token=token, _external=True), error="m", micro=False).save(
        drawing, kind="svg", scale=4, border=4, dark="#000", light="#fff"
    )
    response = Response(drawing.getvalue(), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "private, max-age=600"
    return response


def _token(show_id: int, ends_at: datetime) -> str | None:
    """What stands for this guest's basket in a link; None for anybody else."""
    guest = guest_of_this_browser()
    if guest is None:
        return None
    link = BasketLink(guest.id, session["user"][1], show_id, ends_at)
    return baskets.token_of(link, key=current_app.config["SECRET_KEY"])


def _read(token: str) -> BasketLink:
    return baskets.read_token(token, key=current_app.config["SECRET_KEY"])


def _carried(link: BasketLink) -> tuple[Asker, Basket]:
    """The guest of the link and what is held; raises `HoldExpired` when that is nothing any more."""
    guest = accounts.asker(link.guest_id, link.token_version, through="page")
    if guest is None or not guest.is_guest:
        raise HoldExpired("These seats are confirmed, or in an account by now. Sign in there to see them.")
    basket = baskets.basket(link.show_id, guest)
    if not basket.holds or link.ends_at <= clock.now():
        raise HoldExpired("The time of this basket is over: its seats are free again. Choose anew on the seat map.")
    return guest, basket


def _is_here(link: BasketLink) -> bool:
    here = guest_of_this_browser()
    return here is not None and here.id == link.guest_id


def _page_of(link: BasketLink) -> str:
    return url_for("shows.show", show_id=link.show_id)
