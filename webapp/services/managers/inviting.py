"""Colleagues are invited by a link, which whoever invites passes on: this product sends no e-mail."""

from collections.abc import Sequence

from sqlalchemy import Connection, text

from webapp.services import acts
from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted, transaction
from webapp.services.managers.invitations import SELECT, Invitation, hash_of, new_token
from webapp.services.managers.roles import refuse_managers
from webapp.services.refusals import Invalid, InvitationUnusable, NotFound

# How long an invitation is good, and how long an expired one stays in the list, so that it can be seen why nobody came.
DAYS_GOOD, DAYS_LISTED = 7, 30
# How many of a show may be open, give or take those that are made at the same moment.
MOST_OPEN = 50


def invite(asker: Asker, show_id: int, *, name: str) -> tuple[Invitation, str]:
    """Make an invitation for somebody, by the name that the list shows; it, and its token, told this once.

    Whoever follows the link with the token within seven days becomes a manager. Only the organizer and admins may
    invite. Raises `Invalid` where many are open already, `NotFound` or `Forbidden`.
    """
    refuse_managers(asker, show_id, "Only the organizer of a show invites colleagues to it.")
    token = new_token()
    with transaction() as connection:
        _refuse_many(connection, show_id)
        invitation_id = connection.execute(
            text("""
                INSERT INTO invitations (show_id, invited_by, name, token_hash, expires_at)
                VALUES (:show_id, :user_id, :name, :token_hash, statement_timestamp() + make_interval(days => :days))
                RETURNING id
            """),
            {
                "show_id": show_id,
                "user_id": asker.id,
                "name": name,
                "token_hash": hash_of(token),
                "days": DAYS_GOOD,
            },
        ).scalar_one()
        acts.record(connection, asker, show_id, "invite colleague", invitation_id=invitation_id)
        made = _one(connection, show_id, invitation_id)
        connection.commit()
    return made, token


def listed(asker: Asker, show_id: int, *, limit: int | None = None, before: int | None = None) -> Sequence[Invitation]:
    """The invitations to the show that are open, the latest first, and those that expired within the last 30 days.

    Of a page, at most `limit` of those with an id below `before`. Only the organizer and admins may know. Raises
    `NotFound` or `Forbidden`.
    """
    refuse_managers(asker, show_id, "Only the organizer of a show sees who is invited.")
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"""
                SELECT *
                FROM ({SELECT} WHERE invitations.show_id = :show_id) AS invitations
                WHERE expires_at > statement_timestamp() - make_interval(days => :days)
                  AND state IN ('open', 'expired')
                  AND (CAST(:before AS bigint) IS NULL OR id < :before)
                ORDER BY id DESC
                LIMIT CAST(:limit AS bigint)
            """),  # noqa: S608 -- made of constants
            {"show_id": show_id, "days": DAYS_LISTED, "limit": limit, "before": before},
        )
        return [Invitation.of(row) for row in rows]


def revoke(asker: Asker, show_id: int, invitation_id: int) -> None:
    """Take an invitation back: its link leads nowhere any more.

    Taking it back again changes nothing. Only the organizer and admins may. Raises `InvitationUnusable` when
    it was accepted meanwhile, `NotFound` or `Forbidden`.
    """
    refuse_managers(asker, show_id, "Only the organizer of a show takes back invitations to it.")
    with transaction() as connection:
        revoked = connection.execute(
            text("""
                UPDATE invitations
                SET revoked_at = clock_timestamp()
                WHERE id = :id
                  AND show_id = :show_id
                  AND accepted_by IS NULL
                  AND revoked_at IS NULL
            """),
            {"id": invitation_id, "show_id": show_id},
        ).rowcount
        if revoked:
            acts.record(connection, asker, show_id, "revoke invitation", invitation_id=invitation_id)
        elif _one(connection, show_id, invitation_id).state == "accepted":
            raise InvitationUnusable(
                "This invitation was accepted meanwhile. Remove the manager instead.", reason="accepted"
            )
        connection.commit()


def _one(connection: Connection, show_id: int, invitation_id: int) -> Invitation:
    row = connection.execute(
        text(f"{SELECT} WHERE invitations.id = :id AND invitations.show_id = :show_id"),
        {"id": invitation_id, "show_id": show_id},
    ).one_or_none()
    if row is None:
        raise NotFound("This show has no such invitation.")
    return Invitation.of(row)


def _refuse_many(connection: Connection, show_id: int) -> None:
    count = connection.execute(
        text("""
            SELECT count(*)
            FROM invitations
            WHERE show_id = :show_id
              AND accepted_by IS NULL
              AND revoked_at IS NULL
              AND expires_at > statement_timestamp()
        """),
        {"show_id": show_id},
    ).scalar_one()
    if count >= MOST_OPEN:
        raise Invalid(f"{count} invitations to this show are open. Take some of them back first.")
