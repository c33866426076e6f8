"""Groups of blocks for a party that cannot sit in one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from heapq import nsmallest
from itertools import islice, pairwise, product
from math import dist

from webapp.services.offers.hall import Hall
from webapp.services.offers.line import RowName
from webapp.services.offers.wanted import Wanted

# At how many free stretches we look, the best first: a group is no better for a longer search.
MOST_STRETCHES = 200
# Two blocks are behind each other when their middles are no further apart than this, in pitches.
BEHIND = 2.2
# Two blocks of a row are still near each other with this many places between.
NEAR = 4
# In how many blocks a party is still seated, rather than one by one.
MOST_BLOCKS = 4

Row = tuple[RowName, list[range]]
Point = tuple[float, float]


@dataclass(frozen=True)
class Group:
    """Blocks that are held together."""

    blocks: tuple[range, ...]

    @property
    def places(self) -> Sequence[int]:
        """All their places."""
        return [place for block in self.blocks for place in block]


def behind_each_other(hall: Hall, wanted: Wanted) -> Iterator[Group]:
    """The best group of two blocks, one directly behind the other; sizes as even as can be."""
    rows = _rows(hall, wanted)
    pairs = [
        (first, second)
        for (front_name, front), (back_name, back) in pairwise(rows)
        if front_name[0] == back_name[0]
        for first, second in product(front, back)
        if _apart(hall, first, second) <= BEHIND + (len(first) + len(second)) / 2
    ]
    pairs.sort(key=partial(_from_stage, hall))
    for sizes in _sizes(wanted.seats):
        for first, second in pairs:
            if group := _closest(hall, first, second, sizes):
                yield group
                return


def in_one_row(hall: Hall, wanted: Wanted) -> Iterator[Group]:
    """The best group of two blocks of one row with at most a few places between them; sizes as even as can be."""
    pairs = [
        (first, second)
        for _, stretches in _rows(hall, wanted)
        for first, second in pairwise(stretches)
        if second.start - first.stop <= NEAR
    ]
    for sizes in _sizes(wanted.seats):
        groups = [
            Group((first[len(first) - left :], second[:right]))
            for first, second in pairs
            for left, right in dict.fromkeys((sizes, sizes[::-1]))
            if len(first) >= left and len(second) >= right
        ]
        if groups:
            yield min(groups, key=lambda group: _from_stage(hall, group.blocks))
            return


def with_wheelchairs(hall: Hall, wanted: Wanted) -> Iterator[Group]:
    """As many as can be beside the wheelchairs, and the others near them."""
    others = replace(wanted, wheelchairs=0)
    for size in range(wanted.seats - 1, wanted.wheelchairs - 1, -1):
        block = hall.best(replace(wanted, seats=size))
        if block is None:
            continue
        rest = replace(others, seats=wanted.seats - size)
        near = [one for one in islice(hall.blocks(rest), MOST_STRETCHES) if not set(one) & set(block)]
        if near:
            yield Group((block, min(near, key=partial(_apart, hall, block))))
            return


def apart(hall: Hall, wanted: Wanted) -> Iterator[Group]:
    """The party in few blocks, of one section if that can be, wherever they are; or else one by one."""
    stretches: dict[str | None, list[range]] = {}
    for (section, _), row in _rows(hall, wanted):
        stretches.setdefault(section, []).extend(row)
    everywhere = [stretch for row in stretches.values() for stretch in row]
    groups = [group for some in stretches.values() if (group := _largest(hall, some, wanted.seats))]
    groups = groups or [group for group in [_largest(hall, everywhere, wanted.seats)] if group]
    if groups:
        yield min(groups, key=lambda group: (len(group.blocks), _from_stage(hall, group.blocks)))


def _largest(hall: Hall, stretches: Sequence[range], seats: int) -> Group | None:
    """The largest stretches that have so many seats, of equals the best; single seats rather than many blocks."""
    if sum(map(len, stretches)) < seats:
        return None
    blocks: list[range] = []
    for stretch in sorted(stretches, key=lambda one: (-len(one), _from_stage(hall, [one]))):
        blocks.append(stretch[:seats])
        seats -= len(blocks[-1])
        if not seats:
            break
    if len(blocks) > MOST_BLOCKS:
        return Group(tuple(range(place, place + 1) for block in blocks for place in block))
    return Group(tuple(sorted(blocks, key=lambda block: (-len(block), block.start))))


def _sizes(seats: int) -> Iterator[tuple[int, int]]:
    """Ways to part a party in two, the most even first; the larger part in front."""
    for smaller in range(seats // 2, 0, -1):
        yield (seats - smaller, smaller)


def _rows(hall: Hall, wanted: Wanted) -> Sequence[Row]:
    """The free stretches that are good enough, by row, in the order of the plan; of many only the best."""
    line = hall.line
    free = line.places(hall.vacancies.free & hall.allowed(wanted))
    stretches = [range(*found.span()) for found in re.finditer(b"\1+", free)]
    if len(stretches) > MOST_STRETCHES:
        best = nsmallest(MOST_STRETCHES, stretches, key=lambda one: _from_stage(hall, [one]))
        stretches = sorted(best, key=lambda one: one.start)
    rows: dict[RowName, list[range]] = {}
    for stretch in stretches:
        seat = line.seats[stretch.start]
        assert seat, "a free place has a seat"
        rows.setdefault((seat.section, seat.row), []).append(stretch)
    return list(rows.items())


def _closest(hall: Hall, first: range, second: range, sizes: tuple[int, int]) -> Group | None:
    """Blocks of these sizes in the two stretches that are directly behind each other, if any are."""
    groups = [
        Group((front, back))
        for front_size, back_size in dict.fromkeys((sizes, sizes[::-1]))
        for front, back in product(_blocks(first, front_size), _blocks(second, back_size))
    ]
    best = min(groups, key=lambda group: _apart(hall, *group.blocks), default=None)
    return best if best and _apart(hall, *best.blocks) <= BEHIND else None


def _blocks(stretch: range, size: int) -> Sequence[range]:
    """The blocks of this size that a stretch has."""
    return [stretch[begin : begin + size] for begin in range(len(stretch) - size + 1)]


def _apart(hall: Hall, one: range, other: range) -> float:
    """How far the middles of two blocks are apart."""
    return dist(_middle(hall, one), _middle(hall, other))


def _from_stage(hall: Hall, blocks: Sequence[range]) -> float:
    """How far blocks are from the stage, together."""
    return sum(dist(_middle(hall, block), hall.line.chart.focus) for block in blocks)


def _middle(hall: Hall, block: range) -> Point:
    (left, top), (right, bottom) = hall.line.points[block[0]], hall.line.points[block[-1]]
    return ((left + right) / 2, (top + bottom) / 2)
