"""What can be done to the stage and the other areas of a sketch, and to its name; also values in, values out."""

from dataclasses import replace
from typing import Any

from webapp.services.plans.building.block_acts import turned, within
from webapp.services.plans.building.fields import MOST_AREAS
from webapp.services.plans.building.sketch import Sketch, SketchArea
from webapp.services.refusals import Invalid


def rename(sketch: Sketch, name: str) -> Sketch:
    """Another name for the plan."""
    return replace(sketch, name=name)


def set_stage(sketch: Sketch, **fields: Any) -> Sketch:
    """The stage with these fields, a new one where there was none."""
    if sketch.stage:
        return replace(sketch, stage=replace(sketch.stage, **fields))
    return replace(sketch, stage=SketchArea(id=sketch.next_id, **fields), next_id=sketch.next_id + 1)


def add_area(sketch: Sketch, **fields: Any) -> Sketch:
    """One more area, the last; its id is the `next_id` of before. Raises `Invalid` where there are too many."""
    if len(sketch.areas) >= MOST_AREAS:
        raise Invalid(f"A plan has at most {MOST_AREAS} areas beside its stage.")
    area = SketchArea(id=sketch.next_id, **fields)
    return replace(sketch, areas=(*sketch.areas, area), next_id=sketch.next_id + 1)


def change_area(sketch: Sketch, area_id: int, **fields: Any) -> Sketch:
    """The stage or area with other values in these fields. Raises `NotFound`, as do all acts on an area."""
    return _with_area(sketch, area_id, replace(sketch.area(area_id), **fields))


def move_area(sketch: Sketch, area_id: int, *, right: int = 0, down: int = 0) -> Sketch:
    """The stage or area so many centimetres further."""
    area = sketch.area(area_id)
    return change_area(sketch, area_id, x=within(area.x + right), y=within(area.y + down))


def turn_area(sketch: Sketch, area_id: int, by: int) -> Sketch:
    """The stage or area turned so many degrees further clockwise."""
    return change_area(sketch, area_id, turn=turned(sketch.area(area_id).turn + by))


def remove_area(sketch: Sketch, area_id: int) -> Sketch:
    """Without the stage or area."""
    sketch.area(area_id)
    return _with_area(sketch, area_id, None)


def _with_area(sketch: Sketch, area_id: int, changed: SketchArea | None) -> Sketch:
    if sketch.stage and sketch.stage.id == area_id:
        return replace(sketch, stage=changed)
    areas = (changed if area.id == area_id else area for area in sketch.areas)
    return replace(sketch, areas=tuple(area for area in areas if area))
