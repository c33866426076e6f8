"""How much one caller may ask, lane by lane: paid before anything is done, a few requests at a time.

An account pays for itself, whatever address it comes from; whoever has none, a guest too, pays from what all of their
network address have together, `NETWORK_SHARE` times as much: a school is behind one address.
"""

from contextlib import suppress
from hashlib import sha256

from flask import Flask, Response, current_app, g, request, session

from webapp.identity import claimant, network
from webapp.impatient import Impatient
from webapp.lanes import Lane, lane_of
from webapp.services import allowances
from webapp.services.allowances import Spent
from webapp.services.asker import Asker, Bearer
from webapp.services.refusals import Busy, NotSignedIn, TooManyRequests
from webapp.tallies import Tallies
from webapp.tongues import Tongue, bearer_token, current_tongue

NETWORK_SHARE = 10
NETWORK = "network"
IMPATIENT, TALLIES = "impatient", "tallies"
# What a browser asks for once and keeps, and whoever watches over the server.
FREE = {"static", "health.healthz", "health.readyz", "metrics.show", "pictures.picture", "seat_maps.stylesheet"}
# Whoever asks for these without being known is answered also where the database is not.
WITHOUT_DATABASE = {
    *["home.index", "accounts.sign_in", "accounts.sign_up", "problems.index", "problems.show"],
    *["docs.page", "docs.guide", "docs.example", "openapi.document", "v1.openapi.document"],
    *["status.show", "v1.status.show"],
}


def register(app: Flask) -> None:
    """Have each request to `app` paid for, before anything else is done about it, and clients told what is left."""
    app.extensions[IMPATIENT] = Impatient()
    app.extensions[TALLIES] = Tallies()
    app.before_request(_pay)
    app.after_request(_tell)


def pay_as_reading() -> None:
    """Have this request cost what looking at something does, since it turned out to do no more."""
    spent: Spent | None = g.get("spent")
    quota = current_app.config["LIMITS"][Lane.READING]
    if spent is None or not quota:
        return
    tallies: Tallies = current_app.extensions[TALLIES]
    if not tallies.give_back(spent):
        allowances.take_back(spent)
    caller, share = _payer()
    g.spent = tallies.pay(Lane.READING, caller, share * quota)
    _refuse_beyond(g.spent)


def _pay() -> None:
    endpoint = request.endpoint or ""
    lane = lane_of(endpoint, request.method)
    quota = current_app.config["LIMITS"][lane]
    if endpoint in FREE or not quota:
        return
    impatient: Impatient = current_app.extensions[IMPATIENT]
    tallies: Tallies = current_app.extensions[TALLIES]
    if impatient and (told := impatient.told(_named(lane))):
        g.spent, g.asker = told
        impatient.wait()
        _refuse_beyond(g.spent)
    try:
        # Whoever must be signed in is told so by what they ask for.
        with suppress(NotSignedIn):
            claimant()
        caller, share = _payer()
        g.spent = tallies.pay(lane, caller, share * quota)
    except Busy:
        if endpoint not in WITHOUT_DATABASE:
            raise
        return
    if g.spent.is_refused:
        impatient.remember(_named(lane), g.spent, g.get("asker"))
    _refuse_beyond(g.spent)


def _payer() -> tuple[str, int]:
    """Who pays for this request, and how many times the quota they have."""
    found: Asker | Bearer | None = g.get("asker", g.get("bearer"))
    if found is None or (isinstance(found, Asker) and found.is_guest):
        return f"{NETWORK} {network()}", NETWORK_SHARE
    if isinstance(found, Bearer):
        return f"user {found.id}", 1
    return f"key {found.api_key_id}" if found.api_key_id else f"user {found.id}", 1


def _named(lane: Lane) -> str:
    """Who sent this request into a lane, as a hash: it is kept a while, and may be long."""
    return f"{lane} {sha256((_credentials() or network()).encode()).hexdigest()}"


def _credentials() -> str | None:
    """What the request says of who sent it, true or not, where `asker` looks for it."""
    if current_tongue() is not Tongue.JSON:
        return str(session.get("user") or "")
    return bearer_token()


def _refuse_beyond(spent: Spent) -> None:
    if not spent.is_refused:
        return
    seconds = spent.seconds_until_next
    wait = "a second" if seconds == 1 else f"{seconds} seconds"
    who = "Your network asks" if spent.caller.startswith(NETWORK) else "You ask"
    raise TooManyRequests(f"{who} too much at once. Wait {wait}, then go on.", retry_after=seconds)


def _tell(response: Response) -> Response:
    spent: Spent | None = g.get("spent")
    if spent and current_tongue() is Tongue.JSON:
        response.headers["RateLimit-Policy"], response.headers["RateLimit"] = _fields(spent)
    return response


def _fields(spent: Spent) -> tuple[str, str]:
    """Both fields as in draft-ietf-httpapi-ratelimit-headers-11.

    What is left is promised for a whole window, so that who goes by the ratio of the two stays within the quota.
    """
    seconds = spent.window if spent.left else spent.seconds_until_next
    return f'"{spent.lane}";q={spent.quota};w={spent.window}', f'"{spent.lane}";r={spent.left};t={seconds}'
