"""Lines over a common axis: each goes on straight from point to point, or in steps."""

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.plots.ticks import Tick

# A line is drawn in a square of so many units a side, which is stretched to the plot.
SIDE = 1000


@dataclass(frozen=True, slots=True)
class Series:
    """What a line goes through: points across and up, in the units of the axes; its words stand in the key."""

    words: str
    points: Sequence[tuple[float, float]]
    steps: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line to draw: its path in the square, where it ends in percent, and its place among the lines.

    `area` is the path of what is below it. A line without points is not drawn, and only its key tells of it.
    """

    words: str
    rank: int
    path: str
    area: str
    ends_at: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Lines:
    """A plot of lines with the ticks of its axes; `now` is where the present is, in percent, if it is in the plot."""

    across: Sequence[Tick]
    up: Sequence[Tick]
    lines: Sequence[Line]
    now: float | None = None


def lines(
    series: Sequence[Series],
    *,
    begin: float,
    end: float,
    highest: float,
    across: Sequence[Tick],
    up: Sequence[Tick],
    now: float | None = None,
) -> Lines:
    """A plot of these series from `begin` to `end` across and from 0 to `highest` up, where the last tick is."""
    width, height = (end - begin) or 1.0, highest or 1.0

    def place(point: tuple[float, float]) -> tuple[float, float]:
        return (SIDE * (point[0] - begin) / width, SIDE * (1 - point[1] / height))

    drawn = [_line(rank, one, [place(point) for point in one.points]) for rank, one in enumerate(series)]
    return Lines(across, up, drawn, None if now is None else round(100 * (now - begin) / width, 2))


def _line(rank: int, series: Series, places: Sequence[tuple[float, float]]) -> Line:
    if not places:
        return Line(series.words, rank, "", "", None)
    (first, _), (last, bottom) = places[0], places[-1]
    path = _path(places, steps=series.steps)
    area = f"{path}V{SIDE}H{_short(first)}Z"
    return Line(series.words, rank, path, area, (round(last * 100 / SIDE, 2), round(bottom * 100 / SIDE, 2)))


def _path(places: Sequence[tuple[float, float]], *, steps: bool) -> str:
    """The path through the places; a step goes across first: what was so stays so until the next point."""
    (x, y), *others = places
    path = [f"M{_short(x)} {_short(y)}"]
    for x_next, y_next in others:
        if not steps:
            path.append(f"L{_short(x_next)} {_short(y_next)}")
        else:
            path.append(f"H{_short(x_next)}")
            if _short(y_next) != _short(y):
                path.append(f"V{_short(y_next)}")
        y = y_next
    return "".join(path)


def _short(number: float) -> str:
    """A number with one decimal at most, and none where it says nothing."""
    return f"{number:.1f}".removesuffix(".0")
