"""The pace of a show against earlier ones."""

from collections.abc import Sequence
from math import ceil

from webapp.figures.figure import Figure, day_words, listed, percent
from webapp.figures.table import Column, Table
from webapp.formats import local_time
from webapp.plots import Lines, Series, Tick, lines, number_axis
from webapp.services.dashboards import Dashboard, Pace

STEPS = (1, 2, 7, 14, 28, 56, 91, 182, 364)
MOST_TICKS = 7


def pace_figure(found: Dashboard) -> Figure:
    """The share of the house that was sold with so many days left, for this show and those before it."""
    show, paces = found.show, found.paces
    this, *earlier = paces
    columns = [Column("Days left"), *(Column(_named(one, this), "share") for one in paces)]
    table = Table(
        "Share of the house sold, by days left",
        columns,
        _rows(paces),
        show.currency,
        show.timezone,
    )
    drawn = _lines(paces)
    return Figure(
        "pace",
        "Pace against earlier shows",
        _sentence(this, earlier),
        table,
        note="From left to right the days until the show go by." if drawn else "",
        plots={"lines": drawn} if drawn else {},
    )


def _named(one: Pace, this: Pace) -> str:
    if one is this:
        return "This show"
    local = local_time(one.starts_at, one.timezone)
    day = f"{local.day} {local.strftime('%b %Y')}"
    return day if one.title == this.title else f"{one.title}, {day}"


def _rows(paces: Sequence[Pace]) -> list[list[float | int | None]]:
    """A row for each day on which any of the shows sold something, and for today."""
    this = paces[0]
    days = {day.days_before for one in paces for day in one.days} | {ceil(this.days_left)}
    if not any(one.days for one in paces):
        return []
    return [
        [day, *(None if one is this and day < this.days_left else one.share_at(day) for one in paces)]
        for day in sorted(days, reverse=True)
    ]


def _lines(paces: Sequence[Pace]) -> Lines | None:
    longest = max((day.days_before + 1 for one in paces for day in one.days), default=0)
    if not longest:
        return None
    this = paces[0]
    longest = max(longest, ceil(this.days_left))
    series = [
        Series(_named(one, this), _points(one, this.days_left if one is this else 0.0), steps=True) for one in paces
    ]
    axis = number_axis(max(100 * one.share_at(0) for one in paces), lambda number: f"{number:g} %", most=5)
    return lines(
        series,
        begin=-longest,
        end=0,
        highest=axis.end,
        across=_day_ticks(longest),
        up=axis.ticks,
        now=-this.days_left if this.days_left else None,
    )


def _points(one: Pace, until: float) -> list[tuple[float, float]]:
    """From the day before the first sale: a step for each day, at its end; days that are not over end now."""
    if not one.days or not one.seats:
        return []
    share = 100 / one.seats
    points = [(-(one.days[0].days_before + 1.0), 0.0)]
    points += [(-max(float(day.days_before), until), day.sold * share) for day in one.days]
    return points if points[-1][0] >= -until else [*points, (-until, points[-1][1])]


def _day_ticks(longest: int) -> list[Tick]:
    step = next((step for step in STEPS if longest / step <= MOST_TICKS), STEPS[-1])
    days = range(longest // step * step, -1, -step)
    return [
        Tick(
            100 * (longest - day) / longest,
            "start" if not day else f"{day} day{'' if day == 1 else 's'}",
            fine=bool(day // step % 2),
        )
        for day in days
    ]


def _sentence(this: Pace, earlier: Sequence[Pace]) -> str:
    left = ceil(this.days_left)
    so_far = percent(this.share_at(0))
    when = f"With {left} day{'' if left == 1 else 's'} to go" if left else "In the end"
    verb = "is" if left else "was"
    told = f"{when} {so_far} of the house {verb} sold."
    others = sorted(one.share_at(this.days_left) for one in earlier)
    if not others:
        return f"{told} There is no earlier show of yours at this venue, or of this title, to compare it with."
    lowest, highest = percent(others[0]), percent(others[-1])
    between = lowest if lowest == highest else f"between {lowest} and {highest}"
    which = listed([_day_of(one) for one in earlier[:2]]) if len(earlier) <= 2 else f"{len(earlier)} earlier shows"
    return f"{told} By then {which} had sold {between}."


def _day_of(one: Pace) -> str:
    return f"the show of {day_words(one.starts_at, one.timezone)}"
