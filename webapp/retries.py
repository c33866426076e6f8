"""Requests that may be sent again: with a key of theirs they are done once, and answered as before.

Clients send an Idempotency-Key, of which all is told here; the forms of pages carry one too (webapp.resent_forms).
"""

from flask import Flask, Response, g, request

from webapp import resent_forms
from webapp.identity import asker, network
from webapp.limits import pay_as_reading
from webapp.refusals import refuse
from webapp.services.kept_answers import Answer, Once, once
from webapp.services.refusals import Refusal
from webapp.tongues import Tongue, current_tongue

CHANGING = {"POST", "PUT", "PATCH", "DELETE"}
# It changes nothing, and its answer is a secret.
NOT_KEPT = {"users.login", "v1.users.login"}
# A plan or a picture is read, which takes a while, before anything is written.
READ_LONG = {
    *["plans.create", "plans.save_version", "running.set_picture", "plan_imports.keep", "plan_drafts.save"],
    *["v1.plans.create", "v1.plans.save_version", "v1.running.set_picture"],
}
# Those that tell where something is or goes on; all others are made anew.
KEPT_HEADERS = ("Content-Type", "Location", "Link")


def register(app: Flask) -> None:
    """Put this around the requests of `app`."""
    app.before_request(_begin)
    app.after_request(_keep)
    app.teardown_request(_let_go)
    resent_forms.register(app)


def _begin() -> Response | None:
    if request.method not in CHANGING or request.endpoint is None:
        return None
    is_read_long = request.endpoint in READ_LONG
    if current_tongue() is not Tongue.JSON:
        return resent_forms.begin(is_read_long=is_read_long)
    key = request.headers.get("Idempotency-Key")
    if key is None or request.endpoint in NOT_KEPT:
        return None
    named = key.strip().removeprefix('"').removesuffix('"')
    begun = once(_caller(), named, _sent(), is_read_long=is_read_long)
    if isinstance(begun, Answer):
        pay_as_reading()
        return Response(begun.body, begun.status, {**begun.headers, "Idempotency-Replayed": "true"})
    g.once = begun
    return None


def _caller() -> str:
    found = asker()
    if found:
        return f"user {found.id}"
    return f"address {network()}"


def _sent() -> bytes:
    made_from = request.headers.get("If-Match")
    return b"\n".join(
        [
            request.method.encode(),
            request.full_path.encode(),
            *([made_from.encode()] if made_from else []),
            request.get_data(),
        ]
    )


def _keep(response: Response) -> Response:
    begun: Once | None = g.pop("once", None)
    if begun is None:
        return response
    answer = resent_forms.answered(response) if "deed" in g else _answered(response)
    if answer is None:
        begun.let_go()
        resent_forms.forget_who_was_begun()
        return response
    try:
        begun.keep(answer)
    except Refusal as refusal:
        resent_forms.forget_what_was_told()
        return refuse(refusal)
    return response


def _answered(response: Response) -> Answer | None:
    """What is kept for a client; None for a no that did nothing."""
    # A conflict is the state's decision, and may have changed it: a hold that ended is expired from then on.
    if not (response.status_code < 300 or response.status_code == 409):
        return None
    is_secret = response.cache_control.no_store
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    return Answer(response.status_code, headers, None if is_secret else response.get_data())


def _let_go(_: BaseException | None) -> None:
    begun: Once | None = g.pop("once", None)
    if begun is not None:
        begun.let_go()
