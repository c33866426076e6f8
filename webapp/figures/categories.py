"""Revenue by category."""

from collections.abc import Sequence

from webapp.figures.figure import Figure, listed, percent
from webapp.figures.table import Column, Table
from webapp.formats import money
from webapp.plots import bars
from webapp.services.dashboards import CategoryCounts, Counts, Dashboard, in_all

COLUMNS = [
    Column("Category", "text"),
    Column("Price now", "money"),
    Column("Seats"),
    Column("Sold"),
    Column("Held"),
    Column("Kept"),
    Column("Free"),
    Column("Revenue", "money"),
    Column("On average", "money"),
]


def categories_figure(found: Dashboard) -> Figure:
    """What each category has brought, beside what all its seats would bring."""
    show, categories = found.show, found.categories
    currency, all_of_it = show.currency, in_all(categories)
    revenue = sum(one.revenue for one in categories)
    rows = [
        (one.name, one.price, one.seats, one.sold, one.held, one.blocked, one.free, one.revenue, one.average)
        for one in categories
    ]
    total = ("All", None, all_of_it.seats, all_of_it.sold, all_of_it.held, all_of_it.blocked, all_of_it.free)
    table = Table(
        "Seats and revenue by category",
        COLUMNS,
        rows,
        currency,
        show.timezone,
        total=(*total, revenue, round(revenue / all_of_it.sold) if all_of_it.sold else None),
    )
    drawn = bars(
        [_bar(one, currency) for one in categories],
        highest=max((max(one.revenue, one.price * one.seats) for one in categories), default=0),
    )
    return Figure(
        "categories",
        "Revenue by category",
        _sentence(categories, revenue, all_of_it, currency),
        table,
        note="Filled, what was sold; pale, what all its seats would bring at today's price.",
        plots={"bars": drawn} if drawn.bars else {},
    )


def _bar(one: CategoryCounts, currency: str) -> tuple[str, str, str, float, float]:
    average = "" if one.average is None else f", {money(one.average, currency)} on average"
    more = f"{one.sold:,} of {one.seats:,} sold{average}"
    return (one.name, _revenue(one.revenue, currency), more, one.revenue, one.price * one.seats)


def _revenue(minor_units: int, currency: str) -> str:
    return money(minor_units, currency) if minor_units else f"0 {currency}"


def _sentence(categories: Sequence[CategoryCounts], total: int, all_of_it: Counts, currency: str) -> str:
    if not all_of_it.sold:
        return "Nothing is sold yet."
    if not total:
        return "All that is sold was free of charge."
    best = max(categories, key=lambda one: one.revenue)
    if best.revenue == total:
        return f"{money(total, currency)} so far, all of it from {best.name}."
    parts = [f"{money(total, currency)} so far", f"{percent(best.revenue / total)} of it from {best.name}"]
    return f"{listed(parts[:1])}, {parts[1]}."
