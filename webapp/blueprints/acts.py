"""What was done with a show, over v1."""

from flask import Blueprint, Response

from webapp import paging
from webapp.act_words import words_of
from webapp.blueprints.clients import clients_only
from webapp.contract import Call
from webapp.identity import signed_in
from webapp.questions import read_query
from webapp.replies import json_response
from webapp.schemas import managers as schemas
from webapp.services import acts, shows

bp = Blueprint("acts", __name__)


@bp.get("/shows/<id:show_id>/acts")
@Call("list_acts", who="those who run it", asks=schemas.ActPage, gives={200: list[schemas.Act]})
@clients_only
def index(show_id: int) -> Response:
    """What was done with a show, by whom and through what, the latest first."""
    show = shows.organized(signed_in(), show_id)
    asked = read_query(schemas.ActPage)
    found = acts.of_show(show_id, limit=asked.limit, before=asked.cursor)
    return json_response(
        [_told(act, show.currency) for act in found],
        headers=paging.next_link(found, asked, lambda act: str(act.id)),
    )


def _told(act: acts.Act, currency: str) -> schemas.Act:
    return schemas.Act(
        id=act.id,
        acted_at=act.acted_at,
        user_id=act.user_id,
        user_name=act.user_name,
        as_admin=act.as_admin,
        act=act.act,
        about=act.about,
        details=act.details,
        words=words_of(act, currency),
        through=act.through,
    )
