"""Where the seats of a map stand, as a stylesheet: a page says which seats there are, this where."""

from zlib import crc32

from webapp.formats import money
from webapp.services.seat_maps import Chart, Part


def places_of(chart: Chart, part: Part, currency: str) -> str:
    """The size of the part, the places of its seats and section names in pitches, and prices to be read in its list."""
    rules = [f".plan{{--placed:absolute;--across:{part.width:g};--down:{part.height:g}}}"]
    rules += [
        f'.seat[data-category-rank="{one.rank}"]{{--price:"{money(one.price, currency)}"}}' for one in chart.categories
    ]
    for number, section in enumerate(part.sections, start=1):
        x, y = section.name_at
        rules.append(f"#section-{number}{{--x:{x:g};--y:{y:g}}}")
        rules += [f"#seat-{seat.id}{{--x:{seat.x:g};--y:{seat.y:g}}}" for row in section.rows for seat in row.seats]
    return "\n".join(rules)


def fingerprint(places: str) -> str:
    """What an address ends with, so that a later Holdfast, which may draw the same plan otherwise, has another one."""
    return f"{crc32(places.encode()):08x}"
