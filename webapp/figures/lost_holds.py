"""Holds that never converted."""

from webapp.figures.figure import Figure, percent
from webapp.figures.table import Column, Table
from webapp.plots import Columns, Tick, columns, number_axis
from webapp.services.dashboards import Dashboard, LostHolds

COLUMNS = [Column("In their minute"), Column("Ran out"), Column("Given back"), Column("Share of all holds", "share")]
TICKS_EVERY = 5  # minutes


def lost_holds_figure(found: Dashboard) -> Figure:
    """How many holds came to nothing, and after how many minutes."""
    show, lost = found.show, found.history.lost
    table = Table(
        "Holds never bought, by the minute they ended in",
        COLUMNS,
        [(one.minute, one.expired, one.released, (one.expired + one.released) / lost.over) for one in lost.minutes],
        show.currency,
        show.timezone,
        total=("All", lost.expired, lost.released, lost.share),
    )
    return Figure(
        "lost-holds",
        "Holds that were never bought",
        _sentence(lost),
        table,
        note="By the minute in which they ended; filled, those that ran out, the rest were given back.",
        plots={"minutes": _minutes(lost)} if lost.minutes else {},
    )


def _minutes(lost: LostHolds) -> Columns:
    count = len(lost.minutes)
    axis = number_axis(max(one.expired + one.released for one in lost.minutes), lambda number: f"{number:,.0f}", most=3)
    every = TICKS_EVERY if count > TICKS_EVERY else 1
    return columns(
        [(index / count, (index + 1) / count) for index in range(count)],
        [(one.expired + one.released, one.expired) for one in lost.minutes],
        highest=axis.end,
        across=[Tick(100 * minute / count, f"{minute} min") for minute in range(0, count + 1, every)],
        up=axis.ticks,
    )


def _sentence(lost: LostHolds) -> str:
    if not lost.over:
        return "No hold is over yet."
    if not lost.lost:
        return f"All of {lost.over:,} holds were bought." if lost.over > 1 else "The only hold was bought."
    return (
        f"{lost.lost:,} of {lost.over:,} holds ({percent(lost.share or 0)}) came to nothing: {lost.expired:,} ran out, "
        f"{lost.released:,} given back. The middle one lasted {lost.median_minutes:g} minutes."
    )
