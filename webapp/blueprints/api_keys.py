"""API keys over v1: listed, made and revoked by who has an access token, never with a key."""

from dataclasses import asdict

from flask import Blueprint, Response

from webapp.blueprints.clients import clients_only
from webapp.contract import Call
from webapp.identity import signed_in
from webapp.questions import read
from webapp.replies import json_response
from webapp.schemas.api_keys import ApiKey, MadeApiKey, NewApiKey
from webapp.services import api_keys

bp = Blueprint("api_keys", __name__, url_prefix="/users/me/keys")


@bp.get("")
@Call("list_api_keys", who="a user", gives={200: list[ApiKey]})
@clients_only
def index() -> Response:
    """One's API keys."""
    return json_response([ApiKey.model_validate(key) for key in api_keys.listed(signed_in())])


@bp.post("")
@Call("make_api_key", who="a user", takes=NewApiKey, gives={201: MadeApiKey}, refuses=("told-once",))
@clients_only
def make() -> Response:
    """Make an API key; it is told this once."""
    made, key = api_keys.make(signed_in(), **read(NewApiKey).model_dump())
    return json_response(MadeApiKey(**asdict(made), key=key), 201, {"Cache-Control": "no-store"})


@bp.delete("/<id:key_id>")
@Call("revoke_api_key", who="a user", gives={204: None})
@clients_only
def revoke(key_id: int) -> Response:
    """Revoke one of one's API keys."""
    api_keys.revoke(signed_in(), key_id)
    return Response(status=204)
