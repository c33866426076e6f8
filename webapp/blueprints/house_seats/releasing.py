"""Blocked seats are released, after a look at what that would do."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Response, url_for

from webapp.blueprints.house_blocks import choice_of
from webapp.blueprints.house_seats.blocking import choosing_again
from webapp.blueprints.house_seats.choosing import choosing_page
from webapp.blueprints.house_seats.room import ASIDE, bp, organizer_of, preview_context
from webapp.questions import read
from webapp.refusals import told_in
from webapp.replies import Notice, View, go_to, next_path, page
from webapp.schemas.house_seat_forms import HouseSeatsReleaseInForm
from webapp.services import house_seats

# What the form asks of those who block.
OF_BLOCKS = ("release_at", "release_at_fold", "release_hours_before")


def _preview_page(show_id: int) -> View:
    return View("house_seats/preview.html", partial(_preview_context, show_id))


def _asked() -> HouseSeatsReleaseInForm:
    return read(HouseSeatsReleaseInForm, beside=[*ASIDE, *OF_BLOCKS])


def _preview_context(show_id: int) -> Mapping[str, Any]:
    organizer, asked = organizer_of(show_id), _asked()
    outlooks = house_seats.preview_release(organizer, choice_of(show_id, asked))
    return {**preview_context(show_id, outlooks), "act": "release", "reason": asked.reason, "until": None}


@bp.post("/release/preview")
@told_in(page=choosing_page)
def preview_release(show_id: int) -> Response:
    """What releasing the chosen seats would do."""
    return page(_preview_page(show_id))


@bp.post("/release")
@told_in(page=_preview_page, form=choosing_again)
def release(show_id: int) -> Response:
    """Release the chosen seats on all the chosen dates."""
    organizer, asked = organizer_of(show_id), _asked()
    released = house_seats.release(organizer, choice_of(show_id, asked), reason=asked.reason)
    seats, dates = max(len(one.seats) for one in released), len(released)
    told = f"{seats:,} {'seat is' if seats == 1 else 'seats are'} released{f' on {dates} dates' if dates > 1 else ''}."
    return go_to(next_path(url_for(".index", show_id=show_id)), Notice("success", told))
