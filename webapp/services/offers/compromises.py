"""What comes close when no such seats are free together, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from webapp.services.offers import words
from webapp.services.offers.groups import Group, apart, behind_each_other, in_one_row, with_wheelchairs
from webapp.services.offers.hall import Hall
from webapp.services.offers.offer import Offer
from webapp.services.offers.wanted import Wanted

MOST = 4


def compromises(hall: Hall, wanted: Wanted) -> Sequence[Offer]:
    """At most four different offers of as many seats as are wanted, the best first; all of them free in this hall."""
    offers: dict[frozenset[int], Offer] = {}
    for places, said in _all(hall, wanted):
        offer = hall.offer(places, said)
        offers.setdefault(frozenset(offer.seat_ids), offer)
        if len(offers) == MOST:
            break
    return list(offers.values())


def the_last(hall: Hall) -> Sequence[Offer]:
    """All that is left, in one offer if it can be."""
    if not hall.vacancies.count:
        return []
    wanted = Wanted(hall.vacancies.count)
    block = hall.best(wanted)
    return [hall.offer(block, words.place(hall.seats(block)))] if block else compromises(hall, wanted)


def _all(hall: Hall, wanted: Wanted) -> Iterator[tuple[Sequence[int], str]]:
    """Everything that comes close: apart but near, then together but otherwise than wanted, then just apart."""
    near = [] if wanted.wheelchairs else list(_near(hall, wanted))
    yield from near
    yield from _dearer(hall, wanted)
    yield from _with_steps(hall, wanted)
    yield from _elsewhere(hall, wanted)
    if wanted.wheelchairs:
        yield from _parted(hall, wanted)
    elif not near and wanted.seats > 1:
        for group in _holdable(hall, apart(hall, wanted)):
            yield group.places, _apart_words(hall, group)


def _near(hall: Hall, wanted: Wanted) -> Iterator[tuple[Sequence[int], str]]:
    """In two blocks that are near each other."""
    for group in _holdable(hall, behind_each_other(hall, wanted)):
        yield group.places, f"{_sizes(group)}, directly behind each other, {_rows(hall, group)}"
    for group in _holdable(hall, in_one_row(hall, wanted)):
        yield group.places, f"{_sizes(group)} in {_rows(hall, group)}, {_gap(hall, group)}"


def _parted(hall: Hall, wanted: Wanted) -> Iterator[tuple[Sequence[int], str]]:
    """Some with the wheelchair, the others near them."""
    for group in _holdable(hall, with_wheelchairs(hall, wanted)):
        first, second = (_rows(hall, Group((block,))) for block in group.blocks)
        where = f"in {first}" if first == second else f"in {first}, the others in {second}"
        yield group.places, f"{_sizes(group)}, the wheelchair {where}"


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
            yield block, f"{_together(wanted)}, {cost} instead of up to {words.money(limit, currency)}"
            return


def _with_steps(hall: Hall, wanted: Wanted) -> Iterator[tuple[Sequence[int], str]]:
    if wanted.step_free and (block := hall.best(replace(wanted, step_free=False))):
        yield block, f"{_together(wanted)}, not step-free"


def _elsewhere(hall: Hall, wanted: Wanted) -> Iterator[tuple[Sequence[int], str]]:
    """The same in another category."""
    if wanted.category is not None and (block := hall.best(replace(wanted, category=None))):
        names = words.listed(list(dict.fromkeys(seat.category.name for seat in hall.seats(block))))
        yield block, f"{_together(wanted)}, {names} instead of {wanted.category}"


def _holdable(hall: Hall, groups: Iterator[Group]) -> Iterator[Group]:
    """The groups that the rule of lonely seats lets be held; blocks are chosen so, but not two of them."""
    for group in groups:
        if not (hall.minds_lonely_seats(len(group.places)) and hall.vacancies.left_lonely(group.places)):
            yield group


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
    if any(hall.line.seats[place] is None for place in between):
        return "an aisle apart"
    return f"{words.number_word(len(between))} {'seat' if len(between) == 1 else 'seats'} apart"


def _apart_words(hall: Hall, group: Group) -> str:
    if all(len(block) == 1 for block in group.blocks):
        count = f"{words.number_word(len(group.blocks))} single seats"
        sections = list(dict.fromkeys(seat.section for seat in hall.seats(group.places)))
        return f"{count} in {_named(sections)}" if all(sections) else count
    return f"{_sizes(group)}, {_rows(hall, group)}"


def _named(sections: Sequence[str | None]) -> str:
    return words.listed([f"the {section}" if _is_plural(section) else f"{section}" for section in sections])


def _is_plural(section: str | None) -> bool:
    """Whether a section's name wants an article: the Stalls, but Block A."""
    return bool(section and section.endswith("s") and " " not in section)
