"""What a problem document tells a program: the same fields for every kind of no, and the facts of some.

These describe, and are not filled in: a field with a default is one that is there only where it is known.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from webapp.schemas.base import Answer
from webapp.schemas.offers import Offer, OfferedSeat
from webapp.schemas.reservations import Status
from webapp.schemas.shows import FieldChange


class Problem(Answer):
    """Why it was refused (RFC 9457): `type` is what a program decides by, `detail` a sentence for a person."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    request_id: str


class FieldError(Answer):
    """What is wrong with a field; `pointer` is a JSON pointer (RFC 6901) after #."""

    pointer: str
    detail: str


class WrongFields(Answer):
    """Each field that is wrong, where fields are."""

    errors: Annotated[list[FieldError], Field(default=None)]


class Missing(Answer):
    """The seats, by what they were asked for with, that are not there."""

    seats: Annotated[list[int | str], Field(default=None)]


class Needed(Answer):
    """The scope that the API key lacks."""

    scope: Literal["reading", "holding", "administering"]


class TakenSeat(Answer):
    """A seat that somebody has; `yours` is one that the asker has bought, `house` one that the house keeps."""

    seat_id: int
    seat_number: str
    reason: Literal["held", "sold", "yours", "house"]
    held_until: Annotated[datetime, Field(default=None)]


class TakenSeats(Answer):
    """Who was faster, and what can be had instead."""

    seats: list[TakenSeat]
    offers: list[Offer]


class Offers(Answer):
    """What can be had instead, the best first."""

    offers: list[Offer]


class NoneTogether(Offers):
    """How many seats of the show are free just now, whatever they are like; none where it is full."""

    free: int


class LonelySeats(Offers):
    """The seats that would be left alone, where they are known."""

    seats: Annotated[list[OfferedSeat], Field(default=None)]


class ComingSeat(OfferedSeat):
    """A seat that others may have first, until then."""

    open_at: datetime


class ComingSeats(Offers):
    """Which seats are for others first, and when the last of them is not any more."""

    seats: list[ComingSeat]
    open_at: datetime


class Limit(Answer):
    """How many seats one buyer may have."""

    limit: int


class Closed(Answer):
    """Why nothing is sold, or changed."""

    reason: Literal["cancelled", "begun", "draft", "not yet", "ended"]
    on_sale_at: Annotated[datetime, Field(default=None)]


class Changed(Answer):
    """What the show has become since; where its plan was to be changed, the version that it has now."""

    edition: int
    changed_by: Annotated[str | None, Field(default=None)]
    changed_at: Annotated[datetime | None, Field(default=None)]
    changes: Annotated[list[FieldChange], Field(default=None)]
    plan_version: Annotated[int, Field(default=None)]


class Buyers(Answer):
    """How many seats buyers have."""

    held: int
    sold: int


class Holds(Answer):
    """The seats that are meant."""

    seats: list[OfferedSeat]


class Unsold(Answer):
    """A reservation that is no sale, or none any more."""

    reservation_id: int
    seat_number: str
    status: Status
    moved_to: int | None


class UnsoldReservations(Answer):
    """Those that are not sold."""

    reservations: list[Unsold]


class BarredSeat(Answer):
    """A seat with which it cannot be done."""

    seat_id: int | None
    seat_number: str
    reason: Literal["missing", "held", "sold", "blocked", "not blocked"]


class BarredDate(Answer):
    """How many seats are in the way on a date, and the first of them."""

    show_id: int
    starts_at: datetime
    obstacles: int
    seats: list[BarredSeat]


class BarredDates(Answer):
    """The dates on which it cannot be done."""

    dates: list[BarredDate]


class Labels(Answer):
    """The labels that are there already, where they are known."""

    seats: Annotated[list[str], Field(default=None)]


class KeptSeat(Answer):
    """A seat that somebody has and that would go."""

    seat_id: int
    seat_number: str
    reservation_id: int
    reason: Literal["sold", "held", "house"]


class KeptSeats(Answer):
    """How many seats that somebody has would go, and the first of them."""

    count: int
    seats: list[KeptSeat]


class Unusable(Answer):
    """Why the invitation is not good."""

    reason: Literal["accepted", "revoked", "expired", "yours"]


class PlaceInPlan(Answer):
    """Where in the plan it is, where that is known."""

    line: Annotated[int, Field(default=None)]
    seat: Annotated[str, Field(default=None)]


class Label(Answer):
    """The label, or the code point that none may have."""

    label: Annotated[str, Field(default=None)]
    codepoint: Annotated[str, Field(default=None)]


# The facts of the problems that have some, by their slugs.
FACTS: Mapping[str, type[Answer]] = {
    "not-found": Missing,
    "scope-missing": Needed,
    "invalid": WrongFields,
    "already-in-use": WrongFields,
    "picture-unusable": WrongFields,
    "seat-taken": TakenSeats,
    "none-together": NoneTogether,
    "lonely-seat": LonelySeats,
    "others-first": ComingSeats,
    "seat-limit-reached": Limit,
    "not-on-sale": Closed,
    "changed-meanwhile": Changed,
    "precondition-failed": Changed,
    "has-buyers": Buyers,
    "hold-expired": Holds,
    "hold-released": Holds,
    "already-confirmed": Holds,
    "not-sold": UnsoldReservations,
    "seats-not-free": BarredDates,
    "seats-not-blocked": BarredDates,
    "seat-number-in-use": Labels,
    "seats-still-taken": KeptSeats,
    "invitation-unusable": Unusable,
    "plan-unusable": PlaceInPlan,
    "seat-number-unusable": Label,
}
