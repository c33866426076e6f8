"""Seats that the house keeps, for clients."""

from collections.abc import Sequence

from flask import Blueprint, Response

from webapp import paging
from webapp.blueprints.clients import clients_only
from webapp.contract import Call
from webapp.identity import signed_in
from webapp.questions import read, read_query
from webapp.replies import json_response
from webapp.schemas import house_seats as schemas
from webapp.services import house_seats, shows
from webapp.services.house_seats import Choice, Outlook, Until
from webapp.services.seat_labels import normalize_label

bp = Blueprint("house_blocks", __name__)


def choice_of(show_id: int, asked: schemas.HouseSeats) -> Choice:
    """The seats that are asked for, in the service's words."""
    return Choice(
        show_id,
        other_show_ids=asked.other_show_ids,
        seat_ids=asked.named_ids,
        seat_numbers=[normalize_label(number) for number in asked.seat_numbers],
        seat_ranges=asked.seat_ranges or "",
        rows=[(row.section, row.row) for row in asked.rows],
        sections=asked.sections,
        block_ids=asked.block_ids if isinstance(asked, schemas.HouseSeatsRelease) else (),
    )


@bp.get("/shows/<id:show_id>/house-seats")
@Call("list_house_blocks", who="those who run it", asks=schemas.BlockPage, gives={200: list[schemas.HouseBlock]})
@clients_only
def index(show_id: int) -> Response:
    """The blocks of a show that still keep seats."""
    shows.refuse_strangers(signed_in(), show_id)
    asked = read_query(schemas.BlockPage)
    found = house_seats.blocks_of(show_id, limit=asked.limit, before=asked.cursor)
    return json_response(
        [schemas.HouseBlock.model_validate(block) for block in found],
        headers=paging.next_link(found, asked, lambda block: str(block.id)),
    )


@bp.post("/shows/<id:show_id>/house-seats")
@Call(
    "block_seats",
    who="those who run it",
    takes=schemas.NewHouseBlock,
    gives={201: list[schemas.HouseBlock], 200: list[schemas.HouseDate]},
    refuses=("seats-not-free", "seat-number-unusable", "not-on-sale"),
)
@clients_only
def block(show_id: int) -> Response:
    """Block seats on one or several dates, or tell what that would do."""
    organizer = signed_in()
    shows.refuse_strangers(organizer, show_id)
    asked = read(schemas.NewHouseBlock)
    choice, until = choice_of(show_id, asked), Until(asked.release_at, asked.release_hours_before)
    if asked.preview:
        return _dates(house_seats.preview_block(organizer, choice, until=until))
    made = house_seats.block(organizer, choice, reason=asked.reason, until=until)
    return json_response([schemas.HouseBlock.model_validate(block) for block in made], 201)


@bp.post("/shows/<id:show_id>/house-seats/release")
@Call(
    "release_house_seats",
    who="those who run it",
    takes=schemas.HouseSeatsRelease,
    gives={200: list[schemas.HouseDate]},
    refuses=("seats-not-blocked", "seat-number-unusable", "not-on-sale"),
)
@clients_only
def release(show_id: int) -> Response:
    """Release blocked seats on one or several dates, or tell what that would do."""
    organizer = signed_in()
    shows.refuse_strangers(organizer, show_id)
    asked = read(schemas.HouseSeatsRelease)
    choice = choice_of(show_id, asked)
    if asked.preview:
        return _dates(house_seats.preview_release(organizer, choice))
    return _dates(house_seats.release(organizer, choice, reason=asked.reason))


def _dates(outlooks: Sequence[Outlook]) -> Response:
    return json_response([schemas.HouseDate.model_validate(outlook) for outlook in outlooks])
