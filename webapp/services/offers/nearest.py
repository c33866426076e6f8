"""What is free nearest to seats that somebody else was faster to take."""

from collections.abc import Iterator, Sequence
from itertools import count
from math import dist

from sqlalchemy import Engine

from webapp.extensions import db
from webapp.services import reservations
from webapp.services.asker import Asker, Bearer
from webapp.services.offers import words
from webapp.services.offers.hall import Hall, hall_of
from webapp.services.offers.line import BYTE, CELL, run
from webapp.services.offers.offer import Offer
from webapp.services.rounds import KeyedRounds
from webapp.services.seat_maps import ChartSeat

MOST = 3
# How often seats that have just come back are left out before nothing is offered.
MOST_LOOKS = 3
# How many pitches further away a seat in another row seems.
OTHER_ROW = 0.5

Point = tuple[float, float]


def nearest(show_id: int, seat_ids: Sequence[int]) -> Sequence[Offer]:
    """As many seats as these side by side, in the category of the first by id: the nearest, at most three times.

    Those who want the same at once, and get it no more, share one look at the hall, which begins after they asked.
    """
    return _looks.result((db.engine, show_id, tuple(seat_ids)))


def _nearest(wanted: tuple[Engine, int, Sequence[int]]) -> Sequence[Offer]:
    _, show_id, seat_ids = wanted
    hall = hall_of(show_id)
    places = [place for seat_id in seat_ids if (place := hall.line.place_of.get(seat_id)) is not None]
    return [hall.offer(block, words.place(hall.seats(block))) for block in nearest_blocks(hall, places)[:MOST]]


_looks = KeyedRounds(_nearest)


def nearest_open(asker: Asker | Bearer, show_id: int, seat_ids: Sequence[int]) -> Sequence[Offer]:
    """The same where these seats are for others first: without them, and others that the asker has to wait for."""
    hall, waited_for = hall_of(show_id), set(seat_ids)
    places = [place for seat_id in seat_ids if (place := hall.line.place_of.get(seat_id)) is not None]
    for _ in range(MOST_LOOKS):
        rest = hall.without(waited_for)
        offers = [rest.offer(block, words.place(rest.seats(block))) for block in nearest_blocks(rest, places)[:MOST]]
        waiting = reservations.not_yet_open(asker, [seat_id for offer in offers for seat_id in offer.seat_ids])
        if not waiting:
            return offers
        waited_for.update(seat["seat_id"] for seat in waiting)
    return []


def nearest_blocks(hall: Hall, places: Sequence[int]) -> Sequence[range]:
    """Blocks of as many seats, the nearest first, of which none has a seat in common with another."""
    if not places:
        return []
    size, line = len(places), hall.line
    chosen = hall.seats(places)
    starts = _alike(hall, chosen) & hall.vacancies.blocks(size, line.categories[chosen[0].category.name])
    if hall.minds_lonely_seats(size):
        starts &= ~hall.vacancies.lonely_making(size)
    found: list[range] = []
    middle, row = _middle(hall, places), line.rows[chosen[0].section, chosen[0].row]
    for start in _nearest_first(hall, starts, size, middle, row):
        block = range(start, start + size)
        if all(block.start >= other.stop or block.stop <= other.start for other in found):
            found.append(block)
            if len(found) == MOST:
                break
    return found


def _alike(hall: Hall, chosen: Sequence[ChartSeat]) -> int:
    """Where blocks begin that are for whomever these seats are for: with just as many places for wheelchairs."""
    line, size = hall.line, len(chosen)
    if hall.accessible_seats_released:
        return line.house
    if all(seat.accessibility is None for seat in chosen):
        return run(line.plain, size)
    wheelchairs = sum(seat.accessibility == "wheelchair" for seat in chosen)
    return run(line.house & ~line.plain, size) & hall.with_wheelchairs(size, wheelchairs)


def _middle(hall: Hall, places: Sequence[int]) -> Point:
    points = [hall.line.points[place] for place in places]
    return (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))


def _nearest_first(hall: Hall, starts: int, size: int, middle: Point, row: range) -> Iterator[int]:
    """The starts by how far the middle of their block is from this point.

    Looked for in rings of squares around the point, so that the usual answer, a seat beside, costs no look at the rest.
    """
    if not starts:
        return
    line, half = hall.line, size // 2
    # A block is looked for where its middle seat is.
    open_ = line.places(starts << half * BYTE)
    cells = line.cells
    column, down = int(middle[0] // CELL), int(middle[1] // CELL)
    left, waiting = starts.bit_count(), list[tuple[float, int]]()
    for ring in count():
        for cell in _ring(column, down, ring):
            for place in cells.get(cell, ()):
                if open_[place]:
                    block = range(place - half, place - half + size)
                    other_row = 0 if place in row else OTHER_ROW
                    waiting.append((dist(_middle(hall, block), middle) + other_row, block.start))
                    left -= 1
        waiting.sort()
        # What is further out than this ring is hardly nearer than its inner edge.
        sure = [start for distance, start in waiting if distance <= ring * CELL or not left]
        yield from sure
        waiting = waiting[len(sure) :]
        if not left:
            return


def _ring(column: int, row: int, ring: int) -> Iterator[tuple[int, int]]:
    """The squares that are so many steps away."""
    if ring == 0:
        yield (column, row)
        return
    for step in range(-ring, ring + 1):
        yield (column + step, row - ring)
        yield (column + step, row + ring)
    for step in range(-ring + 1, ring):
        yield (column - ring, row + step)
        yield (column + ring, row + step)
