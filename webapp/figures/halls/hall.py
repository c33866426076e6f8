"""The hall of a show with every seat, or in a large one every section, marked by what is told of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from webapp.figures.halls.outlines import Outline, outlines_of
from webapp.plots import dots_path
from webapp.services.dashboards import CLASSES, Counts, GroupSales, Order, state_of
from webapp.services.seat_maps import Area, Chart, Part, Standing

STATES = ("available", "held", "blocked", "sold")
# A section is marked by how much of it is taken: nothing, up to a quarter, a half, three quarters, less than all, all.
LEVELS = 5


@dataclass(frozen=True, slots=True)
class Dots:
    """The seats of one mark, as one path in tenths of a pitch; `mark` is a word, or the number of a class."""

    mark: str
    count: int
    path: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A section as a whole, with the mark that colours it, and words for it."""

    outline: Outline
    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class Hall:
    """A hall to draw, in pitches: its areas, and either dots or shapes."""

    width: float
    height: float
    areas: Sequence[Area]
    dots: Sequence[Dots] = ()
    shapes: Sequence[Shape] = ()


def standing_hall(chart: Chart, standing: Standing, counts: Mapping[str, Counts], part: Part | None = None) -> Hall:
    """The hall as its seats stand: of a large one its sections, or of the one part that is asked for its seats.

    `counts` are those of the same standing by part.
    """
    if part is None and chart.is_divided:
        return _shapes(
            chart, {slug: (_level(one), f"{one.free:,} of {one.seats:,} free") for slug, one in counts.items()}
        )
    states: dict[int, str] = {seat_id: state_of(taken) for seat_id, taken in standing.taken.items()}
    return _dots(part or _only_part(chart), states, STATES)


def first_sold_seats(chart: Chart, order: Order) -> Hall:
    """The hall with every seat by the class in which it was sold."""
    marks = {seat_id: str(number) for seat_id, number in order.classes().items()}
    # Unsold is the last class, and drawn first: the fewest are hidden by their neighbours.
    return _dots(_only_part(chart), marks, [str(CLASSES), *map(str, range(CLASSES))])


def first_sold_sections(chart: Chart, sales: Mapping[str, GroupSales]) -> Hall:
    """The hall with every section by the class in which half of its seats were sold."""

    def told(one: GroupSales) -> tuple[str, str]:
        mark = CLASSES if one.half_sold_class is None else one.half_sold_class
        return str(mark), f"{one.sold:,} of {one.seats:,} sold"

    return _shapes(chart, {slug: told(one) for slug, one in sales.items()})


def _level(one: Counts) -> str:
    """How much of a section is taken, in a number its colour goes by."""
    return str(LEVELS) if not one.free else str(-(-4 * (one.seats - one.free) // one.seats))


def _only_part(chart: Chart) -> Part:
    return next(iter(chart.parts.values()))


def _shapes(chart: Chart, told: Mapping[str, tuple[str, str]]) -> Hall:
    shapes = [Shape(outline, *told[outline.slug]) for outline in outlines_of(chart)]
    return Hall(chart.width, chart.height, chart.areas, shapes=shapes)


def _dots(part: Part, mark_of_seat: Mapping[int, str], marks: Sequence[str]) -> Hall:
    """The seats of the part; one without a mark has the first of `marks`."""
    places: Mapping[str, list[tuple[float, float]]] = {mark: [] for mark in marks}
    for section in part.sections:
        for row in section.rows:
            for seat in row.seats:
                places[mark_of_seat.get(seat.id, marks[0])].append((seat.x, seat.y))
    dots = [Dots(mark, len(found), dots_path(found)) for mark, found in places.items() if found]
    return Hall(part.width, part.height, part.areas, dots=dots)
