"""Who asks: a bearer token or an API key in JSON, the session cookie on pages, and neither in the place of the other.

A browser may be a guest's, who holds seats before they say who they are. A client never is.
"""

from contextlib import AbstractContextManager
from datetime import timedelta

from flask import Flask, current_app, g, request, session

from webapp.browser_sessions import asker_of_session, begin_as, end_for_good, is_of_account
from webapp.services import accounts, api_keys
from webapp.services.accounts import guesses, tokens
from webapp.services.accounts.addresses import hashed, hashed_address
from webapp.services.asker import Asker, Bearer
from webapp.services.refusals import NotSignedIn
from webapp.tongues import Tongue, bearer_token, current_tongue

# Whose verbs compare the version of a token in their own statement.
COMPARED_BY_VERB = {f"{version}reservations.{verb}" for version in ("", "v1.") for verb in ("hold", "confirm")}
ENDED = "ended tokens"
MOST_REMEMBERED = 10_000


def asker() -> Asker | None:
    """The user or guest who sent this request, or None; read once a request.

    Raises `NotSignedIn` for a token or an API key that is not, or no longer, good.
    """
    if "asker" not in g:
        g.asker = _of_token() if current_tongue() is Tongue.JSON else asker_of_session()
    found: Asker | None = g.asker
    return found


def claimant() -> Asker | Bearer | None:
    """Who sent this request, perhaps by what their token says alone: what they ask for compares its version itself."""
    found: Bearer | None = g.get("bearer")
    if found is None and "asker" not in g and request.endpoint in COMPARED_BY_VERB:
        found = _bearer()
        if found:
            g.bearer = found
    return found or asker()


def acting(*, back_to: str | None = None) -> Asker | Bearer:
    """The user with an account, for a verb that takes a bearer; raises `NotSignedIn` as `signed_in` does."""
    found = claimant()
    return found if isinstance(found, Bearer) else signed_in(back_to=back_to)


def note_ended() -> None:
    """Ask from now on first, where the bearer of this request was refused: a version never becomes good again."""
    ended = _ended()
    if "bearer" in g and "asker" not in g:
        if len(ended) >= MOST_REMEMBERED:
            ended.clear()
        ended.add(g.bearer)


def looker() -> Asker | None:
    """Who looks at something that a page is made of, such as a picture: a browser asks for it as a program would.

    So here alone the session counts where there is no token, for which `asker` would not look.
    """
    return asker() or (asker_of_session() if bearer_token() is None else None)


def signed_in(*, back_to: str | None = None) -> Asker:
    """The user with an account; raises `NotSignedIn`, after which a browser comes back to `back_to` (default: this
    page)."""
    found = asker()
    if found is None or found.is_guest:
        raise _sign_in_first(back_to)
    return found


def account_or_guest(*, back_to: str | None = None) -> Asker:
    """Whoever this browser or client is known as, a guest too; raises `NotSignedIn` as `signed_in` does."""
    found = asker()
    if found is None:
        raise _sign_in_first(back_to)
    return found


def buyer(*, back_to: str | None = None) -> Asker:
    """Who holds seats: whoever this browser or client is known as, else a new guest.

    Of two first clicks of one browser at once both get the same guest, since both come with the form token of one
    session. Raises `NotSignedIn` for a client without a token, and for a session that an account has outlived: this
    click may have been under way when another one made the guest an account, and must not take its session away.
    """
    found = asker()
    form_token = session.get("csrf_token")
    if found is not None or current_tongue() is Tongue.JSON or not form_token or is_of_account():
        return found or account_or_guest(back_to=back_to)
    browser = hashed("browser", form_token, key=current_app.config["SECRET_KEY"])
    guest, token_version = accounts.begin_guest(address=network(), browser=browser)
    go_on_as(guest, token_version)
    return guest


def network() -> str:
    """The network this request came from, as a keyed hash."""
    return hashed_address(request.remote_addr, key=current_app.config["SECRET_KEY"])


def trying_password_of(email: str) -> AbstractContextManager[None]:
    """The block in which this request tries a password of the account with this e-mail address, as often as it may.

    Raises `SignInSlowed`.
    """
    account = hashed("account", email, key=current_app.config["SECRET_KEY"])
    return guesses.counted(guesses.Guesser(email, account, network()))


def guest_of_this_browser() -> Asker | None:
    """The guest who sent this request, if it was one."""
    found = asker()
    return found if found and found.is_guest else None


def _sign_in_first(back_to: str | None) -> NotSignedIn:
    if back_to is None:
        back_to = request.full_path.rstrip("?") if request.method == "GET" else None
    return NotSignedIn("Sign in to go on.").coming_back_to(back_to)


def register(app: Flask) -> None:
    """Let every page know who it is for."""
    app.extensions[ENDED] = set()
    app.context_processor(lambda: {"asker": asker()})


def begin_session(user_id: int, token_version: int) -> None:
    """Sign the browser in, in a session that keeps nothing of the one before, which is over: not even the token of its
    forms, which whoever planted that session would know."""
    end_for_good()
    session.clear()
    begin_as(user_id, token_version)
    g.pop("asker", None)


def go_on_as(guest: Asker, token_version: int) -> None:
    """Have the browser be this guest's from now on; the forms in its open pages stay good."""
    begin_as(guest.id, token_version)
    g.asker = guest


def end_session() -> None:
    """Sign the browser out, and whoever has a copy of its cookie; the forms in its other tabs stay good, so that the
    next press there is somebody new's.

    Not so for a guest, whom the browser would be again by the same form token.
    """
    form_token = None if guest_of_this_browser() else session.get("csrf_token")
    end_for_good()
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


def speaks_with_key() -> bool:
    """Whether this request carries an API key, be it good or not."""
    return (bearer_token() or "").startswith(api_keys.WORD)


def _ended() -> set[Bearer]:
    found: set[Bearer] = current_app.extensions[ENDED]
    return found


def _bearer() -> Bearer | None:
    """Who the access token says it is of; None where there is none, or it is to be asked about first."""
    token = bearer_token()
    if token is None or speaks_with_key():
        return None
    found = Bearer(*tokens.read(token, key=current_app.config["SECRET_KEY"]))
    return None if found in _ended() else found


def _of_token() -> Asker | None:
    token = bearer_token()
    if token is None:
        return None
    if speaks_with_key():
        return api_keys.asker(token)
    user_id, token_version = tokens.read(token, key=current_app.config["SECRET_KEY"])
    found = accounts.asker(user_id, token_version, through="api")
    if found is None:
        raise tokens.ended()
    return found
