"""What is answered about how a show sells. Money is in minor units of the show's currency, a share is from 0 to 1."""

from collections.abc import Sequence
from datetime import datetime
from typing import Self

from webapp.schemas.base import Answer
from webapp.services import dashboards


class Counts(Answer):
    """Seats by how they stand."""

    seats: int
    sold: int
    held: int
    blocked: int
    free: int


class Standing(Counts):
    """How all seats of a show stand, and what the sold ones brought."""

    revenue: int


class Category(Counts):
    """How the seats of a category stand; `price` is what one costs now, `average` what a sold one brought."""

    name: str
    price: int
    revenue: int
    average: int | None


class Period(Answer):
    """What was sold and held at the `end`; the `holds` that began meanwhile, and those of them that were `bought`."""

    begin: datetime
    end: datetime
    sold: int
    held: int
    holds: int
    bought: int


class DayOfSale(Answer):
    """How many seats were sold in all when so many days were left."""

    days_before: int
    sold: int


class Pace(Answer):
    """The sales of a show by the days left until it."""

    show_id: int
    title: str
    venue: str
    starts_at: datetime
    seats: int
    days_left: float
    days: Sequence[DayOfSale]


class Section(Answer):
    """How soon the seats of a section went; `fifths` counts those among the first fifth of all sold, the second …"""

    section: str | None
    seats: int
    sold: int
    first_sold_at: datetime | None
    half_sold_at: datetime | None
    fifths: Sequence[int]


class Seat(Answer):
    """When a seat was first sold, and as the how-manieth of the show."""

    seat_id: int
    seat_number: str
    section: str | None
    row: str | None
    number: str | None
    category: str
    rank: int | None
    first_sold_at: datetime | None


class Minute(Answer):
    """The lost holds that ended in this minute of theirs."""

    minute: int
    expired: int
    released: int


class LostHolds(Answer):
    """Of the holds that are `over`, those that came to nothing."""

    over: int
    expired: int
    released: int
    share: float | None
    median_minutes: float | None
    minutes: Sequence[Minute]


AnyFigure = Standing | list[Period] | list[Category] | list[Pace] | list[Section] | list[Seat] | LostHolds


class Dashboard(Answer):
    """All figures of a show but those of each seat."""

    show_id: int
    currency: str
    timezone: str
    read_at: datetime
    standing: Standing
    over_time: Sequence[Period]
    categories: Sequence[Category]
    pace: Sequence[Pace]
    sections: Sequence[Section]
    lost_holds: LostHolds

    @classmethod
    def of(cls, found: dashboards.Dashboard) -> Self:
        """All of them as they are found."""
        return cls(
            show_id=found.show.id,
            currency=found.show.currency,
            timezone=found.show.timezone,
            read_at=found.standing.now,
            standing=standing(found),
            over_time=over_time(found),
            categories=categories(found),
            pace=pace(found),
            sections=sections(found),
            lost_holds=lost_holds(found),
        )


def standing(found: dashboards.Dashboard) -> Standing:
    """How all seats stand."""
    counts, revenue = dashboards.in_all(found.categories), sum(one.revenue for one in found.categories)
    return Standing(**{name: getattr(counts, name) for name in Counts.model_fields}, revenue=revenue)


def over_time(found: dashboards.Dashboard) -> Sequence[Period]:
    """Sold and held, period by period."""
    return [Period.model_validate(one) for one in found.history.periods]


def categories(found: dashboards.Dashboard) -> Sequence[Category]:
    """How each category stands, the dearest first."""
    return [Category.model_validate(one) for one in found.categories]


def pace(found: dashboards.Dashboard) -> Sequence[Pace]:
    """The pace of the show, and then of earlier ones."""
    return [Pace.model_validate(one) for one in found.paces]


def sections(found: dashboards.Dashboard) -> Sequence[Section]:
    """How soon the seats of each section went, in the order of the plan."""
    by_section = found.order.by_group({seat.id: seat.section for seat in found.chart.seats.values()})
    return [
        Section(
            section=section,
            seats=one.seats,
            sold=one.sold,
            first_sold_at=one.first_sold_at,
            half_sold_at=one.half_sold_at,
            fifths=one.classes[: dashboards.CLASSES],
        )
        for section, one in by_section.items()
    ]


def seats(found: dashboards.Dashboard) -> Sequence[Seat]:
    """Every seat in the order they were sold, and then those that were not."""
    return [
        Seat(
            seat_id=sale.seat.id,
            seat_number=sale.seat.seat_number,
            section=sale.seat.section,
            row=sale.seat.row,
            number=sale.seat.number,
            category=sale.seat.category.name,
            rank=sale.rank,
            first_sold_at=sale.first_sold_at,
        )
        for sale in found.order.sales(found.chart.seats.values())
    ]


def lost_holds(found: dashboards.Dashboard) -> LostHolds:
    """The holds that came to nothing."""
    return LostHolds.model_validate(found.history.lost)
