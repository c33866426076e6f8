"""What forms ask about seats that the house keeps: seats pressed on a map, and times as clocks show them."""

from collections.abc import Sequence
from itertools import chain
from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, ValidationInfo, model_validator

from webapp.schemas.base import MOST_IN_A_PAGE
from webapp.schemas.house_seats import HouseSeats, HouseSeatsRelease, NewHouseBlock
from webapp.schemas.moments import at_venue

# Seats of the largest hall; how many of them one act may be about is the service's rule.
MOST_SPANNED = 100_000

# Ids of seats in short, "12-40 44": whole rows and sections, and what a form carries along.
IdSpans = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,18}(-[0-9]{1,18})?( [0-9]{1,18}(-[0-9]{1,18})?)*$")]


class PressedSeats(HouseSeats):
    """Seats of a show as a form names them."""

    ids: list[IdSpans] = Field(default_factory=list, max_length=MOST_IN_A_PAGE)

    @model_validator(mode="after")
    def _not_too_many(self) -> Self:
        if sum(map(len, spans_of(self.ids))) > MOST_SPANNED:
            raise ValueError(f"must be at most {MOST_SPANNED:,} seats")
        return self

    @property
    def named_ids(self) -> Sequence[int]:
        """The ids of all seats that were pressed, alone or with their row or section."""
        return list(dict.fromkeys([*self.seat_ids, *chain.from_iterable(spans_of(self.ids))]))


class NewHouseBlockInForm(PressedSeats, NewHouseBlock):
    """Seats to be blocked; the release time is a clock's reading at the venue, whose time zone is in the context."""

    @model_validator(mode="before")
    @classmethod
    def _release_at_venue(cls, fields: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
        assert info.context, "a time is read with its time zone as context"
        read = at_venue({**fields, "timezone": info.context["timezone"]}, ["release_at"])
        return {name: value for name, value in read.items() if name != "timezone"}


class HouseSeatsReleaseInForm(PressedSeats, HouseSeatsRelease):
    """Seats to be released."""


def spans_of(ids: Sequence[str]) -> Sequence[range]:
    """The spans of ids that are written so."""
    ends = [span.split("-") for spans in ids for span in spans.split()]
    return [range(int(end[0]), int(end[-1]) + 1) for end in ends]


def in_spans(ids: Sequence[int]) -> str:
    """The ids in short; the other way around than `spans_of`."""
    spans: list[list[int]] = []
    for seat_id in sorted(set(ids)):
        if spans and spans[-1][1] == seat_id - 1:
            spans[-1][1] = seat_id
        else:
            spans.append([seat_id, seat_id])
    return " ".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)
