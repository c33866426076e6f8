"""What the pages of house seats share: what was typed so far and is carried from one to the next, and previews."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from flask import Blueprint, request, url_for
from pydantic import TypeAdapter, ValidationError

from webapp.blueprints.clients import people_only
from webapp.house_drawing import sketch
from webapp.identity import signed_in
from webapp.schemas.base import Id
from webapp.schemas.house_seat_forms import MOST_SPANNED, IdSpans, in_spans, spans_of
from webapp.services import playbills, seat_maps, shows
from webapp.services.asker import Asker
from webapp.services.house_seats import Obstacle, Outlook
from webapp.services.seat_words import spanned

bp = Blueprint("house_seats", __name__, url_prefix="/organizer/shows/<id:show_id>/house-seats")
bp.before_request(people_only)

# Fields that say how the page is seen, not what is asked: the part of the hall, map or list, what a press picks.
ASIDE = ("part", "view", "picks")
# What a preview carries along, and gives back to whoever changes the choice.
CARRIED = ("seat_ranges", "other_show_ids", "reason", "release_at", "release_at_fold", "release_hours_before")

Read = TypeVar("Read")


def organizer_of(show_id: int) -> Asker:
    """Who asks, as long as they run the show; somebody who signs in for it comes back to the room's first page."""
    organizer = signed_in(back_to=url_for("house_seats.index", show_id=show_id))
    shows.refuse_strangers(organizer, show_id)
    return organizer


def chosen_so_far() -> Sequence[int]:
    """The ids of the seats that the form names, as far as it can be read."""
    spans = spans_of(_readable(IdSpans, request.form.getlist("ids")))
    alone = _readable(Id, request.form.getlist("seat_ids", type=int))
    if sum(map(len, spans)) > MOST_SPANNED:
        return alone
    return list(dict.fromkeys([*alone, *(seat_id for span in spans for seat_id in span)]))


def part_asked_for() -> str:
    """The part of a large hall that the form names: of two, the pressed button's comes after where it was sent from."""
    return request.form.getlist("part")[-1] if "part" in request.form else ""


def _readable(kind: Any, values: Iterable[Read]) -> list[Read]:
    adapter, found = TypeAdapter(kind), []
    for value in values:
        try:
            adapter.validate_python(value)
        except ValidationError:
            continue
        found.append(value)
    return found


def carried(ids: Sequence[int]) -> Sequence[tuple[str, str]]:
    """The fields with which a form says again what was said, about the seats with these ids."""
    again = [(name, value) for name in CARRIED for value in request.form.getlist(name) if value]
    again.append(("part", part_asked_for()))
    return [*again, ("ids", in_spans(ids))] if ids else again


def preview_context(show_id: int, outlooks: Sequence[Outlook]) -> Mapping[str, Any]:
    """What the preview of an act shows: each date, the hall, and what the forms below carry along."""
    own = next(outlook for outlook in outlooks if outlook.date.show_id == show_id)
    barred = {obstacle.seat_number for outlook in outlooks for obstacle in outlook.obstacles}
    fit = [seat for seat in own.seats if seat.seat_number not in barred]
    chart = seat_maps.chart_of(show_id, seat_maps.plan_version(show_id))
    numbers = {seat.seat_number: seat.id for seat in chart.seats.values() if seat.seat_number in barred}
    return {
        "show": playbills.playbill(show_id, organizer_of(show_id)),
        "outlooks": outlooks,
        "is_clear": not barred,
        "fit": fit,
        "named": spanned(fit),
        "in_the_way": {outlook.date.show_id: in_the_way(outlook.obstacles) for outlook in outlooks},
        "sketch": sketch(chart, [seat.seat_id for seat in fit], list(numbers.values())),
        "carried": carried(chosen_so_far()),
        "carried_fit": [field for field in carried([one.seat_id for one in fit]) if field[0] != "seat_ranges"],
    }


IN_THE_WAY = {
    "missing": "not in this show",
    "held": "held by {who}",
    "sold": "sold to {who}",
    "blocked": "blocked already: {who}",
    "not blocked": "not blocked",
}


def in_the_way(obstacles: Sequence[Obstacle]) -> Sequence[tuple[str, str]]:
    """What is in the way of an act on one date: each reason with its seats."""
    groups: dict[str, list[Obstacle]] = defaultdict(list)
    for obstacle in obstacles:
        groups[IN_THE_WAY[obstacle.reason].format(who=obstacle.who or "a buyer whose account is gone")].append(obstacle)
    return [(words, "; ".join(spanned(some))) for words, some in groups.items()]
