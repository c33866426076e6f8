"""Plots, as templates draw them: where lines, bars and ticks go, and nothing of what they are about.

Across, everything is in percent of a plot's width, so that one drawing fills a phone and a desk and its words keep
their size; down, it is in the plot's own units, of which a stylesheet makes heights. Pure functions of numbers.
"""

from webapp.plots.bars import Bar, Bars, bars
from webapp.plots.columns import Columns, columns
from webapp.plots.dots import dots_path
from webapp.plots.lines import Line, Lines, Series, lines
from webapp.plots.ticks import Axis, Tick, number_axis, time_ticks

__all__ = [
    "Axis",
    "Bar",
    "Bars",
    "Columns",
    "Line",
    "Lines",
    "Series",
    "Tick",
    "bars",
    "columns",
    "dots_path",
    "lines",
    "number_axis",
    "time_ticks",
]
