"""Which seats went first: drawn in the hall, counted by section or row, and listed seat by seat."""

from collections.abc import Hashable, Iterator, Mapping, Sequence

from webapp.figures.figure import Figure
from webapp.figures.halls import first_sold_seats, first_sold_sections
from webapp.figures.table import Column, Table, Value
from webapp.services.dashboards import Dashboard, GroupSales, Order
from webapp.services.offers.words import place
from webapp.services.playbills import Playbill
from webapp.services.seat_maps import Chart

CLASS_WORDS = ("First fifth", "Second", "Third", "Fourth", "Last fifth", "Not sold")
SECTION_COLUMNS = [
    Column("Section", "text"),
    Column("Seats"),
    Column("Sold"),
    Column("First", "time"),
    Column("Half of them", "time"),
    Column("Went with the", "text"),
]
ROW_COLUMNS = [Column("Row", "text"), Column("Seats"), *(Column(words) for words in CLASS_WORDS)]
SEAT_COLUMNS = [
    Column("Seat", "text"),
    Column("Section", "text"),
    Column("Row", "text"),
    Column("Number", "text"),
    Column("Category", "text"),
    Column("Sold as number"),
    Column("First sold", "time"),
]


def seats_figure(found: Dashboard) -> Figure:
    """The hall with its seats, or in a large one its sections, by when they went; and the same by section or row."""
    draw = _large if found.chart.is_divided else _small
    return draw(found.show, found.chart, found.order)


def seats_table(found: Dashboard) -> Table:
    """Every seat of the show, in the order they went, and then those that did not."""
    show, rows = found.show, _seats(found.chart, found.order)
    return Table("Seats in the order they were sold", SEAT_COLUMNS, rows, show.currency, show.timezone)


def _seats(chart: Chart, order: Order) -> Iterator[Sequence[Value]]:
    for sale in order.sales(chart.seats.values()):
        seat = sale.seat
        place = (seat.seat_number, seat.section, seat.row, seat.number, seat.category.name)
        yield (*place, sale.rank, sale.first_sold_at)


def _large(show: Playbill, chart: Chart, order: Order) -> Figure:
    sales = order.by_group(chart.part_of_seat)
    rows: list[Sequence[Value]] = []
    for slug, one in sales.items():
        went = "not half sold" if one.half_sold_class is None else CLASS_WORDS[one.half_sold_class].lower()
        rows.append((chart.parts[slug].name, one.seats, one.sold, one.first_sold_at, one.half_sold_at, went))
    table = Table("Sections by when their seats were sold", SECTION_COLUMNS, rows, show.currency, show.timezone)
    names = {slug: part.name for slug, part in chart.parts.items()}
    return Figure(
        "seats",
        "Which seats went first",
        _sentence(chart, order, {names[slug]: one for slug, one in sales.items()}),
        table,
        note="A section counts as gone when half of its seats were sold.",
        plots={"hall": first_sold_sections(chart, sales)} if order.seat_ids else {},
    )


def _small(show: Playbill, chart: Chart, order: Order) -> Figure:
    by_row = order.by_group({seat.id: (seat.section, seat.row) for seat in chart.seats.values()})
    rows: list[Sequence[Value]] = [(_place(*row), one.seats, *one.classes) for row, one in by_row.items()]
    return Figure(
        "seats",
        "Which seats went first",
        _sentence(chart, order, order.by_group({seat.id: seat.section for seat in chart.seats.values()})),
        Table("Rows by when their seats were sold", ROW_COLUMNS, rows, show.currency, show.timezone),
        plots={"hall": first_sold_seats(chart, order)} if order.seat_ids else {},
    )


def _place(section: str | None, row: str | None) -> str:
    return ", ".join(words for words in (section, f"row {row}" if row else None) if words) or "all seats"


def _sentence(chart: Chart, order: Order, sections: Mapping[Hashable, GroupSales]) -> str:
    if not order.seat_ids:
        return "No seat was sold yet."
    first = [chart.seats[seat_id] for seat_id in order.seat_ids[:3] if seat_id in chart.seats]
    told = f"The first to go: {place(first)}." if first else ""
    gone = sorted((one.half_sold_at, str(name)) for name, one in sections.items() if name and one.half_sold_at)
    if len(gone) > 1:
        told += f" {gone[0][1]} was half sold first, {gone[-1][1]} last."
    return told.strip()
