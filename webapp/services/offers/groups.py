"""Groups of blocks for a party that cannot sit in one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from heapq import nsmallest
from itertools import combinations, islice, pairwise, product
from math import dist

from webapp.services.offers.geometry import (
    DEEPEST,
    apart,
    follow_one_another,
    is_straight_behind,
    middle,
    nothing_between,
)
from webapp.services.offers.hall import Hall
from webapp.services.offers.line import Line, RowName
from webapp.services.offers.wanted import Wanted

# At how many free stretches we look, the best first: a group is no better for a longer search.
MOST_STRETCHES = 200
# Two blocks of a row are still near each other with this many places between, and an aisle.
NEAR, AISLE = 4, 2

Row = tuple[RowName, list[range]]


@dataclass(frozen=True)
class Group:
    """Blocks that are held together."""

    blocks: tuple[range, ...]

    @property
    def places(self) -> Sequence[int]:
        """All their places."""
        return [place for block in self.blocks for place in block]


def behind_each_other(hall: Hall, wanted: Wanted) -> Group | None:
    """The best group of two blocks, one directly behind the other; sizes as even as can be."""
    pairs = [
        (first, second)
        for ((section, _), front), ((other_section, _), back) in combinations(_rows(hall, wanted), 2)
        if section == other_section
        for first, second in product(front, back)
        if len(first) + len(second) >= wanted.seats
        and apart(hall.line, first, second) <= DEEPEST + (len(first) + len(second)) / 2
    ]
    pairs.sort(key=partial(_from_stage, hall))
    follow = cache(partial(follow_one_another, hall.line))
    groups = (_closest(hall, *pair, sizes) for sizes in _sizes(wanted.seats) for pair in pairs if follow(*pair))
    return next((group for group in groups if group), None)


def in_one_row(hall: Hall, wanted: Wanted) -> Group | None:
    """The best group of two blocks of one row with at most a few places between them; sizes as even as can be."""
    pairs = [
        pair for _, stretches in _rows(hall, wanted) for pair in pairwise(stretches) if _are_near(hall.line, *pair)
    ]
    for sizes in _sizes(wanted.seats):
        groups = [
            Group((first[len(first) - left :], second[:right]))
            for first, second in pairs
            for left, right in dict.fromkeys((sizes, sizes[::-1]))
            if len(first) >= left and len(second) >= right
        ]
        if groups:
            return min(groups, key=lambda group: _from_stage(hall, group.blocks))
    return None


def with_wheelchairs(hall: Hall, wanted: Wanted) -> Group | None:
    """As many as can be beside the wheelchairs, and the others near them; else some wheelchairs in both of two blocks,
    sizes as even as can be."""
    return next((group for parts in _parts(wanted) if (group := _nearest_two(hall, *parts))), None)


def scattered(hall: Hall, wanted: Wanted) -> Group | None:
    """The party in as few blocks as can be, of one section if that can be, wherever they are."""
    stretches: dict[str | None, list[range]] = {}
    for (section, _), row in _rows(hall, wanted):
        stretches.setdefault(section, []).extend(row)
    everywhere = [stretch for row in stretches.values() for stretch in row]
    groups = [group for some in stretches.values() if (group := _largest(hall, some, wanted.seats))]
    if not groups:
        return _largest(hall, everywhere, wanted.seats)
    return min(groups, key=lambda group: (len(group.blocks), _from_stage(hall, group.blocks)))


def _are_near(line: Line, first: range, second: range) -> bool:
    """Whether two stretches of one row are, by what is between them and by where they stand."""
    across = dist(line.points[first[-1]], line.points[second[0]])
    return second.start - first.stop <= NEAR and across <= NEAR + AISLE


def _parts(wanted: Wanted) -> Iterator[tuple[Wanted, Wanted]]:
    """Ways to part a party with wheelchairs in two."""
    for size in range(wanted.seats - 1, wanted.wheelchairs - 1, -1):
        yield replace(wanted, seats=size), replace(wanted, seats=wanted.seats - size, wheelchairs=0)
    for first, second in _sizes(wanted.seats):
        for some in range(1, wanted.wheelchairs):
            if some <= first and wanted.wheelchairs - some <= second:
                yield (
                    replace(wanted, seats=first, wheelchairs=some),
                    replace(wanted, seats=second, wheelchairs=wanted.wheelchairs - some),
                )


def _nearest_two(hall: Hall, wanted: Wanted, others: Wanted) -> Group | None:
    """The best block that is just what is wanted, and the nearest for the others."""
    block = hall.best(wanted)
    if block is None:
        return None
    rest = [one for one in islice(hall.blocks(others), MOST_STRETCHES) if not set(one) & set(block)]
    return Group((block, min(rest, key=partial(apart, hall.line, block)))) if rest else None


def _largest(hall: Hall, stretches: Sequence[range], seats: int) -> Group | None:
    """The largest stretches that have so many seats, of equals the best."""
    if sum(map(len, stretches)) < seats:
        return None
    blocks: list[range] = []
    for stretch in sorted(stretches, key=lambda one: (-len(one), _from_stage(hall, [one]))):
        blocks.append(stretch[:seats])
        seats -= len(blocks[-1])
        if not seats:
            break
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
    line = hall.line
    pairs = [
        pair
        for front, back in dict.fromkeys((sizes, sizes[::-1]))
        for pair in _nearest_pairs(line, _blocks(first, front), _blocks(second, back))
        if is_straight_behind(line, *pair)
    ]
    best = min(pairs, key=lambda pair: apart(line, *pair), default=None)
    return Group(best) if best and nothing_between(line, *best) else None


def _blocks(stretch: range, size: int) -> Sequence[range]:
    """The blocks of this size that a stretch has."""
    return [stretch[begin : begin + size] for begin in range(len(stretch) - size + 1)]


def _nearest_pairs(line: Line, blocks: Sequence[range], others: Sequence[range]) -> Iterator[tuple[range, range]]:
    """Each of the blocks with the nearest of the others."""
    middles = [middle(line, other) for other in others]
    for block in blocks if others else ():
        away = list(map(partial(dist, middle(line, block)), middles))
        yield block, others[away.index(min(away))]


def _from_stage(hall: Hall, blocks: Sequence[range]) -> float:
    """How far blocks are from the stage, together."""
    return sum(dist(middle(hall.line, block), hall.line.chart.focus) for block in blocks)
