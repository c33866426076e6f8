"""The chosen seats are blocked, after a look at what that would do."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Response, g, url_for

from webapp.blueprints.house_blocks import choice_of
from webapp.blueprints.house_seats.choosing import choosing_page
from webapp.blueprints.house_seats.room import ASIDE, bp, organizer_of, preview_context
from webapp.house_markup import until
from webapp.questions import read
from webapp.refusals import told_in
from webapp.replies import Notice, View, go_to, next_path, page
from webapp.schemas.house_seat_forms import NewHouseBlockInForm
from webapp.services import house_seats, playbills
from webapp.services.house_seats import Until


def _preview_page(show_id: int) -> View:
    return View("house_seats/preview.html", partial(_preview_context, show_id))


def choosing_again(show_id: int) -> View | None:
    """The page on which seats are chosen, where something was typed that cannot be."""
    return choosing_page(show_id) if g.get("field_errors") else None


def _asked(show_id: int) -> NewHouseBlockInForm:
    timezone = playbills.playbill(show_id, organizer_of(show_id)).timezone
    return read(NewHouseBlockInForm, beside=ASIDE, timezone=timezone)


def _preview_context(show_id: int) -> Mapping[str, Any]:
    asked = _asked(show_id)
    release = Until(asked.release_at, asked.release_hours_before)
    outlooks = house_seats.preview_block(organizer_of(show_id), choice_of(show_id, asked), until=release)
    return {
        **preview_context(show_id, outlooks),
        "act": "block",
        "reason": asked.reason,
        "until": {one.date.show_id: until(one.release_at, one.date.timezone) for one in outlooks},
    }


@bp.post("/preview")
@told_in(page=choosing_page)
def preview_block(show_id: int) -> Response:
    """What blocking the chosen seats would do."""
    return page(_preview_page(show_id))


@bp.post("/block")
@told_in(page=_preview_page, form=choosing_again)
def block(show_id: int) -> Response:
    """Block the chosen seats on all the chosen dates."""
    organizer = organizer_of(show_id)
    asked = _asked(show_id)
    release = Until(asked.release_at, asked.release_hours_before)
    made = house_seats.block(organizer, choice_of(show_id, asked), reason=asked.reason, until=release)
    seats, dates = len(made[0].seats), len(made)
    told = f"{seats:,} {'seat is' if seats == 1 else 'seats are'} blocked{f' on {dates} dates' if dates > 1 else ''}"
    return go_to(next_path(url_for(".index", show_id=show_id)), Notice("success", f"{told}: {asked.reason}."))
