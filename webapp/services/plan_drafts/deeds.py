"""What is done to a part of a sketch, its blocks, stage and areas, as the buttons of its form ask for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from webapp.services.plans.building import RowBlock, Sketch, SketchArea
from webapp.services.plans.building import area_acts as areas
from webapp.services.plans.building import block_acts as blocks
from webapp.services.refusals import Invalid, NotFound

Deed: TypeAlias = Literal[
    "left", "right", "up", "down", "turn_left", "turn_right",
    "face", "mirror", "copy", "copy_across", "earlier", "later", "remove",
]  # fmt: skip
Step: TypeAlias = Literal["fine", "medium", "coarse"]
Kind: TypeAlias = Literal["block", "stage", "area"]
Part: TypeAlias = RowBlock | SketchArea

DEEDS: frozenset[str] = frozenset(get_args(Deed))
# How far one press goes: centimetres, and degrees.
STEPS: Mapping[Step, tuple[int, int]] = {"fine": (5, 1), "medium": (25, 5), "coarse": (100, 15)}

_WAYS: Mapping[str, tuple[int, int]] = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
_TURNS: Mapping[str, int] = {"turn_left": -1, "turn_right": 1}
_OF_BLOCKS: Mapping[str, tuple[str, Callable[[Sketch, int], Sketch]]] = {
    "face": ("turned", blocks.face_stage),
    "mirror": ("mirrored", blocks.mirror_block),
    "copy": ("copied", blocks.copy_block),
    "copy_across": ("copied", blocks.copy_across),
    "earlier": ("moved in the list", lambda sketch, id_: blocks.put_block(sketch, id_, "earlier")),
    "later": ("moved in the list", lambda sketch, id_: blocks.put_block(sketch, id_, "later")),
}
# What a new block has from the one before it.
_TAKEN_OVER = ("category", "seat_spacing", "row_spacing", "row_names", "skips_i_and_o", "rows_from", "numbering")
_WORDS: Mapping[str, str] = {
    "seats": "seats per row",
    "growth": "growth",
    "align": "line-up",
    "seat_spacing": "seat spacing",
    "row_spacing": "row spacing",
    "x": "place",
    "y": "place",
    "row_names": "row names",
    "first_row": "first row",
    "skips_i_and_o": "row names",
    "rows_from": "row names",
    "first_number": "first number",
    "aisle_width": "width of aisles",
    "left_out": "seats left out",
    "step_free_rows": "rows without a step",
    "other_categories": "categories",
}


@dataclass(frozen=True)
class Done:
    """A sketch after something was done to it, in words, and the part to go on with."""

    sketch: Sketch
    did: str
    part_id: int | None


def parts_of(sketch: Sketch) -> list[Part]:
    """The blocks of the sketch, its stage and its areas."""
    return [*sketch.blocks, *sketch.scenery()]


def part_of(sketch: Sketch, part_id: int) -> Part:
    """The block, stage or area with this id. Raises `NotFound`."""
    for part in parts_of(sketch):
        if part.id == part_id:
            return part
    raise NotFound("There is no such part in this plan any more.")


def title_of(sketch: Sketch, part: Part) -> str:
    """What the part is called in lists and sentences."""
    if isinstance(part, RowBlock):
        return sketch.title_of(part)
    return part.label or ("Stage" if part is sketch.stage else f"Area {part.id}")


def describe(sketch: Sketch, seen: Sketch, part_id: int, typed: Mapping[str, Any]) -> Done:
    """Take over what was typed about a part: of its fields those that differ from what the person had `seen` of it, so
    that nothing is undone that was done meanwhile. Raises `NotFound`."""
    part = part_of(sketch, part_id)
    if any(not hasattr(part, name) for name in typed):
        raise Invalid("This form is about another kind of part. Load the page again.")
    try:
        shown = part_of(seen, part_id)
    except NotFound:
        shown = part
    changed = {name: value for name, value in typed.items() if getattr(shown, name) != value}
    act = blocks.change_block if isinstance(part, RowBlock) else areas.change_area
    words = dict.fromkeys(_WORDS.get(name, name.replace("_", " ")) for name in changed)
    if not words:
        return Done(sketch, "", part_id)
    # Not by its name where that is what changes: while it is typed it is another one with every letter.
    whose = "" if {"section", "label"} & changed.keys() else f" of {title_of(sketch, part)}"
    return Done(act(sketch, part_id, **changed), f"changed the {', '.join(words)}{whose}", part_id)


def do(sketch: Sketch, part_id: int, deed: Deed, step: Step) -> Done:
    """Do what a button says. Raises `NotFound`, and `Invalid` where it cannot be done to such a part."""
    part = part_of(sketch, part_id)
    title, is_block = title_of(sketch, part), isinstance(part, RowBlock)
    far, degrees = STEPS[step]
    if deed in _WAYS:
        right, down = (far * way for way in _WAYS[deed])
        move = blocks.move_block if is_block else areas.move_area
        return Done(move(sketch, part_id, right=right, down=down), f"moved {title}", part_id)
    if deed in _TURNS:
        turn = blocks.turn_block if is_block else areas.turn_area
        return Done(turn(sketch, part_id, degrees * _TURNS[deed]), f"turned {title}", part_id)
    if deed == "remove":
        remove = blocks.remove_block if is_block else areas.remove_area
        return Done(remove(sketch, part_id), f"removed {title}", _beside(sketch, part_id))
    if not is_block:
        raise Invalid("This can be done to blocks of rows only.")
    words, act = _OF_BLOCKS[deed]
    return Done(act(sketch, part_id), f"{words} {title}", sketch.next_id if deed.startswith("copy") else part_id)


def add(sketch: Sketch, kind: Kind) -> Done:
    """One more block behind all others, the stage, or one more area. Raises `Invalid`."""
    if kind == "block":
        return Done(_with_another_block(sketch), "added a block", sketch.next_id)
    if kind == "area":
        label = f"Area {len(sketch.areas) + 1}"
        added = areas.add_area(sketch, label=label, width=400, depth=200, y=_behind(sketch) + 200)
        return Done(added, "added an area", sketch.next_id)
    if sketch.stage:
        raise Invalid("There is a stage already.")
    return Done(areas.set_stage(sketch, label="Stage", width=1_000, depth=500, y=-250), "added a stage", sketch.next_id)


def _with_another_block(sketch: Sketch) -> Sketch:
    """One that is numbered as the last one is, since a house has one rule for that."""
    last = sketch.blocks[-1] if sketch.blocks else None
    return blocks.add_block(
        sketch,
        **({name: getattr(last, name) for name in _TAKEN_OVER} if last else {"category": "Standard"}),
        section=blocks.another_section(last.section, sketch) if last else "Stalls",
        rows=5,
        seats=(10,),
        x=sketch.stage.x if sketch.stage else 0,
        y=_behind(sketch),
    )


def _behind(sketch: Sketch) -> int:
    """Where there is room behind all blocks."""
    if not sketch.blocks:
        return 250
    return blocks.within(max(round(blocks.box_of(block)[3]) for block in sketch.blocks) + 200)


def _beside(sketch: Sketch, part_id: int) -> int | None:
    """The part to go on with when this one is gone."""
    ids = [part.id for part in parts_of(sketch)]
    at = ids.index(part_id)
    rest = ids[:at] + ids[at + 1 :]
    return rest[min(at, len(rest) - 1)] if rest else None
