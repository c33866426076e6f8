"""From a sketch to the plan: every seat where it stands, with its number, and what does not fit as sentences."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from webapp.services.plans.building.fields import MOST_SEATS
from webapp.services.plans.building.laying.blaming import Note, unfit
from webapp.services.plans.building.laying.block_seats import BlockRow, lay_out
from webapp.services.plans.building.laying.fitting import LaidBlock, misfits
from webapp.services.plans.building.laying.geometry import row_sizes
from webapp.services.plans.building.laying.outlines import outlined
from webapp.services.plans.building.sketch import Sketch
from webapp.services.plans.numbering import number_seats
from webapp.services.plans.oddities import Oddities
from webapp.services.plans.places import Place
from webapp.services.plans.plan import Plan, PlanCategory, Point

# The rows of the plan by section and name, each as what the blocks have of it, in pieces.
Rows = Mapping[tuple[str, str], list[Sequence[Sequence[Place]]]]


@dataclass(frozen=True, slots=True)
class Built:
    """A plan, which of its seats (by their index) each block has, and what does not fit."""

    plan: Plan
    seats_of: Mapping[int, range]
    notes: Sequence[Note]


def build(sketch: Sketch) -> Plan:
    """The plan of the sketch, its oddities told. Raises `Invalid`, naming block and field, where it cannot be one."""
    return built(sketch).plan


def built(sketch: Sketch) -> Built:
    """The same with the seats of each block, and what does not fit by block and field."""
    notes: list[Note] = []
    _refuse_too_many(sketch)
    rows: dict[tuple[str, str], list[Sequence[Sequence[Place]]]] = defaultdict(list)
    laid = []
    for block in sketch.blocks:
        block_rows = lay_out(block, notes)
        for row in block_rows:
            if row.pieces:
                rows[block.section, row.name].append(row.pieces)
        laid.append(LaidBlock.of(block, _all(block_rows)))
    _order(rows)
    stage = outlined(sketch.stage, is_stage=True) if sketch.stage else None
    notes += misfits(sketch, laid, stage)
    places = [place for one in laid for place in one.places]
    oddities = Oddities()
    seats, renumbered = number_seats(places, oddities)
    plan = Plan(
        name=sketch.name,
        seats=seats,
        categories=[PlanCategory(name=name) for name in dict.fromkeys(seat.category for seat in seats) if name],
        areas=[*([stage] if stage else []), *(outlined(area, is_stage=False) for area in sketch.areas)],
        oddities=[note.sentence for note in notes] + oddities.sentences(),
        renumbered=renumbered,
    )
    return Built(plan, _ranges(laid), notes)


def _refuse_too_many(sketch: Sketch) -> None:
    """Before any seat is made: a typing error must not cost seconds."""
    seats = 0
    for block in sketch.blocks:
        seats += sum(row_sizes(block))
        if seats > MOST_SEATS:
            raise unfit(block, "seats", f"With these the plan has more than {MOST_SEATS:,} seats.")


def _all(rows: Sequence[BlockRow]) -> list[Place]:
    return [place for row in rows for piece in row.pieces for place in piece]


def _order(rows: Rows) -> None:
    """Say who sits beside whom, from left to right in the hall, with a gap between any two pieces of a row."""
    for shares in rows.values():
        order = 1
        for pieces in sorted(map(_left_to_right, shares), key=lambda pieces: _point(pieces[0][0])):
            for piece in pieces:
                for place in piece:
                    place.neighbour_order = order
                    order += 1
                order += 1


def _left_to_right(pieces: Sequence[Sequence[Place]]) -> Sequence[Sequence[Place]]:
    """What a block has of a row, turned round where the block is turned by more than a quarter."""
    if _point(pieces[-1][-1]) >= _point(pieces[0][0]):
        return pieces
    return [piece[::-1] for piece in reversed(pieces)]


def _point(place: Place) -> Point:
    return (place.x or 0.0, place.y or 0.0)


def _ranges(laid: Sequence[LaidBlock]) -> dict[int, range]:
    ranges, first = {}, 0
    for one in laid:
        ranges[one.block.id] = range(first, first + len(one.places))
        first += len(one.places)
    return ranges
