"""A sketch: a hall under construction, as blocks of rows that a few fields describe. Values only."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from pydantic import ConfigDict

from webapp.services.plans.building import fields
from webapp.services.refusals import NotFound


@dataclass(frozen=True, kw_only=True, slots=True)
class RowBlock:
    """Rows behind one another, described from their front: what is left and right is so for who looks to the stage.

    `x` and `y` are where the middle of the front row is before the block is turned (y points away from the stage); it
    is turned about its own middle, clockwise. `seats` are those of each row from the front, or of the front row alone
    when there is one number; each row has `growth` more than the one before it. `bend` is the angle that the front row
    describes, its ends forward; `aisles` tell after how many of its seats, from the left, one lies. Where `seats` lists
    rows one by one, these two are about the longest row.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(strict=True, extra="forbid")

    id: fields.Id
    section: fields.Name
    category: fields.Name
    rows: fields.Rows
    seats: fields.SeatCounts
    growth: fields.Growth = 0
    align: fields.Align = "centre"
    seat_spacing: fields.SeatSpacing = 55
    row_spacing: fields.RowSpacing = 95
    bend: fields.Bend = 0
    x: fields.Along = 0
    y: fields.Along = 0
    turn: fields.Turn = 0
    row_names: fields.RowNames = "letters"
    first_row: fields.FirstRow = ""
    skips_i_and_o: bool = False
    rows_from: fields.RowsFrom = "front"
    numbering: fields.Numbering = "left"
    first_number: fields.FirstNumber = 1
    aisles: fields.Aisles = ()
    aisle_width: fields.AisleWidth = 120
    left_out: fields.SeatNames = ""
    wheelchairs: fields.SeatNames = ""
    companions: fields.SeatNames = ""
    step_free_rows: fields.SeatNames = ""
    other_categories: fields.SeatNames = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SketchArea:
    """The stage, or something else beside the seats; `x` and `y` are its middle, about which it is turned."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(strict=True, extra="forbid")

    id: fields.Id
    label: fields.Label = ""
    shape: fields.AreaShape = "rectangle"
    x: fields.Along = 0
    y: fields.Along = 0
    width: fields.Extent = 1_000
    depth: fields.Extent = 600
    turn: fields.Turn = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Sketch:
    """A plan under construction. `next_id` is given to no block or area yet, so that none is taken for a former one."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(strict=True, extra="forbid")

    name: fields.Name
    blocks: "tuple[RowBlock, ...]" = ()
    stage: SketchArea | None = None
    areas: "tuple[SketchArea, ...]" = ()
    next_id: fields.Id = field(default=1)

    def block(self, block_id: int) -> RowBlock:
        """The block with this id. Raises `NotFound`."""
        for block in self.blocks:
            if block.id == block_id:
                return block
        raise NotFound("There is no such block in this plan any more.")

    def area(self, area_id: int) -> SketchArea:
        """The stage or area with this id. Raises `NotFound`."""
        for area in self.scenery():
            if area.id == area_id:
                return area
        raise NotFound("There is no such area in this plan any more.")

    def scenery(self) -> Iterator[SketchArea]:
        """The stage, if there is one, and all other areas."""
        if self.stage:
            yield self.stage
        yield from self.areas

    def title_of(self, block: RowBlock) -> str:
        """What sentences call the block: its section, with its rank where others have the same."""
        alike = [one for one in self.blocks if one.section == block.section]
        if len(alike) < 2:
            return block.section
        return f"{block.section} (part {[one.id for one in alike].index(block.id) + 1})"
