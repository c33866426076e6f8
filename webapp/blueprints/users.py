"""Accounts and sign-in for clients."""

from flask import Blueprint, Response, url_for

from webapp.blueprints.clients import clients_only
from webapp.contract import Call
from webapp.identity import issue_token, signed_in, trying_password_of
from webapp.questions import read
from webapp.replies import json_response
from webapp.schemas.users import AccessToken, Credentials, NewUser, User
from webapp.services import accounts

bp = Blueprint("users", __name__)


@bp.post("/users/")
@Call("sign_up", who="anyone", takes=NewUser, gives={201: User}, refuses=("already-in-use",), located=True)
@clients_only
def sign_up() -> Response:
    """Create an account."""
    user, _ = accounts.sign_up(**read(NewUser).model_dump(), through="api")
    return json_response(User.model_validate(user), 201, {"Location": url_for(".me")})


@bp.post("/login")
@Call(
    "sign_in", who="anyone", takes=Credentials, gives={200: AccessToken}, refuses=("sign-in-failed", "sign-in-slowed")
)
@clients_only
def login() -> Response:
    """Give an access token for e-mail and password."""
    asked = read(Credentials)
    with trying_password_of(asked.email):
        user, token_version = accounts.sign_in(**asked.model_dump(), through="api")
    token, seconds = issue_token(user.id, token_version)
    return json_response(AccessToken(access_token=token, expires_in=seconds), headers={"Cache-Control": "no-store"})


@bp.get("/users/me")
@Call("get_me", who="a user", gives={200: User})
@clients_only
def me() -> Response:
    """Who the token says one is."""
    return json_response(User.model_validate(signed_in()))
