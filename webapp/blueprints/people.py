"""Those who run a show: its managers, who is invited, and what each of them did."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import segno
from flask import Blueprint, Response, session, url_for

from webapp.act_words import THROUGH, words_of
from webapp.blueprints.clients import people_only
from webapp.blueprints.managers import link_of
from webapp.csv_replies import Cell, csv_response
from webapp.formats import local_time
from webapp.forms.people import InvitationForm
from webapp.identity import asker, signed_in
from webapp.questions import read, read_query
from webapp.refusals import told_in
from webapp.replies import Notice, View, go_to, page
from webapp.schemas.managers import NewInvitation, OlderActs
from webapp.services import acts, managers, shows
from webapp.services.shows import Show

bp = Blueprint("people", __name__, url_prefix="/organizer/shows/<id:show_id>/people")
bp.before_request(people_only)

# How many acts a page lists, and how many are read at once for a file.
ACTS_LISTED, ACTS_AT_ONCE = 50, 500
ACT_COLUMNS = ("When, at the venue", "Who", "As an admin", "What", "How", "Act")


@bp.app_context_processor
def _for_templates() -> dict[str, Any]:
    return {"acts_as_admin": _acts_as_admin}


def _acts_as_admin(show_id: int) -> bool:
    """Whether whoever asks has to do with the show only as an admin."""
    found = asker()
    return found is not None and found.is_admin and managers.role_of(found, show_id) == "admin"


def _page(show_id: int) -> View:
    return View("people/page.html", partial(_page_context, show_id))


def _page_context(show_id: int) -> dict[str, Any]:
    viewer = signed_in()
    show = shows.organized(viewer, show_id)
    role = managers.role_of(viewer, show_id)
    listed = acts.of_show(show_id, limit=ACTS_LISTED, before=read_query(OlderActs).before)
    return {
        "show": show,
        "role": role,
        "organizer": managers.organizer_of(show_id),
        "managers": managers.of_show(viewer, show_id),
        "invitations": managers.listed(viewer, show_id) if role != "manager" else (),
        "new_link": _new_link(show_id),
        "form": InvitationForm(),
        "acts": [(act, words_of(act, show.currency)) for act in listed],
        "through": THROUGH,
        "older_than": listed[-1].id if len(listed) == ACTS_LISTED else None,
    }


@bp.get("/")
def show(show_id: int) -> Response:
    """Who runs the show, who is invited to, and what was done."""
    return page(_page(show_id))


@bp.post("/invitations")
@told_in(page=_page)
def invite(show_id: int) -> Response:
    """Make an invitation, whose link the next page shows, and no other."""
    organizer = signed_in(back_to=url_for(".show", show_id=show_id))
    made, token = managers.invite(organizer, show_id, name=read(NewInvitation).name)
    session["invitation"] = [show_id, token]
    here = url_for(".show", show_id=show_id, _anchor="new-invitation")
    return go_to(here, Notice("success", f"The invitation for {made.name} is made. Now pass it on."))


@bp.post("/invitations/<id:invitation_id>/revoke")
def revoke(show_id: int, invitation_id: int) -> Response:
    """Take an invitation back."""
    managers.revoke(signed_in(back_to=url_for(".show", show_id=show_id)), show_id, invitation_id)
    return go_to(
        url_for(".show", show_id=show_id),
        Notice("success", "The invitation is taken back. Its link leads nowhere now."),
    )


@bp.post("/managers/<id:user_id>/remove")
def remove(show_id: int, user_id: int) -> Response:
    """Have somebody manage the show no more; oneself, to leave it."""
    viewer = signed_in(back_to=url_for(".show", show_id=show_id))
    managers.remove(viewer, show_id, user_id)
    if viewer.id == user_id:
        return go_to(url_for("organizers.index"), Notice("success", "You manage this show no more."))
    return go_to(url_for(".show", show_id=show_id), Notice("success", "They manage this show no more."))


@bp.get("/acts.csv")
def file(show_id: int) -> Response:
    """All that was done with the show, as a file for a spreadsheet."""
    found = shows.organized(signed_in(), show_id)
    day = local_time(found.starts_at, found.timezone).date()
    return csv_response(f"{found.title} {day} acts", ACT_COLUMNS, _rows(found))


def _rows(of: Show) -> Iterator[tuple[Cell, ...]]:
    before = None
    while found := acts.of_show(of.id, limit=ACTS_AT_ONCE, before=before):
        for act in found:
            when = local_time(act.acted_at, of.timezone).replace(tzinfo=None)
            said = words_of(act, of.currency)
            yield when, act.user_name, act.as_admin, said, THROUGH[act.through], act.act
        before = found[-1].id


def _new_link(show_id: int) -> dict[str, str] | None:
    """The link of the invitation that this browser made a moment ago, and its picture; told once."""
    match session.get("invitation"):
        case [made_for, str(token)] if made_for == show_id:
            session.pop("invitation")
            link = link_of(token)
            code = segno.make(link, error="m", micro=False)
            return {"address": link, "code": code.svg_data_uri(scale=4, border=4, dark="#000", light="#fff")}
    return None
