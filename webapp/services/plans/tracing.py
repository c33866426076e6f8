"""Which seat of one plan is which of another: of a plan and the file it came from, or of what was written and read."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence

from webapp.services.plans.plan import PlanSeat


def trace(seats: Sequence[PlanSeat], others: Sequence[PlanSeat]) -> list[int | None]:
    """For each of the seats the index of the one that it is among the others, None where it is none of them.

    Told by the plan's own id, then by the seat number. Where neither seat has an id: by where they stand, and at last,
    when as many of a row are left on either side, by their order.
    """
    traced = _Traced(seats, others)
    traced.match(lambda seat: seat.plan_seat_id)
    traced.match(lambda seat: seat.seat_number)
    traced.match(lambda seat: None if seat.plan_seat_id or seat.x is None else (seat.x, seat.y))
    traced.match_rows()
    return traced.found


class _Traced:
    def __init__(self, seats: Sequence[PlanSeat], others: Sequence[PlanSeat]) -> None:
        self._seats = seats
        self._others = others
        self.found: list[int | None] = [None] * len(seats)
        self._left = dict.fromkeys(range(len(others)))

    def match(self, key: Callable[[PlanSeat], Hashable]) -> None:
        """Match what is left by a key that one seat alone has on either side."""
        ours, theirs = self._left_by(key)
        for value, places in ours.items():
            if len(places) == len(theirs.get(value, ())) == 1:
                self._pair(places[0], theirs[value][0])

    def match_rows(self) -> None:
        """Match what is left of rows in their order, where both sides have as many left, all without an id."""
        ours, theirs = self._left_by(lambda seat: None if seat.plan_seat_id else (seat.section, seat.row))
        for row, places in ours.items():
            if len(places) == len(theirs.get(row, ())):
                for one, other in zip(places, theirs[row], strict=True):
                    self._pair(one, other)

    def _left_by(
        self, key: Callable[[PlanSeat], Hashable]
    ) -> tuple[dict[Hashable, list[int]], dict[Hashable, list[int]]]:
        ours: dict[Hashable, list[int]] = defaultdict(list)
        theirs: dict[Hashable, list[int]] = defaultdict(list)
        for place, seat in enumerate(self._seats):
            if self.found[place] is None and (value := key(seat)) is not None:
                ours[value].append(place)
        for place in self._left:
            if (value := key(self._others[place])) is not None:
                theirs[value].append(place)
        return ours, theirs

    def _pair(self, one: int, other: int) -> None:
        ids = {self._seats[one].plan_seat_id, self._others[other].plan_seat_id} - {None}
        if len(ids) < 2:
            self.found[one] = other
            del self._left[other]
