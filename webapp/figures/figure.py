"""One figure of a dashboard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from webapp.figures.table import Table
from webapp.formats import local_time


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure by its `name`, as addresses have it: what it says in a sentence, what is drawn, and the numbers.

    `note` says how to read the drawing; `plots` are drawn by the template of the figure, none while there is nothing.
    """

    name: str
    title: str
    sentence: str
    table: Table
    note: str = ""
    plots: Mapping[str, Any] = field(default_factory=dict)


def seats(number: int) -> str:
    """So many seats, in words."""
    return f"{number:,} seat{'' if number == 1 else 's'}"


def percent(share: float) -> str:
    """A share (0 to 1) in words, whole where that says enough."""
    return f"{share:.1%}" if 0 < share < 0.1 or 0.99 < share < 1 else f"{share:.0%}"


def day_words(moment: datetime, timezone: str) -> str:
    """A day at the venue, in words."""
    local = local_time(moment, timezone)
    return f"{local.day} {local.strftime('%B')}"


def listed(words: Sequence[str]) -> str:
    """Words one after another: `a, b and c`."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last
