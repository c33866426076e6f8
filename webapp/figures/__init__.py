"""The figures of a dashboard as people see them: a sentence, a plot, and the table with the same numbers."""

from webapp.figures.categories import categories_figure
from webapp.figures.figure import Figure
from webapp.figures.halls import Hall, standing_hall
from webapp.figures.lost_holds import lost_holds_figure
from webapp.figures.over_time import over_time_figure
from webapp.figures.pace import pace_figure
from webapp.figures.seats import seats_figure, seats_table
from webapp.figures.standing import standing_figure
from webapp.figures.table import Column, Table

__all__ = [
    "Column",
    "Figure",
    "Hall",
    "Table",
    "categories_figure",
    "lost_holds_figure",
    "over_time_figure",
    "pace_figure",
    "seats_figure",
    "seats_table",
    "standing_figure",
    "standing_hall",
]
