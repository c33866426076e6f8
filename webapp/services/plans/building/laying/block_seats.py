"""A block laid out: its seats with their places, numbers, categories, and who sits beside whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.services.plans.building.laying.blaming import Note, unfit
from webapp.services.plans.building.laying.geometry import aisles_of, places_of, row_sizes
from webapp.services.plans.building.laying.labels import row_names, seat_numbers
from webapp.services.plans.building.laying.seat_names import Named, Seat
from webapp.services.plans.building.sketch import RowBlock
from webapp.services.plans.places import Place
from webapp.services.plans.plan import Accessibility


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A row of a block; its pieces hold seats that stand side by side, from left to right."""

    name: str
    pieces: Sequence[Sequence[Place]]


@dataclass(frozen=True, slots=True)
class _Traits:
    """What the fields of a block say of single seats, and of rows by their rank."""

    left_out: set[Seat]
    accessibility: dict[Seat, Accessibility]
    step_free_rows: set[int]
    categories: dict[Seat, str]


def lay_out(block: RowBlock, notes: list[Note]) -> list[BlockRow]:
    """The rows of the block, from the front; what is odd is added to the notes. Raises `Invalid`."""
    sizes = row_sizes(block)
    aisles = aisles_of(block, sizes)
    points = places_of(block, sizes, aisles)
    names = row_names(block)
    numbers = [
        seat_numbers(block.numbering, block.first_number, size, between)
        for size, between in zip(sizes, aisles, strict=True)
    ]
    traits = _traits(Named(block, {name: rank for rank, name in enumerate(names)}, list(map(set, numbers))), notes)
    rows = []
    for rank, name in enumerate(names):
        pieces: list[list[Place]] = [[]]
        for at, (number, (x, y)) in enumerate(zip(numbers[rank], points[rank], strict=True)):
            if at in aisles[rank] and pieces[-1]:
                pieces.append([])
            if (rank, number) not in traits.left_out:
                place = _place(block, name, (rank, number), traits)
                place.x, place.y, place.plan_seat_id = x, y, f"{block.id}.{rank + 1}.{at + 1}"
                pieces[-1].append(place)
            elif pieces[-1]:
                pieces.append([])
        rows.append(BlockRow(name, [piece for piece in pieces if piece]))
    if not any(row.pieces for row in rows):
        raise unfit(block, "left_out", "No seat of the block is left.")
    return rows


def _place(block: RowBlock, row: str, seat: Seat, traits: _Traits) -> Place:
    accessibility = traits.accessibility.get(seat)
    return Place(
        section=block.section,
        row=row,
        number=str(seat[1]),
        source=f"seat {seat[1]} of row {row} in {block.section}",
        category=traits.categories.get(seat, block.category),
        accessibility=accessibility,
        step_free=accessibility is not None or seat[0] in traits.step_free_rows,
    )


def _traits(named: Named, notes: list[Note]) -> _Traits:
    left_out = set(_seats(named, "left_out", notes))
    wheelchairs = set(_seats(named, "wheelchairs", notes))
    companions = set(_seats(named, "companions", notes))
    if wheelchairs & companions:
        sentence = (
            f"{named.block.section}: a seat for a companion is a place for a wheelchair, too; it is kept as that."
        )
        notes.append(Note(sentence, named.block.id, "companions"))
    missing: list[str] = []
    step_free_rows = set(named.whole_rows("step_free_rows", named.block.step_free_rows, missing))
    named.note_missing("step_free_rows", missing, notes)
    return _Traits(
        left_out=left_out,
        accessibility={**dict.fromkeys(companions, "companion"), **dict.fromkeys(wheelchairs, "wheelchair")},
        step_free_rows=step_free_rows,
        categories=_categories(named, notes),
    )


def _seats(named: Named, field: str, notes: list[Note]) -> list[Seat]:
    missing: list[str] = []
    found = list(named.seats(field, getattr(named.block, field), missing))
    named.note_missing(field, missing, notes)
    return found


def _categories(named: Named, notes: list[Note]) -> dict[Seat, str]:
    """The seats that have another category than the block, one line for each: "Premium: A-C, D5-D8"."""
    found: dict[Seat, str] = {}
    missing: list[str] = []
    for line in named.block.other_categories.splitlines():
        category, colon, seats = (part.strip() for part in line.rpartition(":"))
        if not line.strip():
            continue
        if not colon or not category or not seats:
            raise unfit(named.block, "other_categories", 'Write a line for each category, as in "Premium: A-C, D5-D8".')
        if len(category) > 60:
            raise unfit(named.block, "other_categories", "The name of a category may have 60 characters.")
        seats_named = named.rows_or_seats("other_categories", seats, missing)
        found.update(dict.fromkeys(seats_named, " ".join(category.split())))
    named.note_missing("other_categories", missing, notes)
    return found
