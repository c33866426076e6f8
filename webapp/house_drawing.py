"""A hall in small with the seats that an act would be about, and those that are in its way."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from webapp.plots import dots_path
from webapp.services.seat_maps import Area, Chart

UNIT = 10  # of the drawing, to a pitch
ARM = 3  # of a cross, in these units

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is drawn, in pitches of the whole hall; the seats as paths in tenths of them.

    Of a large hall the outlines of its parts stand for all its seats.
    """

    width: float
    height: float
    areas: Sequence[Area]
    outlines: Sequence[Sequence[Point]]
    seats: str
    chosen: str
    barred: str


def sketch(chart: Chart, chosen: Collection[int], barred: Collection[int]) -> Sketch:
    """The hall with the seats of these ids marked."""
    return Sketch(
        width=chart.width,
        height=chart.height,
        areas=chart.areas,
        outlines=[part.outline for part in chart.parts.values()] if chart.is_divided else (),
        seats="" if chart.is_divided else dots_path(map(chart.in_hall, chart.seats), UNIT),
        chosen=dots_path((chart.in_hall(one) for one in chosen if one in chart.seats), UNIT),
        barred=_crosses([chart.in_hall(one) for one in barred if one in chart.seats]),
    )


def _crosses(places: Sequence[Point]) -> str:
    """A cross at each place: unlike a dot also in grey."""
    corners = [(round(x * UNIT) - ARM, round(y * UNIT) - ARM) for x, y in places]
    return "".join(f"M{x} {y}l{2 * ARM} {2 * ARM}m0 {-2 * ARM}l{-2 * ARM} {2 * ARM}" for x, y in corners)
