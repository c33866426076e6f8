"""Forms that may be sent again: what was sent twice unchanged is done once, and leads on as before.

A form of which that is not true by itself carries a key, made when it was rendered (`once_field` in macros.html). A
form sent again after a change is another deed. What the first answer put into the session, such as a link that is told
once, is kept sealed: only who has the form can read it.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256, shake_256
from typing import Any

from flask import Flask, Response, g, request, session
from flask.json.tag import TaggedJSONSerializer

from webapp.limits import pay_as_reading
from webapp.replies import Notice, go_to
from webapp.services.kept_answers import Answer, once
from webapp.tongues import Tongue, current_tongue

FIELD = "once"
DONE = Notice("success", "This was done already, and once only.")
# They are the form's wrapping and not what is asked.
WRAPPING = {FIELD, "csrf_token"}
# What the browser has been told meanwhile is told for itself.
TOLD = "_flashes"

_session_json = TaggedJSONSerializer()


@dataclass(frozen=True)
class Deed:
    """What a form asks for, by a digest that nobody has who has not the form."""

    digest: bytes

    @property
    def key(self) -> str:
        """Its name among the kept answers, which does not tell the digest."""
        return sha256(b"key" + self.digest).hexdigest()

    def seal(self, text: bytes) -> bytes:
        """The text as only who has the form can read it; sealed again it is the text. Once for each deed."""
        pad = shake_256(b"pad" + self.digest).digest(len(text))
        return bytes(one ^ other for one, other in zip(text, pad, strict=True))


def register(app: Flask) -> None:
    """Let templates give a form its key."""
    app.add_template_global(lambda: secrets.token_urlsafe(16), "key_of_this_form")


def begin(*, is_read_long: bool) -> Response | None:
    """Begin what a form with a key asks for, or lead on as when it was done; a form without one is done as ever.

    The same form, sent again while the first is still under way, waits for it. A file is no part of what is looked at,
    so a form that sends one is done as ever, too; so is one that htmx sends, since it stays in the page, and its next
    press is meant.
    """
    key = request.form.get(FIELD)
    if not key or request.files or current_tongue() is not Tongue.PAGE:
        return None
    browser = _browser()
    told = json.dumps([key, browser, request.method, request.full_path, _asked()])
    deed = Deed(sha256(told.encode()).digest())
    begun = once(browser, deed.key, deed.digest, is_read_long=is_read_long, waits=True)
    if isinstance(begun, Answer):
        pay_as_reading()
        _go_on_with(json.loads(deed.seal(begun.body or b"")))
        return go_to(begun.headers["Location"], DONE)
    g.once, g.deed, g.session_before = begun, deed, dict(session)
    return None


def answered(response: Response) -> Answer | None:
    """What is kept of the answer to a form: where it leads and what it put into the session; None for a no."""
    if g.get("is_refused") or response.status_code >= 400:
        return None
    leads_to = response.headers.get("Location")
    if leads_to is None:  # a page, of which nothing is kept
        return Answer(response.status_code, {}, None)
    deed: Deed = g.deed
    before: Mapping[str, Any] = g.session_before
    put = {name: value for name, value in session.items() if name != TOLD and before.get(name) != value}
    taken = [name for name in before if name != TOLD and name not in session]
    changed = json.dumps({"put": _session_json.dumps(put), "taken": taken})
    return Answer(303, {"Location": leads_to}, deed.seal(changed.encode()))


def forget_who_was_begun() -> None:
    """Have the browser be whose it was, where what made it somebody's is undone: there is no such guest."""
    if "deed" not in g:
        return
    session.pop("user", None)
    if "user" in g.session_before:
        session["user"] = g.session_before["user"]


def forget_what_was_told() -> None:
    """Have the session be as before, where what it was told of is not done."""
    before = g.get("session_before")
    if before is not None:
        session.clear()
        session.update(before)


def _go_on_with(changed: Mapping[str, Any]) -> None:
    """Do to the session what the first answer did, whose cookie may have been lost."""
    for name in changed["taken"]:
        session.pop(name, None)
    session.update(_session_json.loads(changed["put"]))


def _asked() -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.form.items(multi=True) if name not in WRAPPING]


def _browser() -> str:
    """Whose form it is: what the cookie says, which is the same when the answer with a new one was lost."""
    told = json.dumps([session.get("csrf_token"), session.get("user")])
    return f"form {sha256(told.encode()).hexdigest()}"
