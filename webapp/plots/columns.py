"""Columns side by side over time, each with a part of it filled."""

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.plots.lines import SIDE
from webapp.plots.ticks import Tick

# How much of its place a column takes.
BREADTH = 0.78


@dataclass(frozen=True, slots=True)
class Columns:
    """A plot of columns: all of them are one path, and the filled parts another, in the square of `SIDE`."""

    across: Sequence[Tick]
    up: Sequence[Tick]
    whole: str
    filled: str


def columns(
    places: Sequence[tuple[float, float]],
    heights: Sequence[tuple[float, float]],
    *,
    highest: float,
    across: Sequence[Tick],
    up: Sequence[Tick],
) -> Columns:
    """Columns at `places`, each from one share of the width (0 to 1) to another, of `heights`: the whole, the filled.

    `highest` is the number at the last tick.
    """
    return Columns(
        across,
        up,
        _path(places, [whole / (highest or 1.0) for whole, _ in heights]),
        _path(places, [filled / (highest or 1.0) for _, filled in heights]),
    )


def _path(places: Sequence[tuple[float, float]], shares: Sequence[float]) -> str:
    drawn = []
    for (begin, end), share in zip(places, shares, strict=True):
        if share <= 0:
            continue
        margin = (end - begin) * (1 - BREADTH) / 2
        left, right = SIDE * (begin + margin), SIDE * (end - margin)
        drawn.append(f"M{left:.1f} {SIDE}V{SIDE * (1 - share):.1f}H{right:.1f}V{SIDE}Z")
    return "".join(drawn)
