"""Who runs a show, over v1; and the link that lets a colleague in, for people and programs."""

from flask import Blueprint, Response, url_for

from webapp import paging
from webapp.blueprints.clients import clients_only
from webapp.contract import Call
from webapp.identity import asker, signed_in
from webapp.questions import read, read_query
from webapp.refusals import told_in
from webapp.replies import View, json_response, reply
from webapp.schemas import managers as schemas
from webapp.services import managers

bp = Blueprint("managers", __name__)


@bp.get("/shows/<id:show_id>/managers")
@Call("list_managers", who="those who run it", asks=schemas.ManagerPage, gives={200: list[schemas.Manager]})
@clients_only
def index(show_id: int) -> Response:
    """The managers of a show."""
    asker, asked = signed_in(), read_query(schemas.ManagerPage)
    found = managers.of_show(asker, show_id, limit=asked.limit, after=paging.read_moment_cursor(asked.cursor))
    return json_response(
        [schemas.Manager.model_validate(manager) for manager in found],
        headers=paging.next_link(found, asked, lambda one: paging.moment_cursor(one.since, one.user_id)),
    )


@bp.delete("/shows/<id:show_id>/managers/<id:user_id>")
@Call("remove_manager", who="its organizer, or that manager", gives={204: None})
@clients_only
def remove(show_id: int, user_id: int) -> Response:
    """Have somebody manage the show no more; oneself, to leave it."""
    managers.remove(signed_in(), show_id, user_id)
    return Response(status=204)


@bp.get("/shows/<id:show_id>/invitations")
@Call("list_invitations", who="its organizer", asks=schemas.InvitationPage, gives={200: list[schemas.Invitation]})
@clients_only
def invitations(show_id: int) -> Response:
    """The invitations to a show that nobody has accepted yet."""
    asker, asked = signed_in(), read_query(schemas.InvitationPage)
    found = managers.listed(asker, show_id, limit=asked.limit, before=asked.cursor)
    return json_response(
        [schemas.Invitation.model_validate(invitation) for invitation in found],
        headers=paging.next_link(found, asked, lambda one: str(one.id)),
    )


@bp.post("/shows/<id:show_id>/invitations")
@Call(
    "invite_manager",
    who="its organizer",
    takes=schemas.NewInvitation,
    gives={201: schemas.MadeInvitation},
    refuses=("told-once",),
    located=True,
)
@clients_only
def invite(show_id: int) -> Response:
    """Make an invitation; its token is told this once."""
    made, token = managers.invite(signed_in(), show_id, name=read(schemas.NewInvitation).name)
    told = schemas.MadeInvitation(
        id=made.id, name=made.name, expires_at=made.expires_at, token=token, link=link_of(token)
    )
    headers = {"Location": url_for(".invitation", token=token), "Cache-Control": "no-store"}
    return json_response(told, 201, headers)


@bp.delete("/shows/<id:show_id>/invitations/<id:invitation_id>")
@Call("revoke_invitation", who="its organizer", gives={204: None}, refuses=("invitation-unusable",))
@clients_only
def revoke(show_id: int, invitation_id: int) -> Response:
    """Take an invitation back."""
    managers.revoke(signed_in(), show_id, invitation_id)
    return Response(status=204)


def _invitation_page(token: str) -> View:
    viewer = asker()
    found = managers.look_at(token, viewer)
    role = managers.role_of(viewer, found.show_id) if viewer else None
    return View("people/invitation.html", lambda: {"invitation": found, "role": role, "token": token})


@bp.get("/invitations/<token>")
@Call("get_invitation", who="whoever has the token", gives={200: schemas.Invitation}, refuses=("invitation-unusable",))
def invitation(token: str) -> Response:
    """What an invitation is to, for whoever has its token."""
    found = managers.look_at(token, asker())
    return reply(schemas.Invitation.model_validate(found), page=_invitation_page(token))


@bp.post("/invitations/<token>/accept")
@Call(
    "accept_invitation",
    who="a user who has the token",
    gives={200: schemas.Invitation},
    refuses=("invitation-unusable",),
)
@told_in(page=_invitation_page)
def accept(token: str) -> Response:
    """Become a manager of the show."""
    accepted = managers.accept(signed_in(back_to=url_for(".invitation", token=token)), token)
    return reply(
        schemas.Invitation.model_validate(accepted),
        goes_to=url_for("organizers.show", show_id=accepted.show_id),
        notice=f"You manage “{accepted.title}” now: what its organizer can do with it, you can.",
    )


def link_of(token: str) -> str:
    """The address that a person opens to accept the invitation."""
    return url_for("managers.invitation", token=token, _external=True)
