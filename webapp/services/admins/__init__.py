"""Admins: operators who may see everything and do what an organizer can; and what they see."""

from webapp.services.admins.figures import Overview, overview
from webapp.services.admins.members import Account, accounts
from webapp.services.admins.programme import ListedShow, shows
from webapp.services.admins.record import Deed, deeds
from webapp.services.admins.role import Admin, demote, listed, promote, refuse_others

__all__ = [
    "Account",
    "Admin",
    "Deed",
    "ListedShow",
    "Overview",
    "accounts",
    "deeds",
    "demote",
    "listed",
    "overview",
    "promote",
    "refuse_others",
    "shows",
]
