"""Which seat of a show is which seat of a plan."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from webapp.services.plan_changes.present import PresentSeat
from webapp.services.plans.plan import PlanSeat


@dataclass(frozen=True)
class Matched:
    """The seats that are in both, in the order of the show, each with its index in the plan; and those in one only."""

    both: Sequence[tuple[PresentSeat, int]]
    only_in_show: Sequence[PresentSeat]
    only_in_plan: Sequence[int]


def match(seats: Sequence[PresentSeat], planned: Sequence[PlanSeat]) -> Matched:
    """Match by the ids that plans give their seats, where those are unique in both, and all others by their numbers."""
    ids_here = _unique(seat.plan_seat_id for seat in seats)
    at = {seat.plan_seat_id: index for index, seat in enumerate(planned)}
    ids = ids_here & _unique(seat.plan_seat_id for seat in planned)
    by_id = {seat.id: at[seat.plan_seat_id] for seat in seats if seat.plan_seat_id in ids}
    taken = set(by_id.values())
    numbered = {seat.seat_number: index for index, seat in enumerate(planned) if index not in taken}
    both, only_in_show = [], []
    for seat in seats:
        index = by_id.get(seat.id)
        if index is None:
            index = numbered.pop(seat.seat_number, None)
        if index is None:
            only_in_show.append(seat)
        else:
            both.append((seat, index))
            taken.add(index)
    return Matched(both, only_in_show, [index for index in range(len(planned)) if index not in taken])


def _unique(ids: Iterable[str | None]) -> set[str]:
    """The ids that are there exactly once."""
    return {id_ for id_, times in Counter(ids).items() if id_ is not None and times == 1}
