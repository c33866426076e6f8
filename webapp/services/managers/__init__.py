"""Managers: colleagues who run a show beside its organizer, and the invitations that make them so."""

from webapp.services.managers.accepting import accept, look_at
from webapp.services.managers.invitations import Invitation, invitation_of
from webapp.services.managers.inviting import invite, listed, revoke
from webapp.services.managers.managing import Manager, leave, of_show, organizer_of, remove
from webapp.services.managers.roles import Role, role_of

__all__ = [
    "Invitation",
    "Manager",
    "Role",
    "accept",
    "invitation_of",
    "invite",
    "leave",
    "listed",
    "look_at",
    "of_show",
    "organizer_of",
    "remove",
    "revoke",
    "role_of",
]
