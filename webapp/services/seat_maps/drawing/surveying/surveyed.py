"""Seats where their plan has them: its coordinates brought to one scale, and what is missing in a row filled in."""

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import dist, hypot, isfinite
from statistics import fmean, median, median_low

from webapp.services.seat_maps.chart import Point
from webapp.services.seat_maps.drawing.grouping import Row, Section
from webapp.services.seat_maps.drawing.spacing import CLEAR, NEAREST, close_pairs
from webapp.services.seat_maps.planned import PlannedSeat

# Beyond this a coordinate is a slip: nobody's hall is a billion units wide.
_FARTHEST = 1e9
# A section whose seats are this much nearer or farther from one another than usual is drawn in another scale.
_NARROWER, _WIDER = 0.7, 2.0
# How much a plan is enlarged at most because its rows are nearer than the seats in them.
_MOST_ENLARGED = 1.6
# A section of which less than this part has coordinates is drawn as if it had none.
_ENOUGH_KNOWN = 0.5


@dataclass(frozen=True, slots=True)
class Survey:
    """Where the seats stand, in pitches, of all sections that the coordinates can place; the others are left out.

    A point of the plan is drawn where it is from `origin`, in units of `pitch`.
    """

    at: dict[int, Point]
    origin: Point = (0.0, 0.0)
    pitch: float = 1.0

    def drawn(self, point: Point) -> Point:
        """Where a point of the plan is drawn."""
        return ((point[0] - self.origin[0]) / self.pitch, (point[1] - self.origin[1]) / self.pitch)


def survey(seats: Sequence[PlannedSeat], sections: Sequence[Section]) -> Survey:
    """The plan brought to one scale, in which neighbours are usually a pitch apart."""
    known = {index: point for index, seat in enumerate(seats) if (point := _point(seat)) is not None}
    placed = [section for section in sections if _is_known(section, known)]
    pitches = [_steps(section, known) for section in placed]
    usual = _usual([step for steps in pitches for step in steps])
    if usual is None:
        return Survey({})
    # The middle and no corner, which would move with every slip of a coordinate.
    origin = (median(x for x, _ in known.values()), median(y for _, y in known.values()))
    at: dict[int, Point] = {}
    for section, steps in zip(placed, pitches, strict=True):
        own = {
            seat: ((known[seat][0] - origin[0]) / usual, (known[seat][1] - origin[1]) / usual)
            for seat in section.seats
            if seat in known
        }
        _rescale(own, _usual(steps), usual)
        if _fill(seats, section, own):
            at.update(own)
    factor = _enlargement(at, placed)
    return Survey({seat: (x * factor, y * factor) for seat, (x, y) in at.items()}, origin, usual / factor)


def _point(seat: PlannedSeat) -> Point | None:
    if seat.x is None or seat.y is None or not (isfinite(seat.x) and isfinite(seat.y)):
        return None
    return (seat.x, seat.y) if abs(seat.x) <= _FARTHEST and abs(seat.y) <= _FARTHEST else None


def _is_known(section: Section, known: dict[int, Point]) -> bool:
    seats = section.seats
    return sum(seat in known for seat in seats) >= _ENOUGH_KNOWN * len(seats)


def _steps(section: Section, known: dict[int, Point]) -> list[float]:
    """The distances between neighbours, but of those that share a spot."""
    return [
        step
        for row in section.rows
        for piece in row.pieces
        for one, other in pairwise(piece)
        if one in known and other in known
        if (step := dist(known[one], known[other])) > 1e-6
    ]


def _usual(steps: list[float]) -> float | None:
    return median_low(steps) if steps else None


def _rescale(own: dict[int, Point], pitch: float | None, usual: float) -> None:
    """Bring a section that is drawn in another scale to the usual one, around its own middle."""
    if pitch is None or _NARROWER <= pitch / usual <= _WIDER:
        return
    factor = usual / pitch
    middle_x, middle_y = fmean(x for x, _ in own.values()), fmean(y for _, y in own.values())
    for seat, (x, y) in own.items():
        own[seat] = (middle_x + (x - middle_x) * factor, middle_y + (y - middle_y) * factor)


def _fill(seats: Sequence[PlannedSeat], section: Section, own: dict[int, Point]) -> bool:
    """Place what has no coordinates between its neighbours in the row; whether all of the section is placed."""
    return all(_fill_row(seats, row, own) for row in section.rows)


def _fill_row(seats: Sequence[PlannedSeat], row: Row, own: dict[int, Point]) -> bool:
    members = row.seats
    known = [place for place, seat in enumerate(members) if seat in own]
    if len(known) == len(members):
        return True
    if not known:
        return False
    for place, seat in enumerate(members):
        if seat in own:
            continue
        later = bisect(known, place)
        if 0 < later < len(known):
            before, after = known[later - 1], known[later]
            share = (place - before) / (after - before)
            (x, y), (to_x, to_y) = own[members[before]], own[members[after]]
            own[seat] = (x + share * (to_x - x), y + share * (to_y - y))
        else:
            own[seat] = _beyond(members, known, own, place)
    return True


def _beyond(members: list[int], known: list[int], own: dict[int, Point], place: int) -> Point:
    """One pitch after another past the end of what is known of the row."""
    end, inner = (known[0], known[1:2]) if place < known[0] else (known[-1], known[-2:-1])
    x, y = own[members[end]]
    step = (1.0, 0.0)
    if inner:
        to_x, to_y = own[members[inner[0]]]
        length = hypot(x - to_x, y - to_y)
        if length > NEAREST / 2:
            sign = 1 if end > inner[0] else -1
            step = (sign * (x - to_x) / length, sign * (y - to_y) / length)
    return (x + (place - end) * step[0], y + (place - end) * step[1])


def _enlargement(at: dict[int, Point], sections: Iterable[Section]) -> float:
    """How much larger to draw, where rows stand so close that seats of two rows would touch."""
    section_of = {seat: place for place, section in enumerate(sections) for seat in section.seats}
    nearest: dict[int, float] = {}
    for one, other, apart in close_pairs(at, 1.0):
        if section_of[one] == section_of[other]:
            nearest[one] = min(apart, nearest.get(one, 1.0))
            nearest[other] = min(apart, nearest.get(other, 1.0))
    telling = sorted(distance for distance in nearest.values() if distance > 1 / _MOST_ENLARGED)
    # A few seats too near to one another are moved; when it is one in thirty, it is how the hall is drawn.
    if len(telling) <= len(at) / 30:
        return 1.0
    return max(1.0, CLEAR / telling[len(telling) // 30])
