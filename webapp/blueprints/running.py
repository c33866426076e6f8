"""What programs do with a show as a whole: change, publish, copy and cancel it."""

from collections.abc import Sequence

from flask import Blueprint, Response

from webapp import paging
from webapp.blueprints.clients import clients_only
from webapp.conditional import edition_seen, heeding_if_match
from webapp.contract import Call
from webapp.identity import signed_in
from webapp.questions import read, read_query
from webapp.replies import json_response
from webapp.schemas import show_details as asked_for
from webapp.schemas import shows as schemas
from webapp.services import pictures, seating, shows
from webapp.services.shows import PlannedDate, Prospect, Show

bp = Blueprint("running", __name__)


@bp.get("/users/me/shows")
@Call("list_my_shows", who="a user", asks=schemas.OwnShowPage, gives={200: list[schemas.Show]})
@clients_only
def own() -> Response:
    """The shows one runs."""
    asked = read_query(schemas.OwnShowPage)
    found = shows.of_organizer(
        signed_in(),
        search=asked.search,
        status=asked.status,
        starts_from=asked.starts_from,
        starts_before=asked.starts_before,
        limit=asked.limit,
        after=paging.read_moment_cursor(asked.cursor),
    )
    return json_response(_all(found), headers=paging.next_link(found, asked, paging.start_cursor))


@bp.patch("/shows/<id:show_id>")
@Call(
    "change_show",
    who="those who run it",
    takes=asked_for.ShowChange,
    gives={200: schemas.Show | schemas.ShowProspect},
    refuses=("changed-meanwhile", "precondition-failed", "not-on-sale"),
    follows_editions=True,
)
@clients_only
@heeding_if_match
def change(show_id: int) -> Response:
    """Change details of a show, or learn what that would do."""
    organizer, asked = signed_in(), read(asked_for.ShowChange)
    edition = edition_seen(show_id, asked.edition)
    if asked.preview:
        return json_response(_told(shows.prospect(organizer, show_id, edition, **asked.details())))
    return _one(shows.change(organizer, show_id, edition, **asked.details()))


@bp.post("/shows/<id:show_id>/publish")
@Call("publish_show", who="those who run it", gives={200: schemas.Show}, refuses=("not-on-sale",))
@clients_only
def publish(show_id: int) -> Response:
    """Publish a draft."""
    return _one(shows.publish(signed_in(), show_id))


@bp.post("/shows/publish")
@Call(
    "publish_shows",
    who="those who run them",
    takes=asked_for.ShowsChosen,
    gives={200: list[schemas.Show]},
    refuses=("not-on-sale", "not-found"),
)
@clients_only
def publish_several() -> Response:
    """Publish several drafts, all or none."""
    organizer = signed_in()
    return json_response(_all(shows.publish_all(organizer, read(asked_for.ShowsChosen).show_ids)))


@bp.post("/shows/<id:show_id>/unpublish")
@Call("unpublish_show", who="those who run it", gives={200: schemas.Show}, refuses=("has-buyers", "not-on-sale"))
@clients_only
def unpublish(show_id: int) -> Response:
    """Make a draft of a show again."""
    return _one(shows.unpublish(signed_in(), show_id))


@bp.post("/shows/<id:show_id>/cancel")
@Call("cancel_show", who="those who run it", gives={200: schemas.Show})
@clients_only
def cancel(show_id: int) -> Response:
    """Cancel a show."""
    return _one(shows.cancel(signed_in(), show_id))


@bp.post("/shows/<id:show_id>/prices")
@Call(
    "set_prices",
    who="those who run it",
    takes=asked_for.NewPrices,
    gives={200: schemas.Show},
    refuses=("changed-meanwhile", "precondition-failed", "not-on-sale"),
    follows_editions=True,
)
@clients_only
@heeding_if_match
def set_prices(show_id: int) -> Response:
    """Set prices by the names of their categories."""
    organizer, asked = signed_in(), read(asked_for.NewPrices)
    shows.refuse_strangers(organizer, show_id)
    edition = edition_seen(show_id, asked.edition)
    ids = seating.category_ids_named(show_id, asked.prices)
    seating.set_prices(organizer, show_id, edition, {ids[name]: price for name, price in asked.prices.items()})
    return _one(shows.one(show_id, organizer))


@bp.post("/shows/<id:show_id>/duplicate")
@Call(
    "duplicate_show",
    who="those who run it",
    takes=asked_for.NewDates,
    gives={201: list[schemas.Show], 200: list[schemas.Show] | list[schemas.PlannedDate]},
)
@clients_only
def duplicate(show_id: int) -> Response:
    """Copy a show to other dates, or learn what is there already."""
    organizer, asked = signed_in(), read(asked_for.NewDates)
    if asked.preview:
        return json_response([_date(date) for date in shows.plan_dates(organizer, show_id, asked.starts)])
    copies = shows.duplicate(organizer, show_id, asked.starts)
    return json_response(_all(copies.shows), 201 if copies.made else 200)


@bp.post("/shows/<id:show_id>/picture")
@Call(
    "set_picture",
    who="those who run it",
    takes=asked_for.NewPicture,
    gives={200: schemas.Show},
    refuses=("changed-meanwhile", "precondition-failed", "picture-unusable"),
    follows_editions=True,
)
@clients_only
@heeding_if_match
def set_picture(show_id: int) -> Response:
    """Give a show a picture."""
    organizer = signed_in()
    shows.refuse_strangers(organizer, show_id)
    # The largest body that is taken here is read of nobody else.
    asked = read(asked_for.NewPicture)
    edition = edition_seen(show_id, asked.edition)
    return _one(pictures.describe_with(organizer, show_id, edition, data=asked.picture, alt=asked.alt))


@bp.post("/shows/<id:show_id>/picture/remove")
@Call(
    "remove_picture",
    who="those who run it",
    takes=asked_for.MadeFrom,
    gives={200: schemas.Show},
    refuses=(
        "changed-meanwhile",
        "precondition-failed",
    ),
    follows_editions=True,
)
@clients_only
@heeding_if_match
def remove_picture(show_id: int) -> Response:
    """Take the picture from a show."""
    organizer, asked = signed_in(), read(asked_for.MadeFrom)
    return _one(pictures.take_away(organizer, show_id, edition_seen(show_id, asked.edition)))


def _one(show: Show) -> Response:
    return json_response(schemas.Show.model_validate(show))


def _all(found: Sequence[Show]) -> list[schemas.Show]:
    return [schemas.Show.model_validate(show) for show in found]


def _told(prospect: Prospect) -> schemas.ShowProspect:
    changes = [schemas.FieldChange(field=name, was=was, now=now) for name, (was, now) in prospect.changed.items()]
    return schemas.ShowProspect(changes=changes, buyers=prospect.buyers, seats=prospect.seats)


def _date(date: PlannedDate) -> schemas.PlannedDate:
    return schemas.PlannedDate(
        starts_at=date.starts_at,
        on_sale_at=date.on_sale_at,
        off_sale_at=date.off_sale_at,
        there=date.there.id if date.there else None,
        beside=date.beside.id if date.beside else None,
    )
