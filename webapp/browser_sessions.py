"""Sessions of browsers, in Flask's signed cookie: whose each is, since when, and an id by which it is ended."""

import secrets
from datetime import timedelta
from time import time

from flask import current_app, session

from webapp.services import accounts
from webapp.services.asker import Asker


def begin_as(user_id: int, token_version: int) -> None:
    """Have the session be this user's from now on, by a new id; the former is ended, also in copies of its cookie."""
    end_for_good()
    session.permanent = True
    session["user"] = [user_id, token_version, secrets.token_urlsafe(16), int(time())]


def end_for_good() -> None:
    """End whatever session this is, also in copies of its cookie."""
    match session.get("user"):
        case [int(), int(), str(session_id), int()]:
            accounts.end_session(session_id)


def is_of_account() -> bool:
    """Whether the session names an account, be the session good or not."""
    match session.get("user"):
        case [int(user_id), *_]:
            return accounts.is_account(user_id)
    return False


def asker_of_session() -> Asker | None:
    """Whose the session is; None where it is nobody's, or no good any more."""
    match session.get("user"):
        case [int(user_id), int(token_version), str(session_id), int(since)] if _is_young(since):
            # A session that is no good any more stays as it is. This request may have been under way when another one
            # of the same browser made its guest an account: a cookie from here would end the session that one began.
            return accounts.asker(user_id, token_version, through="page", session_id=session_id)
    return None


def _is_young(since: int) -> bool:
    """Whether a session that began then may last; its cookie is signed anew whenever something is put into it, and so
    would never end by itself."""
    life: timedelta = current_app.permanent_session_lifetime
    return time() - since < life.total_seconds()
