"""One's API keys in the browser: what they are, one more, and one less."""

from typing import Any

from flask import Blueprint, Response, session, url_for

from webapp.blueprints.clients import people_only
from webapp.forms.api_keys import SCOPES, ApiKeyForm
from webapp.identity import signed_in, trying_password_of
from webapp.questions import read
from webapp.refusals import told_in
from webapp.replies import Notice, View, go_to, page
from webapp.schemas.api_keys import NewApiKeyForm
from webapp.services import accounts, api_keys

bp = Blueprint("account_keys", __name__, url_prefix="/account/keys")
bp.before_request(people_only)


def _page(**_: Any) -> View:
    return View("account_keys/page.html", _page_context)


def _page_context() -> dict[str, Any]:
    user = signed_in()
    return {
        "keys": api_keys.listed(user),
        "new_key": session.pop("api_key", None),
        "form": ApiKeyForm(),
        "scope_words": SCOPES,
        "has_password": accounts.has_password(user),
    }


@bp.get("/")
def index() -> Response:
    """One's API keys, and the form for one more."""
    signed_in()
    return page(_page())


@bp.post("/")
@told_in(page=_page)
def make() -> Response:
    """Make an API key, which the next page shows, and no other."""
    user = signed_in(back_to=url_for(".index"))
    asked = read(NewApiKeyForm).model_dump()
    with trying_password_of(user.email or ""):
        made, key = api_keys.make_with_password(user, **asked)
    session["api_key"] = [made.name, key]
    here = url_for(".index", _anchor="new-key")
    return go_to(here, Notice("success", f"The API key “{made.name}” is made. Copy it now."))


@bp.post("/<id:key_id>/revoke")
def revoke(key_id: int) -> Response:
    """Revoke one of them."""
    api_keys.revoke(signed_in(back_to=url_for(".index")), key_id)
    return go_to(url_for(".index"), Notice("success", "The API key is revoked: nothing can be done with it any more."))


@bp.post("/revoke")
def revoke_all() -> Response:
    """Revoke all of them."""
    revoked = api_keys.revoke_all(signed_in(back_to=url_for(".index")))
    told = "1 API key is revoked" if revoked == 1 else f"{revoked} API keys are revoked"
    return go_to(url_for(".index"), Notice("success", f"{told}: nothing can be done with them any more."))
