"""Which seats went first, seat by seat and group by group: rows, sections, parts of the hall."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from webapp.services.dashboards.sales import Sales
from webapp.services.seat_maps import ChartSeat

# Sold seats are told in so many classes: the first fifth of them, the second …
CLASSES = 5

Group = TypeVar("Group", bound=Hashable)


@dataclass(frozen=True, slots=True)
class SeatSale:
    """When a seat was first sold, and as the how-manieth of the show; both None for one that never was."""

    seat: ChartSeat
    rank: int | None
    first_sold_at: datetime | None


@dataclass(frozen=True, slots=True)
class GroupSales:
    """How soon the seats of a group went; `half_sold_at` is when half of them had been sold, None before.

    `classes` counts its seats by class: those among the first fifth of all sold, and so on, and at last the unsold;
    `half_sold_class` is that of the seat with which half of them were gone.
    """

    seats: int
    sold: int
    first_sold_at: datetime | None
    half_sold_at: datetime | None
    half_sold_class: int | None
    classes: Sequence[int]


class Order:
    """The order in which the seats of a show were first sold: `seat_ids` of those that were, the first one first.

    A sale that was cancelled counts: somebody wanted the seat then.
    """

    def __init__(self, sales: Sales) -> None:
        # Of a seat that was sold twice the first time stays, since it comes last.
        self._first_sold = dict(zip(reversed(sales.seat_ids), reversed(sales.moments), strict=True))
        self.seat_ids: Sequence[int] = list(dict.fromkeys(sales.seat_ids))

    def classes(self) -> Mapping[int, int]:
        """0 for each seat among the first fifth of all that were sold, and so on; the unsold are not there."""
        count = len(self.seat_ids)
        return {seat_id: rank * CLASSES // count for rank, seat_id in enumerate(self.seat_ids)}

    def sales(self, seats: Iterable[ChartSeat]) -> Sequence[SeatSale]:
        """When each of the seats was sold, in that order; and then those that were not, in the order given."""
        ranks = {seat_id: rank for rank, seat_id in enumerate(self.seat_ids, start=1)}
        found = [SeatSale(seat, ranks.get(seat.id), self._first_sold.get(seat.id)) for seat in seats]
        return sorted(found, key=lambda sale: sale.rank or len(ranks) + 1)

    def by_group(self, group_of_seat: Mapping[int, Group]) -> Mapping[Group, GroupSales]:
        """How soon the seats of each group went, the groups in the order of their first seats."""
        sizes = Counter(group_of_seat.values())
        ranks: dict[Group, list[int]] = {group: [] for group in sizes}
        for rank, seat_id in enumerate(self.seat_ids):
            if seat_id in group_of_seat:
                ranks[group_of_seat[seat_id]].append(rank)
        return {group: self._sales(size, ranks[group]) for group, size in sizes.items()}

    def _sales(self, size: int, ranks: Sequence[int]) -> GroupSales:
        """The sales of a group of so many seats, of which those with these ranks, counted from 0, were sold."""
        count = len(self.seat_ids)
        counts = Counter([rank * CLASSES // count for rank in ranks])
        half = ranks[(size + 1) // 2 - 1] if 2 * len(ranks) >= size else None
        return GroupSales(
            seats=size,
            sold=len(ranks),
            first_sold_at=self._moment(ranks[0]) if ranks else None,
            half_sold_at=None if half is None else self._moment(half),
            half_sold_class=None if half is None else half * CLASSES // count,
            classes=[*(counts[number] for number in range(CLASSES)), size - len(ranks)],
        )

    def _moment(self, rank: int) -> datetime:
        return self._first_sold[self.seat_ids[rank]]
