"""What operators see: all shows and accounts, and whether the house is well. To anybody else there is nothing here."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response

from webapp.act_words import THROUGH, words_of
from webapp.identity import asker
from webapp.questions import read_query
from webapp.replies import View, page
from webapp.schemas.admins import OlderDeeds, Searched
from webapp.services import admins
from webapp.services.admins import Account, Deed, ListedShow
from webapp.tongues import Tongue, current_tongue

bp = Blueprint("admin", __name__, url_prefix="/admin")

# How many lines a list has, and how many of what was done the first page.
LISTED, LATEST = 50, 10


@bp.before_request
def _admins_only() -> None:
    """Find nothing here for anybody else, and neither for programs: by no answer they learn that there is something."""
    admins.refuse_others(None if current_tongue() is Tongue.JSON else asker())


@bp.get("/")
def index() -> Response:
    """All there is in figures, whether it is well, and what admins did last."""

    def context() -> dict[str, Any]:
        deeds = admins.deeds(asker(), limit=LATEST)
        return {"overview": admins.overview(asker()), "deeds": _in_words(deeds), "through": THROUGH}

    return page(View("admin/index.html", context))


@bp.get("/shows")
def shows() -> Response:
    """All shows, drafts too."""
    asked = read_query(Searched)
    found = admins.shows(asker(), search=asked.q, limit=LISTED, before=asked.before)
    return page(View("admin/shows.html", lambda: {"shows": found, **_paging(found, asked)}))


@bp.get("/accounts")
def accounts() -> Response:
    """All accounts."""
    asked = read_query(Searched)
    found = admins.accounts(asker(), search=asked.q, limit=LISTED, before=asked.before)
    return page(View("admin/accounts.html", lambda: {"accounts": found, **_paging(found, asked)}))


@bp.get("/acts")
def acts() -> Response:
    """What admins did, the latest first."""
    asked = read_query(OlderDeeds)
    found = admins.deeds(asker(), limit=LISTED, before=asked.before)
    older_than = found[-1].act.id if len(found) == LISTED else None
    return page(
        View(
            "admin/acts.html",
            lambda: {"deeds": _in_words(found), "through": THROUGH, "older_than": older_than, "asked": asked},
        )
    )


def _in_words(deeds: Sequence[Deed]) -> list[tuple[Deed, str]]:
    return [(deed, words_of(deed.act, deed.currency)) for deed in deeds]


def _paging(found: Sequence[Account | ListedShow], asked: Searched) -> dict[str, Any]:
    return {"asked": asked, "older_than": found[-1].id if len(found) == LISTED else None}
