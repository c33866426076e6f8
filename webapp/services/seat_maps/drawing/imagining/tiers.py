"""A house imagined from names alone: which sections stand side by side, and which behind one another."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil, sqrt
from statistics import fmean

from webapp.services.seat_maps.drawing.grouping import Section
from webapp.services.seat_maps.drawing.imagining.columns import Column, Key, columns_of, has_lettered_blocks, in_order
from webapp.services.seat_maps.drawing.words import is_box, level_of, side_of, stem_of, without_side
from webapp.services.seat_maps.planned import PlannedSeat

# With more sections than this that have nothing in common they stand side by side, or the house would be a tower.
_MOST_IN_A_TOWER = 6
# More boxes than this do not stand at the sides of a tier, nor so many sections left and right in one.
_MOST_ASIDE = 12
# More sections than this side by side are not compared by their numbers.
_MOST_COMPARED = 60

Numbers = dict[Key, tuple[int, int]]


@dataclass(slots=True)
class Tier:
    """Columns side by side, from left to right, with the keys of all their lines from front to back."""

    columns: list[Column]
    level: float | None

    @property
    def keys(self) -> list[Key]:
        """The lines that any column has."""
        return in_order(key for column in self.columns for key in column.lines)


def tiers_of(seats: Sequence[PlannedSeat], sections: Sequence[Section]) -> list[Tier]:
    """The tiers of the house from front to back."""
    lettered = has_lettered_blocks(sections)
    alike: list[tuple[list[Section], Tier]] = []
    for group in _groups(sections):
        found = [columns_of(section, lettered=lettered) for section in group]
        _share_keys(found)
        alike.append((group, Tier([column for columns in found for column in columns], level_of(group[0].name))))
    tiers = _with_boxes(alike)
    direction = _direction(seats, tiers)
    for tier in tiers:
        tier.columns = _left_to_right(seats, tier, direction)
        if direction < 0:
            for column in tier.columns:
                column.turn()
    if all(tier.level is not None for tier in tiers):
        tiers.sort(key=lambda tier: tier.level or 0.0)
    return tiers


def _groups(sections: Sequence[Section]) -> list[list[Section]]:
    """Sections that stand side by side: left and right of the same, or the blocks of one floor."""
    alike: dict[str, list[Section]] = {}
    for section in sections:
        alike.setdefault(without_side(section.name), []).append(section)
    peers: dict[str, list[Section]] = {}
    for name, group in alike.items():
        single = len(group) == 1 and side_of(group[0].name) is None
        stem = stem_of(group[0].name) if single else None
        peers.setdefault(f"of {stem}" if stem is not None else f"is {name}", []).extend(group)
    groups = list(peers.values())
    if len(groups) > _MOST_IN_A_TOWER and all(len(group) == 1 for group in groups):
        groups = [[section for group in groups for section in group]]
    seats = sum(len(section.seats) for section in sections)
    return [tier for group in groups for tier in _wrapped(group, seats)]


def _wrapped(group: list[Section], seats: int) -> list[list[Section]]:
    """Blocks side by side, in several tiers where they would be far wider than the house is deep."""
    if len(group) <= _MOST_ASIDE and any(side_of(section.name) is not None for section in group):
        return [group]
    widths = [min(60, max(len(row.seats) for row in section.rows)) + 2 for section in group]
    tiers = max(1, round(sum(widths) / max(60.0, sqrt(seats * 3.0))))
    wide = ceil(len(group) / tiers)
    return [group[begin : begin + wide] for begin in range(0, len(group), wide)]


def _share_keys(found: list[list[Column]]) -> None:
    """Where sections of a tier have no row name in common, their first rows are one line, their second rows another."""
    names = [{key for column in columns for key in column.lines} for columns in found]
    if len(found) < 2 or len(set().union(*names)) < sum(map(len, names)):
        return
    for columns in found:
        keys = in_order(key for column in columns for key in column.lines)
        place = {key: (str(index + 1), 0) for index, key in enumerate(keys)}
        for column in columns:
            column.lines = {place[key]: pieces for key, pieces in column.lines.items()}


def _with_boxes(alike: list[tuple[list[Section], Tier]]) -> list[Tier]:
    """The tiers, with boxes and what stands on one side only beside the tier whose rows it continues or is next to."""
    if len(alike) > _MOST_COMPARED:
        return [tier for _, tier in alike]
    houses = [tier for group, tier in alike if not _is_aside(group)]

    def shared_with(house: Tier) -> int:
        return sum(key in keys for key in {key for column in house.columns for key in column.lines})

    for group, tier in alike:
        if not _is_aside(group):
            continue
        keys = set(tier.keys)
        best = max(houses, key=shared_with, default=None)
        shared = shared_with(best) if best else 0
        has_room = best is not None and len(best.columns) + len(tier.columns) <= _MOST_ASIDE
        if best is None or not has_room or (not shared and not is_box(group[0].name)):
            houses.append(tier)
        else:
            if not shared:
                _begin_with(tier, best)
            best.columns += tier.columns
    return houses


def _is_aside(group: list[Section]) -> bool:
    sides = {side_of(section.name) for section in group}
    return is_box(group[0].name) or sides in ({-1}, {1})


def _begin_with(tier: Tier, house: Tier) -> None:
    """Let the rows of the boxes stand beside the first rows of the house."""
    fronts = house.keys
    for place, key in enumerate(tier.keys):
        front = fronts[place] if place < len(fronts) else ("", place)
        for column in tier.columns:
            if key in column.lines:
                column.lines[front] = column.lines.pop(key)


def _direction(seats: Sequence[PlannedSeat], tiers: list[Tier]) -> int:
    """1 when seat numbers rise from left to right, -1 when they fall, as names of sides and their numbers tell."""
    votes = 0
    for tier in tiers:
        compared = [column for column in tier.columns[:_MOST_COMPARED] if column.side is not None]
        numbered = [(column.side or 0, _numbers(seats, column)) for column in compared]
        for (one_side, one), (other_side, other) in combinations(numbered, 2):
            if one_side != other_side:
                votes += (other_side - one_side) * _before(one, other)
    return -1 if votes < 0 else 1


def _numbers(seats: Sequence[PlannedSeat], column: Column) -> Numbers:
    """The least and the greatest seat number of each line that has numbers, found once for all comparisons."""
    found = ((key, column.numbers(seats, key)) for key in column.lines)
    return {key: ends for key, ends in found if ends}


def _before(one: Numbers, other: Numbers) -> int:
    """In how many lines more the numbers of `one` are all less than those of `other` than the other way round."""
    votes = 0
    for key in one.keys() & other.keys():
        votes += (one[key][1] < other[key][0]) - (other[key][1] < one[key][0])
    return votes


def _left_to_right(seats: Sequence[PlannedSeat], tier: Tier, direction: int) -> list[Column]:
    """The columns by side, and on each side by their numbers where those tell, else as the plan has them."""

    others = [(other, _numbers(seats, other)) for other in tier.columns[:_MOST_COMPARED]]

    def rank(column: Column) -> float:
        numbers = _numbers(seats, column)
        votes = [
            _before(numbers, theirs) for other, theirs in others if other is not column and other.side == column.side
        ]
        return -direction * fmean((vote > 0) - (vote < 0) for vote in votes) if votes else 0.0

    return sorted(tier.columns, key=lambda column: (column.side or 0, rank(column)))
