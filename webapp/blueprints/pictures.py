"""The pictures of shows, each under an address of its own for ever."""

from flask import Blueprint, Response

from webapp.blueprints.seat_maps import FOR_EVER
from webapp.identity import looker
from webapp.services import pictures

bp = Blueprint("pictures", __name__)


@bp.get("/pictures/<id:picture_id>")
def picture(picture_id: int) -> Response:
    """A picture: everybody's where a published show has it, else for those who run a show that does."""
    found = pictures.picture_for(picture_id, looker)
    response = Response(found.data, mimetype=found.media_type)
    response.headers["Cache-Control"] = FOR_EVER if found.is_public else "private, no-cache"
    return response
