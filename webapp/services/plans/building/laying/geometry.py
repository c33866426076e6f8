"""Where the seats of a block stand. Neighbours are one spacing apart, on straight rows and on arcs about one point."""

from collections.abc import Iterator, Sequence
from math import asin, cos, pi, radians, sin

from webapp.services.plans.building.fields import CLEAR
from webapp.services.plans.building.laying.blaming import unfit
from webapp.services.plans.building.sketch import RowBlock
from webapp.services.plans.plan import Point


def row_sizes(block: RowBlock) -> list[int]:
    """How many seats each row has, from the front. Raises `Invalid`."""
    given = block.seats if len(block.seats) > 1 else block.seats * block.rows
    if len(given) != block.rows:
        what = f"These are the seats of {len(given)} rows, but the block has {block.rows}."
        raise unfit(block, "seats", f"{what} Write one number for all, or one for each.")
    sizes = [seats + row * block.growth for row, seats in enumerate(given)]
    if min(sizes) < 1:
        at = next(row for row, size in enumerate(sizes) if size < 1)
        raise unfit(block, "growth", f"Row {at + 1} from the front would have no seat left.")
    return sizes


def reference_row(block: RowBlock, sizes: Sequence[int]) -> int:
    """The row in which aisles are counted and the bend is measured: the front one, of rows listed one by one the
    longest."""
    return sizes.index(max(sizes)) if len(block.seats) > 1 else 0


def aisles_of(block: RowBlock, sizes: Sequence[int]) -> list[list[int]]:
    """After how many seats from the left each row has its aisles, which keep their line through the block.

    Where rows grow at both ends, so do the parts outside of the aisles, both alike. Raises `Invalid`.
    """
    counted_in = sizes[reference_row(block, sizes)]
    if block.aisles and max(block.aisles) >= counted_in:
        which = "longest" if len(block.seats) > 1 else "front"
        raise unfit(
            block, "aisles", f"The {which} row has {counted_in} seats: an aisle comes after 1 to {counted_in - 1}."
        )
    found = []
    for size in sizes:
        more = size - counted_in
        shifts = {"left": 0, "right": more}
        shifted = {
            aisle + shifts.get(block.align, more // 2 if 2 * aisle <= counted_in else more - more // 2)
            for aisle in block.aisles
        }
        found.append(sorted(aisle for aisle in shifted if 0 < aisle < size))
    return found


def places_of(block: RowBlock, sizes: Sequence[int], aisles: Sequence[Sequence[int]]) -> list[list[Point]]:
    """Where the seats stand, row by row from the front, from left to right. Raises `Invalid` where they cannot."""
    if block.row_spacing < CLEAR * block.seat_spacing:
        least = round(CLEAR * block.seat_spacing + 0.49)
        raise unfit(block, "row_spacing", f"Rows this near would touch: at this seat spacing, take {least} or more.")
    rows = _arcs(block, sizes, aisles) if block.bend else _lines(block, sizes, aisles)
    middle = (block.rows - 1) * block.row_spacing / 2
    across, down = cos(radians(block.turn)), sin(radians(block.turn))
    return [
        [
            (
                round(block.x + x * across - (y - middle) * down, 2),
                round(block.y + middle + x * down + (y - middle) * across, 2),
            )
            for x, y in row
        ]
        for row in rows
    ]


def _lines(block: RowBlock, sizes: Sequence[int], aisles: Sequence[Sequence[int]]) -> Iterator[list[Point]]:
    rows = [_along(_steps(block, size, between)) for size, between in zip(sizes, aisles, strict=True)]
    extent = rows[reference_row(block, sizes)][-1]
    for rank, along in enumerate(rows):
        begin = _begin(block, extent, along[-1])
        yield [(begin + at, rank * block.row_spacing) for at in along]


def _arcs(block: RowBlock, sizes: Sequence[int], aisles: Sequence[Sequence[int]]) -> Iterator[list[Point]]:
    reference = reference_row(block, sizes)
    # A single seat has a breadth, too, so that a block may begin with one.
    breadth = sizes[reference] * block.seat_spacing + len(aisles[reference]) * block.aisle_width
    nearest = breadth / radians(block.bend) - reference * block.row_spacing
    if nearest <= 0:
        raise unfit(block, "bend", "Bent like this there is no room for the front row. Bend it less.")
    rows = []
    for rank, (size, between) in enumerate(zip(sizes, aisles, strict=True)):
        radius = nearest + rank * block.row_spacing
        along = _along([_angle(block, rank, step, radius) for step in _steps(block, size, between)])
        if size > 1 and along[-1] + _angle(block, rank, block.seat_spacing * CLEAR, radius) > 2 * pi:
            raise _too_bent(block, rank)
        rows.append((radius, along))
    extent = rows[reference][1][-1]
    for radius, along in rows:
        begin = _begin(block, extent, along[-1])
        yield [(radius * sin(begin + at), radius * cos(begin + at) - nearest) for at in along]


def _angle(block: RowBlock, row: int, step: float, radius: float) -> float:
    """The angle in which two seats so far apart are seen from the middle of their circle."""
    if step > 2 * radius:
        raise _too_bent(block, row)
    return 2 * asin(step / (2 * radius))


def _too_bent(block: RowBlock, row: int) -> Exception:
    return unfit(
        block, "bend", f"Row {row + 1} from the front would reach all around. Bend it less, or take fewer seats."
    )


def _steps(block: RowBlock, size: int, aisles: Sequence[int]) -> list[float]:
    """How far each seat of a row but the first is from the one before it."""
    return [block.seat_spacing + (block.aisle_width if place in aisles else 0) for place in range(1, size)]


def _along(steps: Sequence[float]) -> list[float]:
    """How far each seat is from the first."""
    along = [0.0]
    for step in steps:
        along.append(along[-1] + step)
    return along


def _begin(block: RowBlock, reference: float, extent: float) -> float:
    """Where the first seat of a row is, the middle of the reference row being at 0."""
    match block.align:
        case "left":
            return -reference / 2
        case "right":
            return reference / 2 - extent
        case "centre":
            return -extent / 2
