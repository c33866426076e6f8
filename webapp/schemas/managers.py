"""What is asked and answered about who runs a show, and what they did."""

from datetime import datetime
from typing import Any, Literal

from webapp.schemas.base import Answer, Cursor, Id, Line, Page, Question


class NewInvitation(Question):
    """For whom an invitation is, as the list of them will say."""

    name: Line


class Manager(Answer):
    """A colleague who runs a show beside its organizer."""

    user_id: int
    name: str
    email: str
    since: datetime
    inviter: str


class Invitation(Answer):
    """A link that makes whoever follows it a manager of the show, once."""

    id: int
    show_id: int
    title: str
    venue: str
    starts_at: datetime
    timezone: str
    name: str
    inviter: str
    created_at: datetime
    expires_at: datetime
    state: Literal["open", "accepted", "revoked", "expired"]


class MadeInvitation(Answer):
    """An invitation that was made just now; its token, and the link for people, are told this once."""

    id: int
    name: str
    expires_at: datetime
    token: str
    link: str


class Act(Answer):
    """Something that was done with a show; `words` say it, after the name of who did it."""

    id: int
    acted_at: datetime
    user_id: int
    user_name: str
    as_admin: bool
    act: str
    about: str | None
    details: dict[str, Any]
    words: str
    through: Literal["page", "api", "command"]


class ManagerPage(Page):
    """Which managers are asked for; `cursor` says since when the last one of the page before has been one."""

    cursor: Cursor | None = None


class InvitationPage(Page):
    """Which invitations are asked for; `cursor` is the id of the last one of the page before."""

    cursor: Id | None = None


class ActPage(Page):
    """Which acts are asked for; `cursor` is the id of the last one of the page before."""

    cursor: Id | None = None


class OlderActs(Question):
    """Where a page's list of acts goes on: below this id."""

    before: Id | None = None
