"""Who asks: a bearer token in JSON, the session cookie on pages, and neither in the place of the other."""

from datetime import timedelta

from flask import Flask, current_app, g, request, session

from webapp.services import accounts
from webapp.services.accounts import tokens
from webapp.services.asker import Asker
from webapp.services.refusals import NotSignedIn
from webapp.tongues import Tongue, current_tongue, speaks_with_token


def asker() -> Asker | None:
    """The signed-in user who sent this request, or None; read once a request.

    Raises `NotSignedIn` for a token that is not, or no longer, good.
    """
    if "asker" not in g:
        g.asker = _of_token() if current_tongue() is Tongue.JSON else _of_session()
    found: Asker | None = g.asker
    return found


def signed_in(*, back_to: str | None = None) -> Asker:
    """The signed-in user; raises `NotSignedIn`, after which a browser comes back to `back_to` (default: this page)."""
    found = asker()
    if found is None:
        if back_to is None:
            back_to = request.full_path.rstrip("?") if request.method == "GET" else None
        raise NotSignedIn("Sign in to go on.").coming_back_to(back_to)
    return found


def register(app: Flask) -> None:
    """Let every page know who it is for."""
    app.context_processor(lambda: {"asker": asker()})


def begin_session(user_id: int, token_version: int) -> None:
    """Sign the browser in, in a session that keeps nothing of the one before."""
    session.clear()
    session.permanent = True
    session["user"] = [user_id, token_version]
    g.pop("asker", None)


def end_session() -> None:
    """Sign the browser out; the forms in its other tabs stay good, so that the next press there leads to sign-in."""
    form_token = session.get("csrf_token")
    session.clear()
    if form_token:
        session["csrf_token"] = form_token
    g.pop("asker", None)


def issue_token(user_id: int, token_version: int) -> tuple[str, int]:
    """An access token for the user and its life in seconds."""
    life = timedelta(minutes=current_app.config["TOKEN_MINUTES"])
    return tokens.issue(user_id, token_version, key=current_app.config["SECRET_KEY"], life=life), int(
        life.total_seconds()
    )


def _of_token() -> Asker | None:
    if not speaks_with_token(request):
        return None
    token = request.headers["Authorization"].partition(" ")[2].strip()
    user_id, token_version = tokens.read(token, key=current_app.config["SECRET_KEY"])
    found = accounts.asker(user_id, token_version, through="api")
    if found is None:
        raise NotSignedIn("This access token is no longer good. Get a new one with POST /v1/login.")
    return found


def _of_session() -> Asker | None:
    match session.get("user"):
        case [int(user_id), int(token_version)]:
            found = accounts.asker(user_id, token_version, through="page")
            if found is None:
                end_session()
            return found
    return None
