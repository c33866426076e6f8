"""How seats stand, counted: of a category, of a part of the hall, of the house."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from webapp.services.dashboards.sales import Sales
from webapp.services.seat_maps import Chart, Standing, Taken

State = Literal["available", "held", "blocked", "sold"]


@dataclass(frozen=True, slots=True)
class Counts:
    """Seats by how they stand; `blocked` are those the house keeps."""

    seats: int
    sold: int
    held: int
    blocked: int

    @property
    def free(self) -> int:
        """How many can be had just now."""
        return self.seats - self.sold - self.held - self.blocked


@dataclass(frozen=True, slots=True)
class CategoryCounts(Counts):
    """The seats of a category; `price` is what one costs now, `revenue` what was sold for, in minor units."""

    name: str
    price: int
    revenue: int

    @property
    def average(self) -> int | None:
        """What a sold seat brought on average, in minor units; None before the first."""
        return round(self.revenue / self.sold) if self.sold else None


def state_of(taken: Taken | None) -> State:
    """How a seat stands, in a word."""
    if taken is None:
        return "available"
    if taken.user_id is None:
        return "blocked"
    return "held" if taken.status == "HELD" else "sold"


def by_part(chart: Chart, standing: Standing) -> Mapping[str, Counts]:
    """How the seats of each part of the hall stand, by its slug, in the order of the plan.

    Lists of words and numbers only: 50,000 pairs would have the collector of garbage look through all seats.
    """
    part_of_seat, taken = chart.part_of_seat, standing.taken
    # A seat may be taken that a chart of another version does not know.
    gone = Counter([part_of_seat[seat_id] for seat_id in taken if seat_id in part_of_seat])
    unsold = [seat_id for seat_id, one in taken.items() if one.status == "HELD" and seat_id in part_of_seat]
    held = Counter([part_of_seat[seat_id] for seat_id in unsold if taken[seat_id].user_id is not None])
    blocked = Counter([part_of_seat[seat_id] for seat_id in unsold if taken[seat_id].user_id is None])
    return {
        slug: Counts(part.seat_count, gone[slug] - held[slug] - blocked[slug], held[slug], blocked[slug])
        for slug, part in chart.parts.items()
    }


def in_all(counts: Iterable[Counts]) -> Counts:
    """All these together."""
    every = list(counts)
    return Counts(
        sum(one.seats for one in every),
        sum(one.sold for one in every),
        sum(one.held for one in every),
        sum(one.blocked for one in every),
    )


def by_category(chart: Chart, standing: Standing, sales: Sales) -> Sequence[CategoryCounts]:
    """How the seats of each category stand and what they brought, the dearest first.

    The sales may have been read a moment after the standing: a seat that was held then and is sold now counts as sold.
    """
    seats = chart.seats
    sizes = Counter([seat.category.id for seat in seats.values()])
    brought = {
        seat_id: price
        for seat_id, price in zip(sales.seat_ids, sales.prices, strict=True)
        if price is not None and seat_id in seats
    }
    sold = Counter([seats[seat_id].category.id for seat_id in brought])
    revenue = dict.fromkeys(sizes, 0)
    for seat_id, price in brought.items():
        revenue[seats[seat_id].category.id] += price
    others = Counter(
        [
            (seats[seat_id].category.id, state_of(taken))
            for seat_id, taken in standing.taken.items()
            if taken.status == "HELD" and seat_id in seats and seat_id not in brought
        ]
    )
    return [
        CategoryCounts(
            seats=sizes[one.id],
            sold=sold[one.id],
            held=others[one.id, "held"],
            blocked=others[one.id, "blocked"],
            name=one.name,
            price=one.price,
            revenue=revenue.get(one.id, 0),
        )
        for one in chart.categories
    ]
