"""What the forms of the plan builder ask: the fields of a block of rows, of a stage or area, and of a new plan."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator

from webapp.schemas.base import Line, Question, SmallId
from webapp.schemas.moments import Timezone
from webapp.services.plan_drafts.deeds import Deed, Kind, Step
from webapp.services.plans.building import STARTS, fields

_SEPARATORS = re.compile(r"[\s,;]+")


def _numbers(typed: object) -> object:
    """The numbers in a text, "20, 20, 22"; what is no text stays as it is."""
    if not isinstance(typed, str):
        return typed
    pieces = [piece for piece in _SEPARATORS.split(typed) if piece]
    if not all(piece.isascii() and piece.isdecimal() and len(piece) < 10 for piece in pieces):
        raise ValueError("must be one whole number or several, such as 20, 20, 22")
    return tuple(map(int, pieces))


def _known(start: str) -> str:
    if start not in STARTS:
        raise ValueError("must be one of the halls to begin with")
    return start


class NewSketch(Question):
    """A plan to be drawn, beginning with one of the ready-made halls."""

    name: fields.Name
    start: Annotated[str, AfterValidator(_known)]


class SavedSketch(Question):
    """Where a drawn plan is to be kept; the time zone is that of a new venue."""

    venue: Line
    timezone: Timezone = "UTC"
    name: fields.Name
    as_next_version: bool = False


class Chosen(Question):
    """Which part of a plan one looks at, and how far its buttons go."""

    part: fields.Id | None = None
    step: Step = "medium"


class NewPart(Question):
    """What is to be added to a plan."""

    kind: Kind


class PartDeed(Question):
    """The button that was pressed in the form of a part, none while one types; `seen` is the state the form showed."""

    deed: Deed | Literal["apply"] | None = None
    step: Step = "medium"
    seen: SmallId | None = None

    def act(self) -> Deed | None:
        """What is to be done besides taking over the fields."""
        return None if self.deed == "apply" else self.deed


class BlockFields(Question):
    """A block of rows as a form describes it; every field is what it is in a `RowBlock`, lists being typed as text."""

    section: fields.Name
    category: fields.Name
    rows: fields.Rows
    seats: Annotated[fields.SeatCounts, BeforeValidator(_numbers)]
    growth: fields.Growth
    align: fields.Align
    seat_spacing: fields.SeatSpacing
    row_spacing: fields.RowSpacing
    bend: fields.Bend
    x: fields.Along
    y: fields.Along
    turn: fields.Turn
    row_names: fields.RowNames
    first_row: fields.FirstRow = ""
    skips_i_and_o: bool = False
    rows_from: fields.RowsFrom
    numbering: fields.Numbering
    first_number: fields.FirstNumber
    aisles: Annotated[fields.Aisles, BeforeValidator(_numbers)] = ()
    aisle_width: fields.AisleWidth
    left_out: fields.SeatNames = ""
    wheelchairs: fields.SeatNames = ""
    companions: fields.SeatNames = ""
    step_free_rows: fields.SeatNames = ""
    other_categories: fields.SeatNames = ""


class AreaFields(Question):
    """The stage or another area as a form describes it."""

    label: fields.Label = ""
    shape: fields.AreaShape
    x: fields.Along
    y: fields.Along
    width: fields.Extent
    depth: fields.Extent
    turn: fields.Turn
