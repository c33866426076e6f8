"""What is asked and answered about seats that the house keeps."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import AliasPath, Field, StringConstraints, model_validator

from webapp.schemas.base import Answer, Id, Line, Page, Question, ShortLine, SmallId
from webapp.schemas.moments import Moment
from webapp.schemas.shows import SeatLabel

# What one act may name; how many seats it may be about is the service's rule.
MOST_NAMED = 10_000
MOST_DATES = 100
MOST_HOURS = 24 * 365


class SeatRow(Question):
    """A row by its name, and the section it is in, if it is in one."""

    section: ShortLine | None = None
    row: ShortLine


class HouseSeats(Question):
    """Seats of a show named in any of these ways, and the other dates on which the same are meant."""

    seat_ids: list[Id] = Field(default_factory=list, max_length=MOST_NAMED)
    seat_numbers: list[SeatLabel] = Field(default_factory=list, max_length=MOST_NAMED)
    seat_ranges: Annotated[str, StringConstraints(max_length=20_000)] | None = None
    rows: list[SeatRow] = Field(default_factory=list, max_length=1_000)
    sections: list[ShortLine] = Field(default_factory=list, max_length=1_000)
    other_show_ids: list[SmallId] = Field(default_factory=list, max_length=MOST_DATES)

    @property
    def named_ids(self) -> Sequence[int]:
        """The ids of all seats that are named so."""
        return self.seat_ids


class NewHouseBlock(HouseSeats):
    """Seats to be blocked for a reason, for good or until a time."""

    reason: Line
    release_at: Moment | None = None
    release_hours_before: Annotated[int, Field(ge=1, le=MOST_HOURS)] | None = None
    preview: bool = False

    @model_validator(mode="after")
    def _names_one_release_time(self) -> Self:
        if self.release_at is not None and self.release_hours_before is not None:
            raise ValueError("must name the release time either by release_at or by release_hours_before")
        return self


class HouseSeatsRelease(HouseSeats):
    """Blocked seats to be released: some, or all that are left of a block."""

    block_ids: list[SmallId] = Field(default_factory=list, max_length=1_000)
    reason: Line | None = None
    preview: bool = False


class BlockPage(Page):
    """Which blocks are asked for; `cursor` is the id of the last one of the page before."""

    cursor: SmallId | None = None


class HouseSeat(Answer):
    """A seat by its id and number."""

    seat_id: int
    seat_number: str


class HouseBlock(Answer):
    """Seats that the house keeps together."""

    id: int
    show_id: int
    reason: str
    release_at: datetime | None
    created_by: int
    created_at: datetime
    seats: list[HouseSeat]


class Obstacle(Answer):
    """A seat with which it cannot be done, why, and who has it."""

    seat_id: int | None
    seat_number: str
    reason: Literal["missing", "held", "sold", "blocked", "not blocked"]
    who: str | None
    until: datetime | None


class HouseDate(Answer):
    """What an act does on one date, or would."""

    show_id: int = Field(validation_alias=AliasPath("date", "show_id"))
    starts_at: datetime = Field(validation_alias=AliasPath("date", "starts_at"))
    release_at: datetime | None
    seats: list[HouseSeat]
    obstacles: list[Obstacle]
