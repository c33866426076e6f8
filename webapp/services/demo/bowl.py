"""The bowl of an arena: tiers of blocks all around a floor, straight along its sides and in arcs around its corners.

One unit of length is a centimetre; angles run clockwise, 0 is upwards.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, product
from math import cos, pi, sin
from typing import Literal

from webapp.services.plans.plan import Point

PITCH = 50.0  # from one seat to the next
_ROOMY_PITCH = 70.0  # where wheelchairs stand
_DEPTH = 85.0  # from one row to the next
_AISLE = 110.0
_CONCOURSE = 240.0  # between two tiers
_MOUTH = 130.0  # half the width of the opening through which people come in
_SEATS_OF_BLOCK = 520

# Half of the straight sides of the floor along each axis, and the radius of its corners, at scale 1.
_SIDES = (3750.0, 1950.0)
_CORNER = 2450.0

Stand = Literal["side", "end", "corner"]


@dataclass(frozen=True)
class Tier:
    """Rows behind one another all around; `start` is how far the first is from the edge of the floor."""

    name: str
    rows: int
    start: float


@dataclass(frozen=True)
class Block:
    """The rows of a tier between two aisles; its middle is `faces` from the middle of the floor.

    Along a side, `middle` lies at the edge of the floor and `width` is a length; in a corner the rows are arcs around
    `middle` and `width` is an angle.
    """

    tier: Tier
    number: int
    stand: Stand
    middle: Point
    faces: float
    radius: float
    width: float

    def row(self, index: int) -> list[Point]:
        """Where the seats of a row stand, clockwise."""
        return [self._at(along, index) for along in self._offsets(index)]

    def seats(self) -> int:
        """How many seats it has."""
        return sum(len(self._offsets(index)) for index in range(self.tier.rows))

    def has_wheelchairs(self, index: int) -> bool:
        """Whether the row is one of places for wheelchairs and companions."""
        return self.is_step_free(index) and self.stand != "corner"

    def is_step_free(self, index: int) -> bool:
        """Whether the row is level with the doors: the back row below."""
        return self.tier.start == 0 and index == self.tier.rows - 1

    def _offsets(self, index: int) -> list[float]:
        """How far each seat of a row is from its middle, along the row."""
        away = self.radius + self.tier.start + index * _DEPTH
        length = away * self.width if self.stand == "corner" else self.width
        pitch = _ROOMY_PITCH if self.has_wheelchairs(index) else PITCH
        seats = int((length - _AISLE) / pitch) + 1
        if self.has_wheelchairs(index):
            seats -= seats % 2  # each has its companion
        offsets = [(seat - (seats - 1) / 2) * pitch for seat in range(seats)]
        return [along for along in offsets if abs(along) > _MOUTH] if self._has_mouth(index) else offsets

    def _has_mouth(self, index: int) -> bool:
        return self.tier.rows >= 12 and self.number % 2 == 0 and 0 <= index - self.tier.rows // 3 < 3

    def _at(self, along: float, index: int) -> Point:
        (x, y), away = self.middle, self.radius + self.tier.start + index * _DEPTH
        if self.stand == "corner":
            angle = self.faces + along / away
            return (x + away * sin(angle), y - away * cos(angle))
        across, down = sin(self.faces), -cos(self.faces)
        return (x + away * across - along * down, y + away * down + along * across)


@dataclass(frozen=True)
class Bowl:
    """An arena: its blocks, tier by tier and clockwise, with where the seats of their rows stand; and its middle."""

    middle: Point
    blocks: Sequence[tuple[Block, list[list[Point]]]]


def bowl(seats: int, scale: float) -> Bowl:
    """The bowl around a floor of this scale with exactly so many seats."""
    rows = bisect_left(range(200), seats, lo=4, key=lambda rows: sum(block.seats() for block in _blocks(rows, scale)))
    blocks = _blocks(rows, scale)
    built = [(block, [block.row(index) for index in range(block.tier.rows)]) for block in blocks]
    surplus = sum(block.seats() for block in blocks) - seats
    _clear(surplus, [points for block, points in built if block.tier == blocks[-1].tier])
    return Bowl(_middle(_tiers(rows), scale), built)


def _clear(surplus: int, blocks: list[list[list[Point]]]) -> None:
    """Take seats away at the ends of the last rows, one from each block in turn."""
    for last in zip(*map(reversed, blocks), strict=True):
        for turn, row in product(range(max(map(len, last))), last):
            if surplus and row:
                row.pop(-(turn % 2))
                surplus -= 1


def _tiers(rows: int) -> list[Tier]:
    lower, club = (round(rows * 0.42), round(rows * 0.16)) if rows >= 36 else ((rows + 1) // 2, 0)
    tiers: list[Tier] = []
    start = 0.0
    for name, of_tier in (("Lower", lower), ("Club", club), ("Upper", rows - lower - club)):
        if of_tier:
            tiers.append(Tier(name, of_tier, start))
            start += of_tier * _DEPTH + _CONCOURSE
    return tiers


def _middle(tiers: Sequence[Tier], scale: float) -> Point:
    edge = _CORNER * scale + tiers[-1].start + tiers[-1].rows * _DEPTH
    return (_SIDES[0] * scale + edge, _SIDES[1] * scale + edge)


def _blocks(rows: int, scale: float) -> list[Block]:
    tiers = _tiers(rows)
    return [block for tier in tiers for block in _around(tier, _middle(tiers, scale), scale)]


def _around(tier: Tier, middle: Point, scale: float) -> Iterator[Block]:
    """The blocks of a tier, clockwise from the left end of the side at the top."""
    (x, y), numbers = middle, count(1)
    half_x, half_y, radius = _SIDES[0] * scale, _SIDES[1] * scale, _CORNER * scale
    usual = PITCH * min(max(_SEATS_OF_BLOCK / tier.rows, 16), 30) + _AISLE
    wedges = max(round((radius + tier.start + tier.rows * _DEPTH / 2) * pi / 2 / usual), 1)
    for quarter, (across, down) in enumerate(((0, -1), (1, 0), (0, 1), (-1, 0))):
        faces = quarter * pi / 2
        half, away = (half_y, half_x + radius) if across else (half_x, half_y + radius)
        pieces = max(round(2 * half / usual), 1)
        for piece in range(pieces):
            along = (2 * piece + 1 - pieces) * half / pieces
            at = (x + away * across - along * down, y + away * down + along * across)
            yield Block(tier, next(numbers), "end" if across else "side", at, faces, 0.0, 2 * half / pieces)
        corner = (x + half_x * (across - down), y + half_y * (down + across))
        for wedge in range(wedges):
            angle = faces + (wedge + 0.5) * pi / 2 / wedges
            yield Block(tier, next(numbers), "corner", corner, angle, radius, pi / 2 / wedges)
