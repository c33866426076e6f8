"""What comes close when no such seats are free together, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import dist

from webapp.services.offers import words
from webapp.services.offers.groups import Group, behind_each_other, in_one_row, scattered, with_wheelchairs
from webapp.services.offers.hall import Hall
from webapp.services.offers.offer import Offer
from webapp.services.offers.wanted import Wanted

MOST = 4
# In how many blocks a party is said to sit, rather than just not together.
MOST_BLOCKS = 4
# Where two seats of a row are no neighbours and this many pitches apart, there is an aisle.
AISLE = 1.6


def compromises(hall: Hall, wanted: Wanted) -> Sequence[Offer]:
    """At most four different offers of as many seats as are wanted, the best first; all of them free in this hall."""
    offers: dict[frozenset[int], Offer] = {}
    for places, said in _all(hall, wanted):
        offer = hall.offer(places, said)
        offers.setdefault(frozenset(offer.seat_ids), offer)
        if len(offers) == MOST:
            break
    return list(offers.values())


def the_last(hall: Hall, wanted: Wanted) -> Sequence[Offer]:
    """All that is left for somebody who wants more, in one offer if it can be."""
    wanted = Wanted(hall.left(wanted), wheelchairs=wanted.wheelchairs)
    if not wanted.seats:
        return []
    block = hall.best(wanted)
    return [hall.offer(block, words.place(hall.seats(block)))] if block else compromises(hall, wanted)


def _all(hall: Hall, wanted: Wanted) -> Iterator[tuple[Sequence[int], str]]:
    """Everything that comes close: apart but near, then together but otherwise than wanted, then just apart.

    Or just what is wanted, where somebody has released it meanwhile.
    """
    if block := hall.best(wanted):
        yield block, words.place(hall.seats(block))
        return
    near = [] if wanted.wheelchairs else list(_near(hall, wanted))
    yield from near
    yield from _dearer(hall, wanted)
    yield from _with_steps(hall, wanted)
    yield from _elsewhere(hall, wanted)
    if wanted.wheelchairs:
        yield from _parted(hall, wanted)
    elif not near and wanted.seats > 1 and (group := _holdable(hall, scattered(hall, wanted))):
        yield group.places, _scattered_words(hall, group)


def _near(hall: Hall, wanted: Wanted) -> Iterator[tuple[Sequence[int], str]]:
    """In two blocks that are near each other."""
    if group := _holdable(hall, behind_each_other(hall, wanted)):
        yield group.places, _said(_sizes(group), "directly behind each other", _rows(hall, group))
    if group := _holdable(hall, in_one_row(hall, wanted)):
        yield group.places, _said(f"{_sizes(group)}{_in(_rows(hall, group))}", _gap(hall, group))


def _parted(hall: Hall, wanted: Wanted) -> Iterator[tuple[Sequence[int], str]]:
    """Some with the wheelchairs, the others near them; or wheelchairs in both blocks."""
    group = _holdable(hall, with_wheelchairs(hall, wanted))
    if group is None:
        return
    first, second = (_rows(hall, Group((block,))) for block in group.blocks)
    if any(seat.accessibility == "wheelchair" for seat in hall.seats(group.blocks[1])):
        yield group.places, _said(_sizes(group), "wheelchairs in both", _rows(hall, group))
        return
    them = "the wheelchair" if wanted.wheelchairs == 1 else "the wheelchairs"
    others = f"the others in {second}" if second and first != second else ""
    yield group.places, _said(_sizes(group), f"{them} in {first}" if first else "not all together", others)


def _dearer(hall: Hall, wanted: Wanted) -> Iterator[tuple[Sequence[int], str]]:
    """The same at the lowest price that can be had."""
    limit = wanted.price_at_most
    if limit is None:
        return
    for price in sorted({one.price for one in hall.line.chart.categories if one.price > limit}):
        block = hall.best(replace(wanted, price_at_most=price))
        if block:
            currency = hall.rules.currency
            each = "" if wanted.seats == 1 else " each"
            same = len({seat.category.price for seat in hall.seats(block)}) == 1
            cost = f"{'' if same else 'up to '}{words.money(price, currency)}{each}"
            instead_of = f"{'up to ' if limit else ''}{words.money(limit, currency)}"
            yield block, f"{_together(wanted)}, {cost} instead of {instead_of}"
            return


def _with_steps(hall: Hall, wanted: Wanted) -> Iterator[tuple[Sequence[int], str]]:
    if wanted.step_free and (block := hall.best(replace(wanted, step_free=False))):
        yield block, f"{_together(wanted)}, not step-free"


def _elsewhere(hall: Hall, wanted: Wanted) -> Iterator[tuple[Sequence[int], str]]:
    """The same in another category, or some of them."""
    if wanted.category is not None and (block := hall.best(replace(wanted, category=None))):
        others = [seat.category.name for seat in hall.seats(block) if seat.category.name != wanted.category]
        names = words.listed(list(dict.fromkeys(others)))
        if len(others) == wanted.seats:
            yield block, f"{_together(wanted)}, {names} instead of {wanted.category}"
        else:
            yield block, f"{_together(wanted)}, {words.number_word(len(others))} of them in {names}"


def _holdable(hall: Hall, group: Group | None) -> Group | None:
    """The group, if the rule of lonely seats lets it be held; blocks are chosen so, but not two of them."""
    if group is None or (hall.minds_lonely_seats(len(group.places)) and hall.vacancies.left_lonely(group.places)):
        return None
    return group


def _said(*parts: str) -> str:
    """The parts of which there is something to say."""
    return ", ".join(part for part in parts if part)


def _in(where: str) -> str:
    return f" in {where}" if where else ""


def _together(wanted: Wanted) -> str:
    return "1 seat" if wanted.seats == 1 else f"{wanted.seats} together"


def _sizes(group: Group) -> str:
    return " + ".join(str(len(block)) for block in group.blocks)


def _rows(hall: Hall, group: Group) -> str:
    """The rows of the group, with their section where the hall has more than one."""
    blocks = [hall.seats(block) for block in group.blocks]
    said = words.rows(blocks)
    first = blocks[0][0]
    several = len({section for section, _ in hall.line.rows}) > 1
    return f"{first.section} {said}" if several and first.section and said.startswith("row") else said


def _gap(hall: Hall, group: Group) -> str:
    """How far apart two blocks of one row are."""
    first, second = group.blocks
    between = range(first.stop, second.start)
    if any(_is_aisle(hall, place) for place in between):
        return "an aisle apart"
    seats = len(hall.seats(between))
    # Seats that a plan puts beside each other without saying that they are neighbours.
    return f"{words.number_word(seats)} {'seat' if seats == 1 else 'seats'} apart" if seats else "close together"


def _is_aisle(hall: Hall, place: int) -> bool:
    """Whether this place of a row is an empty one, and wider than the way from seat to seat."""
    points = hall.line.points
    return hall.line.seats[place] is None and dist(points[place - 1], points[place + 1]) > AISLE


def _scattered_words(hall: Hall, group: Group) -> str:
    count = words.number_word(len(group.places))
    if all(len(block) == 1 for block in group.blocks):
        return f"{count} single seats{_in(_sections(hall, group))}"
    if len(group.blocks) > MOST_BLOCKS:
        return _said(f"{count} seats", "not all together", _sections(hall, group) and f"in {_sections(hall, group)}")
    return _said(_sizes(group), _rows(hall, group) or "not all together")


def _sections(hall: Hall, group: Group) -> str:
    """The sections of the group by their names, if all have one."""
    sections = list(dict.fromkeys(seat.section for seat in hall.seats(group.places)))
    return _named(sections) if all(sections) else ""


def _named(sections: Sequence[str | None]) -> str:
    return words.listed([f"the {section}" if _is_plural(section) else f"{section}" for section in sections])


def _is_plural(section: str | None) -> bool:
    """Whether a section's name wants an article: the Stalls, but Block A."""
    return bool(section and section.endswith("s") and " " not in section)
