"""Finds seats that lie almost on top of one another, as copied blocks do in plans drawn by hand."""

from collections import defaultdict
from math import dist, floor, sqrt

Point = tuple[float, float]
Cell = tuple[int, int]


def crowded(points: list[Point], distance: float) -> list[int]:
    """Return the indices of the points that have another point nearer than `distance`; linear in their number."""
    # In a cell this small any two points are near; a lone point looks into the cells around it. Every point is
    # looked at by at most the lone points of the 24 cells around its own, so crowds cost nothing extra.
    # However small the distance is beside the positions, a cell's number must stay one that can be computed.
    farthest = max((abs(place) for point in points for place in point), default=0.0)
    side = max(distance / sqrt(2), farthest * 1e-12) or 1.0
    cells: dict[Cell, list[int]] = defaultdict(list)
    for index, (x, y) in enumerate(points):
        cells[floor(x / side), floor(y / side)].append(index)
    return [
        index
        for cell, inside in cells.items()
        for index in inside
        if len(inside) > 1 or _has_near(points[index], cell, cells, points, distance)
    ]


def _has_near(point: Point, cell: Cell, cells: dict[Cell, list[int]], points: list[Point], distance: float) -> bool:
    column, row = cell
    return any(
        dist(point, points[other]) < distance
        for near_column in range(column - 2, column + 3)
        for near_row in range(row - 2, row + 3)
        if (near_column, near_row) != cell
        for other in cells.get((near_column, near_row), ())
    )
