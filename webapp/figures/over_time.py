"""Sold and held over time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from webapp.figures.figure import Figure, day_words, seats
from webapp.figures.table import Column, Table
from webapp.formats import clock_time
from webapp.plots import Columns, Lines, Series, columns, lines, number_axis, time_ticks
from webapp.services.dashboards import Counts, Dashboard, Period, in_all
from webapp.services.playbills import Playbill

COLUMNS = [
    Column("From", "time"),
    Column("To", "time"),
    Column("Sold at its end"),
    Column("Held at its end"),
    Column("New holds"),
    Column("Bought of these"),
]
# The house is drawn as a line once so much of it is sold, or the others would lie flat on the ground.
FULL_ENOUGH = 0.5


def over_time_figure(found: Dashboard) -> Figure:
    """How many seats were sold and held at the end of each period, and what became of the holds made in it."""
    show, periods = found.show, found.history.periods
    house = in_all(found.counts.values())
    table = Table(
        "Sold and held seats over time",
        COLUMNS,
        [(one.begin, one.end, one.sold, one.held, one.holds, one.bought) for one in periods],
        show.currency,
        show.timezone,
    )
    length = length_words(periods[0].end - periods[0].begin) if periods else ""
    return Figure(
        "over-time",
        "Sold and held over time",
        _sentence(show, house, periods),
        table,
        note=f"Below, the new holds of each {length}; filled, those that were bought in the end." if periods else "",
        plots={"levels": _levels(show, house.seats, periods, found.standing.now), "holds": _holds(show, periods)}
        if periods
        else {},
    )


def _levels(show: Playbill, house: int, periods: Sequence[Period], now: datetime) -> Lines:
    begin, end = periods[0].begin, min(periods[-1].end, max(now, periods[-1].begin + timedelta(minutes=1)))
    reached = [(min(one.end, end).timestamp(), one) for one in periods]
    sold = [(begin.timestamp(), 0.0), *((at, float(one.sold)) for at, one in reached)]
    taken = [(begin.timestamp(), 0.0), *((at, float(one.sold + one.held)) for at, one in reached)]
    series = [Series("sold", sold), Series("sold and held", taken)]
    highest = max(one.sold + one.held for one in periods)
    if house and highest >= FULL_ENOUGH * house:
        series.append(Series("all seats", [(begin.timestamp(), house), (end.timestamp(), house)]))
        highest = max(highest, house)
    axis = number_axis(highest, lambda number: f"{number:,.0f}")
    return lines(
        series,
        begin=begin.timestamp(),
        end=end.timestamp(),
        highest=axis.end,
        across=time_ticks(begin, end, show.timezone),
        up=axis.ticks,
    )


def _holds(show: Playbill, periods: Sequence[Period]) -> Columns:
    begin, end = periods[0].begin, periods[-1].end
    axis = number_axis(max(one.holds for one in periods), lambda number: f"{number:,.0f}", most=3)
    places = [((one.begin - begin) / (end - begin), (one.end - begin) / (end - begin)) for one in periods]
    return columns(
        places,
        [(one.holds, one.bought) for one in periods],
        highest=axis.end,
        across=time_ticks(begin, end, show.timezone),
        up=axis.ticks,
    )


def length_words(length: timedelta) -> str:
    """The length of a period, in words; an hour more or less is a change of clocks."""
    minutes = round(length / timedelta(minutes=1))
    if minutes < 60:
        return "minute" if minutes == 1 else f"{minutes} minutes"
    hours = round(minutes / 60)
    if hours < 23:
        return "hour" if hours == 1 else f"{hours} hours"
    days = round(hours / 24)
    if days % 7 == 0:
        return "week" if days == 7 else f"{days // 7} weeks"
    return "day" if days == 1 else f"{days} days"


def _sentence(show: Playbill, now: Counts, periods: Sequence[Period]) -> str:
    if not periods:
        return "Nobody has held a seat yet."
    told = f"{seats(now.sold)} sold and {now.held:,} held just now, of {now.seats:,}."
    half = _half_sold(periods)
    if half is None:
        return told
    is_recent = periods[-1].end - periods[0].begin <= timedelta(days=1)
    when = clock_time(half.end, show.timezone) if is_recent else day_words(half.begin, show.timezone)
    return f"{told} Half of what is sold was sold by {when}."


def _half_sold(periods: Sequence[Period]) -> Period | None:
    sold = periods[-1].sold
    return next((one for one in periods if one.sold * 2 >= sold), None) if sold else None
