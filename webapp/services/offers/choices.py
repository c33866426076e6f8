"""What there is to choose from in a hall."""

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.services.offers.keeping import line_of
from webapp.services.seat_maps import Chart


@dataclass(frozen=True)
class Choices:
    """The prices and categories of a hall; whether some of its seats are step-free, and some for wheelchairs."""

    prices: Sequence[int]
    categories: Sequence[str]
    step_free: bool
    wheelchairs: bool


def choices(chart: Chart) -> Choices:
    """What there is to choose from in the hall of this chart."""
    line = line_of(chart)
    return Choices(
        prices=sorted({one.price for one in chart.categories}),
        categories=[one.name for one in chart.categories],
        step_free=line.step_free not in (0, line.house),
        wheelchairs=bool(line.wheelchairs),
    )
