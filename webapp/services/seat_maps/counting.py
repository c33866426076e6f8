"""How many seats are free: of each category, in each part of the hall, and in all."""

from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from weakref import ref

from webapp.services.seat_maps.chart import Chart
from webapp.services.seat_maps.standing import Standing, Taken

MOST_KEPT = 100


@dataclass(frozen=True, slots=True)
class FreeSeats:
    """The free seats by category id and by slug of their part, each with an entry even where there is none."""

    by_category: Mapping[int, int]
    by_part: Mapping[str, int]
    in_all: int


@dataclass(frozen=True, slots=True)
class _Count:
    """A count, and by what to know that it is of the same chart and standing, without keeping either."""

    chart: ref[Chart]
    sizes: Mapping[int, int]
    taken_since: datetime
    free: FreeSeats


# The last count of each show: most pages are asked for when nothing has changed.
_counts: OrderedDict[int, _Count] = OrderedDict()
_lock = Lock()


def free_seats(chart: Chart, standing: Standing) -> FreeSeats:
    """The free seats of the chart as they stand."""
    with _lock:
        last = _counts.get(chart.show_id)
    if last is not None and last.chart() is not chart:
        last = None
    if last is not None and last.taken_since == standing.taken_since:
        return last.free
    sizes = last.sizes if last else Counter(seat.category.id for seat in chart.seats.values())
    free = _free(chart, sizes, standing.taken)
    with _lock:
        _counts[chart.show_id] = _Count(ref(chart), sizes, standing.taken_since, free)
        _counts.move_to_end(chart.show_id)
        while len(_counts) > MOST_KEPT:
            _counts.popitem(last=False)
    return free


def _free(chart: Chart, sizes: Mapping[int, int], taken: Mapping[int, Taken]) -> FreeSeats:
    seats, part_of_seat = chart.seats, chart.part_of_seat
    # A seat may be taken that a chart of another version does not know.
    gone = [seat_id for seat_id in taken if seat_id in seats]
    gone_of_category = Counter([seats[seat_id].category.id for seat_id in gone])
    gone_of_part = Counter([part_of_seat[seat_id] for seat_id in gone])
    return FreeSeats(
        by_category={one.id: sizes.get(one.id, 0) - gone_of_category[one.id] for one in chart.categories},
        by_part={slug: part.seat_count - gone_of_part[slug] for slug, part in chart.parts.items()},
        in_all=len(seats) - len(gone),
    )
