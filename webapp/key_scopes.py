"""What an API key may do: asked in one place, of every request that comes with one, before anything else is done."""

from flask import Flask, request

from webapp.identity import asker, speaks_with_key
from webapp.lanes import Lane, lane_of
from webapp.services.refusals import Forbidden, ScopeMissing

# Nobody makes a key with a key, nor learns which others there are.
ABOUT_KEYS = {"api_keys", "account_keys"}


def register(app: Flask) -> None:
    """Put this before the requests of `app`."""
    app.before_request(_refuse_beyond_scopes)


def scope_of(endpoint: str, method: str) -> Lane:
    """The scope that a key needs for such requests; signing in is none that it can have."""
    if endpoint.removeprefix("v1.").partition(".")[0] in ABOUT_KEYS:
        return Lane.SIGNING_IN
    return lane_of(endpoint, method)


def _refuse_beyond_scopes() -> None:
    """Refuse a key that is not good, and one that was not made for this.

    Also where anybody may ask without one: whoever sends a key is to hear what is wrong with it.
    """
    if request.endpoint is None or not speaks_with_key():
        return
    found, needed = asker(), scope_of(request.endpoint, request.method)
    if needed is Lane.SIGNING_IN:
        raise Forbidden("No API key may do this. Do it with an access token: get one with POST /v1/login.")
    scopes = found.scopes if found else ()
    if needed not in scopes:
        raise ScopeMissing(
            f"This API key is for {' and '.join(scopes)}; this needs the scope {needed}. Make a key that has it.",
            scope=needed.value,
        )
