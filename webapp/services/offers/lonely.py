"""Single seats between taken ones: how a choice that would leave one can be mended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from webapp.services.asker import Asker, Bearer
from webapp.services.offers import words
from webapp.services.offers.hall import Hall, hall_of
from webapp.services.offers.nearest import nearest_blocks
from webapp.services.offers.offer import Offer
from webapp.services.reservations import Holding

MOST = 3


@dataclass(frozen=True)
class Advice:
    """What a buyer may want to consider after a hold that succeeded."""

    sentence: str
    offers: Sequence[Offer]


def fixes(asker: Asker | Bearer, show_id: int, seat_ids: Sequence[int]) -> Sequence[Offer]:
    """What the asker can hold instead of these seats, which would leave one lonely: a step aside, the neighbour as
    well, else the nearest good seats; at most three."""
    hall = hall_of(show_id)
    own = hall.had_by(asker)
    wanted = set(seat_ids) - set(own)
    chosen = sorted(place for seat_id in wanted if (place := hall.line.place_of.get(seat_id)) is not None)
    offers: dict[tuple[int, ...], Offer] = {}
    for places, said in _mended(hall, chosen):
        if len(own) + len(places) > hall.rules.seat_limit:
            continue
        offers.setdefault(tuple(places), hall.offer(places, said))
        if len(offers) == MOST:
            break
    return list(offers.values())


def advice(holding: Holding) -> Advice | None:
    """What to say to whoever has just been given seats that leave one lonely, in a show that minds."""
    if holding.lonely_seats != "warn" or not holding.created:
        return None
    hall = hall_of(holding.reservations[0].show_id)
    held = [place for one in holding.reservations if (place := hall.line.place_of.get(one.seat_id)) is not None]
    lonely = hall.vacancies.left_lonely(held)
    if not lonely or hall.few_left(0):
        return None
    seats = hall.seats(lonely)
    numbers = words.listed([seat.seat_number for seat in seats])
    which = f"Seat {numbers} now stays" if len(seats) == 1 else f"Seats {numbers} now stay"
    return Advice(
        f"{which} single between taken ones, and hardly anybody comes alone.",
        [hall.offer([place], f"Add seat {seat.seat_number}") for place, seat in zip(lonely, seats, strict=True)],
    )


def _mended(hall: Hall, chosen: Sequence[int]) -> Iterator[tuple[Sequence[int], str]]:
    """The ways to mend the choice, the least change first."""
    if not chosen:
        return
    lonely = hall.vacancies.left_lonely(chosen)
    if chosen[-1] - chosen[0] == len(chosen) - 1:
        for step in (-1, 1):
            aside = [place + step for place in chosen]
            if set(aside) & set(lonely) and _is_good(hall, aside):
                yield aside, words.place(hall.seats(aside))
    more = sorted({*chosen, *lonely})
    if lonely and _is_good(hall, more):
        added = words.begun(words.numbered(hall.seats(lonely)))
        yield more, f"{added} as well: {words.place(hall.seats(more))}"
    for block in nearest_blocks(hall, chosen):
        yield block, words.place(hall.seats(block))


def _is_good(hall: Hall, places: Sequence[int]) -> bool:
    """Whether these places are free seats that leave none lonely."""
    free = hall.vacancies.free
    if places[0] < 0 or places[-1] >= hall.line.length:
        return False
    is_free = all(free >> 8 * place & 1 for place in places)
    return is_free and not hall.vacancies.left_lonely(places)
