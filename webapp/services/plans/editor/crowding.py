"""Finds seats that lie almost on top of one another, as copied blocks do in plans drawn by hand."""

from collections import defaultdict
from math import dist, floor, sqrt

Point = tuple[float, float]
Cell = tuple[int, int]


def crowded(points: list[Point], distance: float) -> list[int]:
    """Return the indices of the points that have another point nearer than `distance`; linear in their number."""
    # However small the distance is beside the positions, a cell's number must stay one that can be computed.
    farthest = max((abs(place) for point in points for place in point), default=0.0)
    side = max(distance, farthest * 1e-12) or 1.0
    # In cells as small as this any two points are near. A point alone in its small cell looks around in larger ones,
    # as broad as the distance; so every point is looked at by few, however many crowd around it.
    small = _by_cell(points, side / sqrt(2))
    large = _by_cell(points, side)
    return [
        index
        for inside in small.values()
        for index in inside
        if len(inside) > 1 or _has_near(index, points, large, side, distance)
    ]


def _by_cell(points: list[Point], side: float) -> dict[Cell, list[int]]:
    cells: dict[Cell, list[int]] = defaultdict(list)
    for index, (x, y) in enumerate(points):
        cells[floor(x / side), floor(y / side)].append(index)
    return cells


def _has_near(index: int, points: list[Point], large: dict[Cell, list[int]], side: float, distance: float) -> bool:
    point = points[index]
    column, row = floor(point[0] / side), floor(point[1] / side)
    for cell in ((column + across, row + down) for across in (0, -1, 1) for down in (0, -1, 1)):
        for other in large.get(cell, ()):
            if other != index and dist(point, points[other]) < distance:
                return True
    return False
