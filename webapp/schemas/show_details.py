"""What is asked about a show as a whole: its details, its dates and its picture."""

import unicodedata
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Base64Bytes, Field, StringConstraints

from webapp.schemas.base import Line, Price, Question, ShortLine, SmallId
from webapp.schemas.moments import Moment, Timezone

MOST_DESCRIBED = 5_000
MOST_STARTS = 60
MOST_CHOSEN = 100

LonelySeats = Literal["off", "warn", "enforce"]
Currency = Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")]
SeatLimit = Annotated[int, Field(ge=1, le=1000)]
HoldMinutes = Annotated[int, Field(ge=1, le=20)]

# What joins the parts of emoji, and letters of some scripts: nobody sees it, and without it they fall apart.
_JOINERS = {"\u200c", "\u200d"}


def _paragraphs(text: str) -> str:
    """`text` with one kind of line end and no tabs, composed, and free of characters that nobody can see."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    for character in composed:
        kind = unicodedata.category(character)
        if kind in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} and character != "\n" and character not in _JOINERS:
            raise ValueError(f"must not contain the character U+{ord(character):04X}")
    return composed.strip()


Paragraphs = Annotated[str, StringConstraints(max_length=MOST_DESCRIBED), AfterValidator(_paragraphs)]


class ShowDetails(Question):
    """What a show is, when and where, and how it sells."""

    title: Line
    venue: Line
    starts_at: Moment
    timezone: Timezone = "UTC"
    description: Paragraphs = ""
    on_sale_at: Moment | None = None
    off_sale_at: Moment | None = None
    currency: Currency = "EUR"
    seat_limit: SeatLimit = 10
    hold_minutes: HoldMinutes = 10


class NewShow(ShowDetails):
    """A show to be created; a draft is published later."""

    lonely_seats: LonelySeats = "off"
    accessible_seats_released: bool = False
    draft: bool = False


class EditionSeen(Question):
    """The edition of a show that somebody has before them; anything else would undo what others changed since."""

    edition: SmallId


class MadeFrom(Question):
    """The edition of a show that a change was made from; it is needed, unless If-Match names it by the show's ETag."""

    edition: SmallId | None = None


class ShowChange(MadeFrom):
    """What is to become of a show's details; what is not said stays. A preview changes nothing."""

    preview: bool = False
    title: Annotated[Line, Field(default=None)]
    venue: Annotated[Line, Field(default=None)]
    starts_at: Annotated[Moment, Field(default=None)]
    timezone: Annotated[Timezone, Field(default=None)]
    description: Annotated[Paragraphs, Field(default=None)]
    picture_alt: Annotated[Line, Field(default=None)]
    on_sale_at: Moment | None = None
    off_sale_at: Moment | None = None
    currency: Annotated[Currency, Field(default=None)]
    seat_limit: Annotated[SeatLimit, Field(default=None)]
    hold_minutes: Annotated[HoldMinutes, Field(default=None)]
    lonely_seats: Annotated[LonelySeats, Field(default=None)]
    accessible_seats_released: Annotated[bool, Field(default=None)]

    def details(self) -> dict[str, Any]:
        """The details that are said."""
        return {name: getattr(self, name) for name in self.model_fields_set - {"edition", "preview"}}


class SeatRules(EditionSeen):
    """How the seats of a show are sold; what a browser's form does not send is no."""

    lonely_seats: LonelySeats
    accessible_seats_released: bool = False


class NewPrices(MadeFrom):
    """A price (minor units) for each category that is named."""

    prices: Annotated[dict[ShortLine, Price], Field(min_length=1, max_length=1_000)]


class NewPicture(MadeFrom):
    """A picture as Base64, and what it shows in words."""

    picture: Base64Bytes
    alt: Line


class NewDates(Question):
    """When copies of a show begin; a preview makes none."""

    starts: Annotated[list[Moment], Field(min_length=1, max_length=MOST_STARTS)]
    preview: bool = False


class PlannedInForm(Question):
    """The dates of a preview, and those of them that are marked; as many of both as the preview could have."""

    planned: Annotated[list[Moment], Field(min_length=1, max_length=MOST_STARTS)]
    starts: Annotated[list[Moment], Field(max_length=MOST_STARTS)] = Field(default=[])


class ShowsChosen(Question):
    """Shows of one's own, to do something with all of them."""

    show_ids: Annotated[list[SmallId], Field(min_length=1, max_length=MOST_CHOSEN)]
