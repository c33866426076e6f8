"""The best seats that are free: chosen for somebody, and held in one go."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice
from random import choice, randrange

from webapp.services import reservations
from webapp.services.asker import Asker
from webapp.services.database.refusing import busy
from webapp.services.offers import words
from webapp.services.offers.compromises import compromises, the_last
from webapp.services.offers.desk import Desk, at_the_desk
from webapp.services.offers.hall import Hall, hall_of
from webapp.services.offers.wanted import Wanted
from webapp.services.refusals import (
    Invalid,
    LonelySeat,
    NoneTogether,
    NotOnSale,
    OthersFirst,
    Refusal,
    SeatLimitReached,
)
from webapp.services.reservations import Block, Reservation

# How often we look at the hall, how many blocks we weigh at a look, and how many of them we try without waiting for
# anybody. Each look that fails means that somebody else got seats.
LOOKS = 60
MOST_WEIGHED = 400
TRIES = 6
# From which look on we wait for others, and among how many of the best blocks those who do spread.
PATIENT_FROM = 12
SPREAD = 8


@dataclass(frozen=True)
class Found:
    """Seats that were chosen and are held, and where they are: `Stalls, row C, seats 12 to 14`."""

    reservations: Sequence[Reservation]
    words: str


def hold(asker: Asker, show_id: int, wanted: Wanted, *, minutes: int | None) -> Found:
    """Hold the best free block of what is wanted, for `minutes` (1 to 20).

    Raises `NoneTogether`, with offers that come close, when no such block is free; `SeatLimitReached`, `NotOnSale`,
    `NotFound`, or `Invalid` for a category that is not of the show; `LonelySeat` where the guard finds one that we do
    not; `OthersFirst` when all such blocks have seats that came back just now. Then nothing was held.
    """
    lonely: LonelySeat | None = None
    others_were_faster = False
    for_others: set[int] = set()
    with at_the_desk(show_id) as desk:
        for look in range(LOOKS):
            hall = hall_of(show_id)
            _refuse_impossible(hall, wanted)
            free = list(islice(hall.without(for_others).blocks(wanted), MOST_WEIGHED))
            if not free:
                _refuse_to_wait(asker, hall, wanted, for_others)
                for_others.clear()
                continue
            blocks = _worth_trying(hall, desk, free) if look < PATIENT_FROM else []
            # When all are being taken just now, the answer is to wait for one, not a no.
            for block in blocks or [choice(free[:SPREAD])]:  # noqa: S311 -- it spreads, and hides nothing
                try:
                    held = _take(asker, hall, desk, block, wanted, minutes=minutes, wait=not blocks)
                except LonelySeat as refusal:  # a seat beside the block was taken since we looked
                    lonely = refusal
                    continue
                except OthersFirst:
                    seats = [seat.id for one in free for seat in hall.seats(one)]
                    for_others.update(seat["seat_id"] for seat in reservations.not_yet_open(asker, seats))
                    break
                if held:
                    return Found(held, words.place(hall.seats(block)))
                others_were_faster = True
    raise lonely if lonely and not others_were_faster else busy()


def _take(
    asker: Asker, hall: Hall, desk: Desk, places: range, wanted: Wanted, *, minutes: int | None, wait: bool
) -> Sequence[Reservation] | None:
    """Take the block; None when it is taken, or being taken, by another."""
    seat_ids = [seat.id for seat in hall.seats(places)]
    block = Block(hall.line.chart.show_id, seat_ids, wanted.price_at_most)
    with desk.trying(seat_ids):
        return reservations.take(asker, block, minutes=minutes, wait=wait)


def _worth_trying(hall: Hall, desk: Desk, free: Sequence[range]) -> Sequence[range]:
    """Blocks to try, best first, of which none has a seat in common with another, or with one that is being tried here.

    Those after the first are further and further down, since other processes go down the same list.
    """
    tried = {place for seat_id in desk.tried if (place := hall.line.place_of.get(seat_id)) is not None}
    found: list[range] = []
    skip = 0
    for block in free:
        if not tried.isdisjoint(block):
            continue
        tried.update(block)
        if skip:
            skip -= 1
            continue
        found.append(block)
        if len(found) == TRIES:
            break
        skip = randrange(2 * len(found))  # noqa: S311 -- likewise
    return found


def _refuse_impossible(hall: Hall, wanted: Wanted) -> None:
    """What no other seats could mend."""
    if closed := hall.standing.closed:
        raise NotOnSale.because(closed)
    if wanted.category is not None and wanted.category not in hall.line.categories:
        sentence = f"This show has no category {wanted.category}."
        raise Invalid(sentence, errors=[{"pointer": "#/category", "detail": sentence}])
    if wanted.wheelchairs > wanted.seats:
        sentence = "More places for wheelchairs than seats are wanted."
        raise Invalid(sentence, errors=[{"pointer": "#/wheelchairs", "detail": sentence}])
    limit = hall.rules.seat_limit
    if wanted.seats > limit:
        raise SeatLimitReached(f"One buyer can have at most {limit} seats in this show.", limit=limit)


def _refuse_to_wait(asker: Asker, hall: Hall, wanted: Wanted, for_others: Collection[int]) -> None:
    """Raise why no such block can be had; or return, where the wait for the best one is over by now."""
    best = hall.best(wanted) if for_others else None
    if best is None:
        raise _none(asker, hall, wanted)
    try:
        reservations.refuse_waiting(asker, [seat.id for seat in hall.seats(best)])
    except OthersFirst as refusal:
        show_id, waited_for = hall.line.chart.show_id, list(for_others)
        raise refusal.coming_with(lambda: compromises(hall_of(show_id).without(waited_for), wanted)) from None


def _none(asker: Asker, hall: Hall, wanted: Wanted) -> Refusal:
    """Why there is no such block, with what comes close."""
    limit = hall.rules.seat_limit
    if len(hall.had_by(asker)) + wanted.seats > limit:
        sentence = f"One buyer can have at most {limit} seats in this show. Release one to take another."
        return SeatLimitReached(sentence, limit=limit)
    show_id = hall.line.chart.show_id
    free = hall.vacancies.count
    if not free:
        sentence = "Every seat of this show is taken just now. One that is released shows up here at once."
        return NoneTogether(sentence, free=free)
    if hall.left(wanted) < wanted.seats:
        return NoneTogether(_left(hall, wanted), free=free).coming_with(lambda: the_last(hall_of(show_id), wanted))
    return NoneTogether(_sentence(wanted), free=free).coming_with(lambda: compromises(hall_of(show_id), wanted))


def _left(hall: Hall, wanted: Wanted) -> str:
    """How many seats are left for them, and that others are kept for wheelchairs."""
    left, kept = hall.left(wanted), "places for wheelchairs and their companions"
    if not left:
        return f"Only {kept} are left in this show."
    seats = "one seat is" if left == 1 else f"{left} seats are"
    besides = "" if wanted.wheelchairs or left == hall.vacancies.count else f", besides {kept}"
    return f"Only {seats} left in this show{besides}."


def _sentence(wanted: Wanted) -> str:
    if wanted.seats == 1:
        return "No such seat is free any more."
    such = "" if wanted == Wanted(wanted.seats) else "such "
    return f"No {wanted.seats} {such}seats are free side by side any more."
