"""Bars below one another, each with its name and what it comes to."""

from collections.abc import Sequence
from dataclasses import dataclass

# A name on one line beside the bar's figure, on a phone.
MOST_CHARACTERS = 22


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar to draw: in percent of the width how long it is, and how long it could be; words beside and below it."""

    name: str
    words: str
    more: str
    length: float
    room: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars, and how many are left out."""

    bars: Sequence[Bar]
    left_out: int


def bars(rows: Sequence[tuple[str, str, str, float, float]], *, highest: float, most: int = 12) -> Bars:
    """Bars for rows of a name, its figure and more in words, the number, and the number it could be.

    `highest` is the number whose bar is as wide as the plot; of more than `most` the last are left out.
    """
    drawn = [
        Bar(shortened(name), words, more, _percent(number, highest), _percent(room, highest))
        for name, words, more, number, room in rows[:most]
    ]
    return Bars(drawn, max(0, len(rows) - most))


def shortened(name: str, most: int = MOST_CHARACTERS) -> str:
    """The name, or so much of it as has room."""
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def _percent(number: float, highest: float) -> float:
    return round(100 * min(number / highest, 1.0), 2) if highest > 0 else 0.0
