"""A large hall from above as HTML: its parts as a drawing and a list, made once for each version of a plan and kept."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from threading import Lock
from weakref import ref

from flask import get_template_attribute, request, url_for
from markupsafe import Markup

from webapp.formats import money
from webapp.part_labels import grouped, label_of
from webapp.services.seat_maps import Chart, Part

# Halls kept by each process.
MOST_KEPT = 50

# What is written into the kept pieces for each request; no text of ours or anybody's has such characters.
LEVEL, LEFT, CURRENT = "\x01", "\x02", "\x03"


class HallMarkup:
    """The parts of a hall, but for how many seats of each are free."""

    def __init__(self, chart: Chart, currency: str, leads_to: str) -> None:
        parts = list(chart.parts.values())
        # Of a part only what a drawing says of it: all its seats hang on it.
        self._parts = [(part.slug, part.seat_count) for part in parts]
        ranks = {one.price: one.rank for one in reversed(chart.categories)}
        places = [
            (part, url_for(leads_to, show_id=chart.show_id, slug=part.slug), ranks[part.price_from]) for part in parts
        ]
        opening, shape, line, group_opening, group_ending = (
            get_template_attribute("shows/_hall.html", name)
            for name in ("opening", "shape_of", "line_of", "group_opening", "group_ending")
        )
        self._large = str(opening(chart, "The hall, by sections"))
        self._small = str(opening(chart, None))
        self._labelled = [str(shape(*place, LEVEL, LEFT, "", label_of(place[0], chart.width))) for place in places]
        self._bare = [str(shape(*place, LEVEL, LEFT, CURRENT, None)) for place in places]
        self._lines = [str(line(*place, LEFT, _prices([place[0]], currency))) for place in places]
        first = 0
        for name, group in grouped(parts):
            self._lines[first] = str(group_opening(name, group, _prices(group, currency))) + self._lines[first]
            first += len(group)
            self._lines[first - 1] += str(group_ending(name))

    def drawing(self, free: Mapping[str, int]) -> Markup:
        """The hall with the names of its parts."""
        return self._drawn(self._large, self._labelled, free)

    def small_drawing(self, free: Mapping[str, int], open_part: Part) -> Markup:
        """The hall at a glance, with the part that is open marked."""
        shapes = [
            shape.replace(CURRENT, ' aria-current="true"' if slug == open_part.slug else "")
            for (slug, _), shape in zip(self._parts, self._bare, strict=True)
        ]
        return self._drawn(self._small, shapes, free)

    def list(self, free: Mapping[str, int]) -> Markup:
        """The same parts as the lines of a list."""
        lines = zip(self._parts, self._lines, strict=True)
        return Markup("".join(line.replace(LEFT, str(free[slug])) for (slug, _), line in lines))  # noqa: S704 -- escaped

    def _drawn(self, opening: str, shapes: Sequence[str], free: Mapping[str, int]) -> Markup:
        drawn = [
            shape.replace(LEVEL, _level(free[slug], seat_count)).replace(LEFT, str(free[slug]))
            for (slug, seat_count), shape in zip(self._parts, shapes, strict=True)
        ]
        return Markup(opening + "".join(drawn) + "</svg>")  # noqa: S704 -- made of escaped pieces


def _level(left: int, seats: int) -> str:
    """How much is left of a part, in the word its colour goes by."""
    if not left:
        return "none"
    return "few" if left < seats / 10 else "some" if left < seats / 2 else "many"


def _prices(parts: Sequence[Part], currency: str) -> str:
    cheapest, dearest = min(part.price_from for part in parts), max(part.price_to for part in parts)
    return money(cheapest, currency) + (f" to {money(dearest, currency)}" if dearest != cheapest else "")


# By show, currency, where its links lead, and the path the site is mounted below, which they begin with; with the chart
# it was made of, since a show may have a new one.
_kept: OrderedDict[tuple[int, str, str, str], tuple[ref[Chart], HallMarkup]] = OrderedDict()
_lock = Lock()


def hall_markup_of(chart: Chart, currency: str, leads_to: str = "seat_maps.section") -> HallMarkup:
    """The markup of the whole hall of the chart, whose parts lead to this endpoint."""
    key = (chart.show_id, currency, leads_to, request.root_path)
    with _lock:
        made_of, markup = _kept.get(key, (None, None))
        if made_of and markup and made_of() is chart:
            _kept.move_to_end(key)
            return markup
    markup = HallMarkup(chart, currency, leads_to)
    with _lock:
        _kept[key] = (ref(chart), markup)
        _kept.move_to_end(key)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return markup
