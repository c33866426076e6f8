"""An invitation is looked at, and accepted: once, whoever follows its link at the same moment."""

from collections.abc import Mapping

from sqlalchemy import Connection, text

from webapp.services import acts
from webapp.services.asker import Asker
from webapp.services.database.refusing import account_deleted
from webapp.services.database.statements import transaction
from webapp.services.managers.invitations import Invitation, State, hash_of, invitation_of, with_token
from webapp.services.managers.roles import role_of
from webapp.services.refusals import InvitationUnusable, NotFound

CLOSED: Mapping[State, str] = {
    "accepted": "Somebody has accepted this invitation already: each is good once. Ask for one of your own.",
    "revoked": "This invitation was taken back. Ask whoever sent it for a new one.",
    "expired": "This invitation is too old: each is good for a week. Ask whoever sent it for a new one.",
}


def look_at(token: str, viewer: Asker | None) -> Invitation:
    """The invitation with this token, while it can be accepted, or as the viewer accepted it.

    Raises `NotFound` where there is none, and `InvitationUnusable`.
    """
    found = invitation_of(token)
    if found is None:
        raise NotFound("This link to an invitation is not complete, or not one of ours. Copy it again as a whole.")
    if found.state in CLOSED and not _is_in_use_by(viewer, found):
        raise InvitationUnusable(CLOSED[found.state], reason=found.state)
    return found


def _is_in_use_by(viewer: Asker | None, invitation: Invitation) -> bool:
    """Whether the viewer accepted it, and runs the show still."""
    if viewer is None or invitation.accepted_by != viewer.id:
        return False
    return role_of(viewer, invitation.show_id) is not None


def accept(asker: Asker, token: str) -> Invitation:
    """Make the asker a manager of the show; the invitation.

    Of several who follow one link one becomes a manager. Accepting again changes nothing. An organizer or manager of
    the show is told so, and the invitation stays good for whom it was meant. Raises `NotFound`, `InvitationUnusable`,
    and `NotSignedIn` for a guest or when the account was deleted meanwhile.
    """
    with transaction() as connection:
        invitation = _take(connection, asker, token)
        if invitation:
            _become_manager(connection, asker, invitation)
            acts.record(connection, asker, invitation.show_id, "accept invitation", invitation_id=invitation.id)
        connection.commit()
    return invitation or look_at(token, asker)


def _take(connection: Connection, asker: Asker, token: str) -> Invitation | None:
    """The invitation, the asker's from now on; None when it cannot be had."""
    taken = connection.execute(
        text("""
            UPDATE invitations
            SET accepted_by = :user_id, accepted_at = clock_timestamp()
            WHERE token_hash = :token_hash
              AND accepted_by IS NULL
              AND revoked_at IS NULL
              AND expires_at > clock_timestamp()
              AND runs_show(invited_by, show_id)
        """),
        {"token_hash": hash_of(token), "user_id": asker.id},
    ).rowcount
    return with_token(connection, token) if taken else None


def _become_manager(connection: Connection, asker: Asker, invitation: Invitation) -> None:
    """Let the asker manage the show; an account that is being deleted waits, or is gone."""
    known = connection.execute(
        text("SELECT FROM users WHERE id = :user_id AND NOT is_guest AND deleted_at IS NULL FOR KEY SHARE"),
        {"user_id": asker.id},
    ).one_or_none()
    if known is None:
        raise account_deleted()
    show = connection.execute(
        text("""
            WITH added AS (
                INSERT INTO show_managers (show_id, user_id, invited_by)
                SELECT id, :user_id, :invited_by
                FROM shows
                WHERE id = :show_id
                  AND organizer_id <> :user_id
                ON CONFLICT DO NOTHING
                RETURNING show_id
            )
            SELECT shows.organizer_id = :user_id AS is_own, added.show_id IS NOT NULL AS is_new
            FROM shows
            LEFT JOIN added ON added.show_id = shows.id
            WHERE shows.id = :show_id
        """),
        {"show_id": invitation.show_id, "user_id": asker.id, "invited_by": invitation.invited_by},
    ).one()
    if show.is_own:
        sentence = f"This is your own show: pass the link on to {invitation.name}, for whom it was made."
        raise InvitationUnusable(sentence, reason="yours")
    if not show.is_new:
        sentence = f"You manage this show already. The invitation stays good for {invitation.name}."
        raise InvitationUnusable(sentence, reason="yours")
