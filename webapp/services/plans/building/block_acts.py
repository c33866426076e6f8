"""What can be done to the blocks of a sketch: every act takes one and gives another; others keep the former ones."""

import re
from collections.abc import Mapping
from dataclasses import fields as fields_of
from dataclasses import replace
from math import atan2, degrees
from typing import Any, Literal

from webapp.services.plans.building.fields import FARTHEST, MOST_BLOCKS, Align, Numbering
from webapp.services.plans.building.laying.block_seats import lay_out
from webapp.services.plans.building.laying.fitting import Box, LaidBlock
from webapp.services.plans.building.laying.geometry import reference_row, row_sizes
from webapp.services.plans.building.sketch import RowBlock, Sketch
from webapp.services.refusals import Invalid

_ALIGN_MIRRORED: Mapping[Align, Align] = {"left": "right", "right": "left", "centre": "centre"}
_NUMBERING_MIRRORED: Mapping[Numbering, Numbering] = {
    "left": "right",
    "right": "left",
    "twos_left": "twos_right",
    "twos_right": "twos_left",
    "odd_left": "odd_right",
    "odd_right": "odd_left",
}
_SIDES = {"left": "right", "right": "left"}


def add_block(sketch: Sketch, **fields: Any) -> Sketch:
    """One more block, the last; its id is the `next_id` of before. Raises `Invalid` where there are too many."""
    if len(sketch.blocks) >= MOST_BLOCKS:
        raise Invalid(f"A plan has at most {MOST_BLOCKS} blocks.")
    block = RowBlock(id=sketch.next_id, **fields)
    return replace(sketch, blocks=(*sketch.blocks, block), next_id=sketch.next_id + 1)


def change_block(sketch: Sketch, block_id: int, **fields: Any) -> Sketch:
    """The block with other values in these fields. Raises `NotFound`, as do all acts on a block."""
    return _with(sketch, replace(sketch.block(block_id), **fields))


def remove_block(sketch: Sketch, block_id: int) -> Sketch:
    """Without the block."""
    sketch.block(block_id)
    return replace(sketch, blocks=tuple(block for block in sketch.blocks if block.id != block_id))


def copy_block(sketch: Sketch, block_id: int) -> Sketch:
    """A second block like it on its right, as a section of its own."""
    block = sketch.block(block_id)
    left, _, right, _ = box_of(block)
    x = within(block.x + round(right - left) + block.seat_spacing + block.aisle_width)
    return _add_like(sketch, block, x=x, section=another_section(block.section, sketch))


def copy_across(sketch: Sketch, block_id: int) -> Sketch:
    """Its mirror image on the other side of the stage, or of the middle where there is none: left becomes right."""
    block = sketch.block(block_id)
    axis = sketch.stage.x if sketch.stage else 0
    section = re.sub(r"\b(left|right)\b", _other_side, block.section, flags=re.IGNORECASE)
    if section == block.section:
        section = another_section(section, sketch)
    return _add_like(sketch, _mirrored(block), x=within(2 * axis - block.x), section=section)


def mirror_block(sketch: Sketch, block_id: int) -> Sketch:
    """The block with left and right exchanged, where it is; every seat keeps its number."""
    return _with(sketch, _mirrored(sketch.block(block_id)))


def move_block(sketch: Sketch, block_id: int, *, right: int = 0, down: int = 0) -> Sketch:
    """The block so many centimetres further; it goes no farther than a plan reaches."""
    block = sketch.block(block_id)
    return _with(sketch, replace(block, x=within(block.x + right), y=within(block.y + down)))


def turn_block(sketch: Sketch, block_id: int, by: int) -> Sketch:
    """The block turned so many degrees further clockwise, about its own middle."""
    block = sketch.block(block_id)
    return _with(sketch, replace(block, turn=turned(block.turn + by)))


def face_stage(sketch: Sketch, block_id: int) -> Sketch:
    """The block turned so that its middle looks to the middle of the stage. Raises `Invalid` without a stage."""
    block = sketch.block(block_id)
    if sketch.stage is None:
        raise Invalid("There is no stage to be faced. Add one first.")
    middle = block.y + (block.rows - 1) * block.row_spacing / 2
    across, up = sketch.stage.x - block.x, middle - sketch.stage.y
    return _with(sketch, replace(block, turn=turned(round(degrees(atan2(across, up))))))


def put_block(sketch: Sketch, block_id: int, where: Literal["earlier", "later"]) -> Sketch:
    """The block one place earlier or later in the order of the plan; the first and the last stay."""
    order = [block.id for block in sketch.blocks]
    at = order.index(sketch.block(block_id).id)
    to = min(max(at + (1 if where == "later" else -1), 0), len(order) - 1)
    blocks = list(sketch.blocks)
    blocks.insert(to, blocks.pop(at))
    return replace(sketch, blocks=tuple(blocks))


def box_of(block: RowBlock) -> Box:
    """Where the leftmost, the foremost, the rightmost and the rearmost seat of the block stand. Raises `Invalid`."""
    places = [place for row in lay_out(block, []) for piece in row.pieces for place in piece]
    return LaidBlock.of(block, places).box


def another_section(section: str, sketch: Sketch) -> str:
    """A name for a section like this one that no block has: Stalls 2."""
    taken = {block.section for block in sketch.blocks}
    stem = re.sub(r" [0-9]{1,3}$", "", section)[:56]
    return next(name for rank in range(2, MOST_BLOCKS + 3) if (name := f"{stem} {rank}") not in taken)


def within(place: int) -> int:
    """The place, or the farthest one that there is."""
    return min(max(place, -FARTHEST), FARTHEST)


def turned(degrees: int) -> int:
    """The same direction between -179 and 180 degrees."""
    return 180 - (180 - degrees) % 360


def _with(sketch: Sketch, changed: RowBlock) -> Sketch:
    return replace(sketch, blocks=tuple(changed if block.id == changed.id else block for block in sketch.blocks))


def _add_like(sketch: Sketch, block: RowBlock, **changed: Any) -> Sketch:
    values = {field.name: getattr(block, field.name) for field in fields_of(block) if field.name != "id"}
    return add_block(sketch, **{**values, **changed})


def _mirrored(block: RowBlock) -> RowBlock:
    sizes = row_sizes(block)
    counted_in = sizes[reference_row(block, sizes)]
    return replace(
        block,
        turn=turned(-block.turn),
        align=_ALIGN_MIRRORED[block.align],
        numbering=_NUMBERING_MIRRORED[block.numbering],
        aisles=tuple(sorted(counted_in - aisle for aisle in block.aisles)),
    )


def _other_side(found: re.Match[str]) -> str:
    """The word for the other side, in capitals where this one is."""
    word = found[0]
    other = _SIDES[word.lower()]
    return other.upper() if word.isupper() else other.capitalize() if word[0].isupper() else other
