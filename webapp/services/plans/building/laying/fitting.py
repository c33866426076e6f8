"""Whether the blocks of a sketch leave room for one another and for the stage, and do not name seats alike."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import floor

from webapp.services.plans.building.fields import CLEAR
from webapp.services.plans.building.laying.blaming import Note
from webapp.services.plans.building.laying.outlines import holds
from webapp.services.plans.building.sketch import RowBlock, Sketch
from webapp.services.plans.oddities import counted
from webapp.services.plans.places import Place
from webapp.services.plans.plan import PlanArea, Point

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class LaidBlock:
    """A block and all its seats."""

    block: RowBlock
    places: Sequence[Place]
    points: Sequence[Point]
    box: Box

    @classmethod
    def of(cls, block: RowBlock, places: Sequence[Place]) -> "LaidBlock":
        """The block with its seats, all of which have a position."""
        points = [(place.x or 0.0, place.y or 0.0) for place in places]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return cls(block, places, points, (min(xs), min(ys), max(xs), max(ys)))


def misfits(sketch: Sketch, laid: Sequence[LaidBlock], stage: PlanArea | None) -> Iterator[Note]:
    """What does not fit, block by block; most of it can be seen in the drawing, too."""
    for one, other in combinations(laid, 2):
        near = CLEAR * min(one.block.seat_spacing, other.block.seat_spacing)
        if crowded := _crowded(one, other, near):
            yield Note(
                f"{counted(crowded, 'seat')} of {sketch.title_of(other.block)} "
                f"{'stands' if crowded == 1 else 'stand'} on seats of {sketch.title_of(one.block)}.",
                other.block.id,
            )
    yield from _repeated(sketch, laid)
    for one in laid:
        if stage and (on_stage := _seats_on(stage, one)):
            verb = "stands" if on_stage == 1 else "stand"
            yield Note(
                f"{counted(on_stage, 'seat')} of {sketch.title_of(one.block)} {verb} on the stage.", one.block.id
            )


def _seats_on(stage: PlanArea, laid: LaidBlock) -> int:
    """How many seats of the block stand on the stage; most blocks are nowhere near it."""
    xs, ys = [x for x, _ in stage.points], [y for _, y in stage.points]
    left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
    return sum(left < x < right and top < y < bottom and holds(stage.points, (x, y)) for x, y in laid.points)


def _crowded(one: LaidBlock, other: LaidBlock, near: float) -> int:
    """How many seats of the other block stand nearer than that to one of the first."""
    left, top = max(one.box[0], other.box[0]) - near, max(one.box[1], other.box[1]) - near
    right, bottom = min(one.box[2], other.box[2]) + near, min(one.box[3], other.box[3]) + near
    if left > right or top > bottom:
        return 0
    cells: dict[tuple[int, int], list[Point]] = defaultdict(list)
    for x, y in one.points:
        if left <= x <= right and top <= y <= bottom:
            cells[floor(x / near), floor(y / near)].append((x, y))
    if not cells:
        return 0
    return sum(left <= x <= right and top <= y <= bottom and _is_near((x, y), cells, near) for x, y in other.points)


def _is_near(point: Point, cells: dict[tuple[int, int], list[Point]], near: float) -> bool:
    x, y = point
    column, line = floor(x / near), floor(y / near)
    return any(
        (x - other_x) ** 2 + (y - other_y) ** 2 < near * near
        for beside in range(column - 1, column + 2)
        for behind in range(line - 1, line + 2)
        for other_x, other_y in cells.get((beside, behind), ())
    )


def _repeated(sketch: Sketch, laid: Sequence[LaidBlock]) -> Iterator[Note]:
    """Blocks whose seats are called as those of an earlier block with the same section."""
    owners: dict[tuple[str | None, str | None, str | None], RowBlock] = {}
    for one in laid:
        found: Counter[int] = Counter()
        for place in one.places:
            owner = owners.setdefault((place.section, place.row, place.number), one.block)
            if owner is not one.block:
                found[owner.id] += 1
        for owner_id, seats in found.items():
            yield Note(
                f"{counted(seats, 'seat')} of {sketch.title_of(one.block)} "
                f"{'is' if seats == 1 else 'are'} called as {'one' if seats == 1 else 'those'} of "
                f"{sketch.title_of(sketch.block(owner_id))}. "
                "Give it another section, other rows, or another first number.",
                one.block.id,
                "section",
            )
