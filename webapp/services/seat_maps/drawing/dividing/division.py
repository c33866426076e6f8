"""A hall too large for one page in parts: its sections, and large sections by their rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, dist
from re import sub

from webapp.services.seat_maps.chart import Point
from webapp.services.seat_maps.drawing.grouping import Row, Section
from webapp.services.seat_maps.drawing.imagining.columns import in_order
from webapp.services.seat_maps.drawing.words import folded, stem_of
from webapp.services.seat_maps.planned import PlannedSeat

LARGEST_PART = 2_000
# How a hall in one part is called, as a part and in addresses.
WHOLE, WHOLE_SLUG = "All seats", "all"
_LONGEST_SLUG = 60
_MOST_SECTIONS = 300
# Sections of fewer seats are shown together, at most so many seats, when they are not farther apart than that.
_TINY, _LARGEST_NEIGHBOURHOOD, _CLOSE = 30, 250, 15.0


@dataclass(frozen=True, slots=True)
class Share:
    """What one part has of the hall; `slug` is unique in it."""

    slug: str
    name: str
    sections: Sequence[Section]


def divided(seats: Sequence[PlannedSeat], sections: Sequence[Section], at: Mapping[int, Point]) -> list[Share]:
    """The hall in shares of at most `LARGEST_PART` seats: one of all, or as many as it takes."""
    if len(seats) <= LARGEST_PART:
        return [Share(WHOLE_SLUG, WHOLE, sections)]
    named: list[tuple[str, Sequence[Section]]] = []
    for group in _neighbourhoods(sections, at):
        if len(group) > 1:
            named.append((f"{group[0].name} to {group[-1].name}", group))
        else:
            named += [(name, [piece]) for name, piece in _pieces(seats, group[0], alone=len(sections) == 1)]
    slugs = _slugs(name for name, _ in named)
    return [Share(slug, name, members) for slug, (name, members) in zip(slugs, named, strict=True)]


def _neighbourhoods(sections: Sequence[Section], at: Mapping[int, Point]) -> list[list[Section]]:
    """Each section by itself, but for tables and boxes, "Table 1" and "Table 2", that follow one another closely.

    With very many sections all small ones are put together, whatever they are called.
    """
    groups: list[list[Section]] = []
    size = 0
    is_motley = len(sections) > _MOST_SECTIONS
    for section in sections:
        seats = section.seats
        before = groups[-1][-1] if groups else None
        if (
            before is not None
            and len(seats) < _TINY
            and len(before.seats) < _TINY
            and size + len(seats) <= _LARGEST_NEIGHBOURHOOD
            and (is_motley or _are_alike(before, section))
            and dist(at[before.seats[-1]], at[seats[0]]) <= _CLOSE
        ):
            groups[-1].append(section)
            size += len(seats)
        else:
            groups.append([section])
            size = len(seats)
    return groups


def _are_alike(one: Section, other: Section) -> bool:
    stem = stem_of(one.name)
    return stem is not None and stem == stem_of(other.name)


def _pieces(seats: Sequence[PlannedSeat], section: Section, *, alone: bool) -> Iterator[tuple[str, Section]]:
    """The section, or its pieces, with their names."""
    count = len(section.seats)
    name = section.name or ("" if alone else "Other seats")
    if count <= LARGEST_PART:
        yield name or WHOLE, section
        return
    order = in_order((row.name or "", 0) for row in section.rows)
    by_name = {row.name or "": row for row in section.rows}
    rows = [piece for key, _ in order for piece in _shorter(by_name[key])]
    for bundle in _bundles(rows, count):
        yield _joined(name, _words(seats, bundle)), Section(section.name, bundle)


def _bundles(rows: Sequence[Row], count: int) -> list[list[Row]]:
    """Rows together, in as few bundles of nearly one size as it takes."""
    parts = ceil(count / LARGEST_PART)
    while True:
        bundles: dict[int, list[Row]] = {}
        before = 0
        for row in rows:
            size = len(row.seats)
            bundles.setdefault((2 * before + size) * parts // (2 * count), []).append(row)
            before += size
        if all(sum(len(row.seats) for row in bundle) <= LARGEST_PART for bundle in bundles.values()):
            return list(bundles.values())
        parts += 1


def _shorter(row: Row) -> list[Row]:
    """The row, or where one alone is larger than a part, pieces of it, cut between two lines where there are any."""
    if len(row.seats) <= LARGEST_PART:
        return [row]
    half = LARGEST_PART // 2
    cut = [piece[begin : begin + half] for piece in row.pieces for begin in range(0, len(piece), half)]
    joined = _bundles([Row(row.name, [piece]) for piece in cut], len(row.seats))
    return [Row(row.name, [piece for one in bundle for piece in one.pieces], row.is_folded) for bundle in joined]


def _words(seats: Sequence[PlannedSeat], rows: Sequence[Row]) -> str:
    """What rows these are, in words."""
    first, last = rows[0], rows[-1]
    if len(rows) == 1:
        members = first.seats
        ends = [seats[seat].number or seats[seat].seat_number for seat in (members[0], members[-1])]
        row = f"row {first.name}, " if first.name else ""
        return f"{row}seats {ends[0]} to {ends[1]}"
    return f"rows {first.name or 'without name'} to {last.name or 'without name'}"


def _joined(name: str, words: str) -> str:
    return f"{name}, {words}" if name else words[0].upper() + words[1:]


def _slugs(names: Iterable[str]) -> list[str]:
    """Names fit for addresses, each once."""
    found: list[str] = []
    taken = {WHOLE_SLUG}
    # Thousands of names may be alike but for signs: to try all numbers for each again would take minutes.
    numbers: dict[str, int] = {}
    for place, name in enumerate(names, start=1):
        plain = sub(r"[^a-z0-9]+", "-", folded(name)).strip("-")[:_LONGEST_SLUG].strip("-") or f"part-{place}"
        slug, more = plain, numbers.get(plain, 2)
        while slug in taken:
            slug, more = f"{plain}-{more}", more + 1
        numbers[plain] = more
        taken.add(slug)
        found.append(slug)
    return found
