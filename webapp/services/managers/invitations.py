"""What an invitation is, how it stands, and the token that is all one needs to accept it."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any, Literal, Self

from sqlalchemy import Connection, Row, text

from webapp.services.database.statements import autocommitted

State = Literal["open", "accepted", "revoked", "expired"]


@dataclass(frozen=True)
class Invitation:
    """A link that makes whoever follows it a manager of a show, once; `name` is whom it was made for.

    It tells which show, also of a draft, to whoever has its token. It is `revoked` also when who made it does not run
    the show any more.
    """

    id: int
    show_id: int
    title: str
    venue: str
    starts_at: datetime
    timezone: str
    name: str
    invited_by: int
    inviter: str
    created_at: datetime
    expires_at: datetime
    accepted_by: int | None
    state: State

    @classmethod
    def of(cls, row: Row[Any]) -> Self:
        """The invitation that a row of `SELECT` tells of."""
        return cls(*tuple(row))


SELECT = """
    SELECT invitations.id, invitations.show_id, shows.title, shows.venue, shows.starts_at, shows.timezone,
           invitations.name, invitations.invited_by, users.name AS inviter,
           invitations.created_at, invitations.expires_at, invitations.accepted_by,
           CASE
               WHEN invitations.accepted_by IS NOT NULL THEN 'accepted'
               WHEN invitations.revoked_at IS NOT NULL
                 OR NOT runs_show(invitations.invited_by, invitations.show_id) THEN 'revoked'
               WHEN invitations.expires_at <= statement_timestamp() THEN 'expired'
               ELSE 'open'
           END AS state
    FROM invitations
    JOIN shows ON shows.id = invitations.show_id
    JOIN users ON users.id = invitations.invited_by
"""


def new_token() -> str:
    """A token that nobody guesses: 256 bits drawn by lot, so that its bare hash tells nothing of it."""
    return token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


def invitation_of(token: str) -> Invitation | None:
    """The invitation with this token, however it stands; None when there is none."""
    with autocommitted() as connection:
        return with_token(connection, token)


def with_token(connection: Connection, token: str) -> Invitation | None:
    """Do what `invitation_of` does, as part of the caller's transaction."""
    row = connection.execute(
        text(f"{SELECT} WHERE invitations.token_hash = :token_hash"),
        {"token_hash": hash_of(token)},
    ).one_or_none()
    return Invitation.of(row) if row else None
