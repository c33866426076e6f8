"""The seats of a map as HTML: made once for each version of a plan and kept, so that a page only joins them.

Rendering 2,000 seats takes a template engine some 30 milliseconds; joining them takes a fraction of one.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from threading import Lock
from typing import Any
from weakref import ref

from flask import get_template_attribute, url_for
from markupsafe import Markup

from webapp.formats import money
from webapp.seat_places import fingerprint, places_of
from webapp.services.asker import Asker
from webapp.services.seat_maps import Availability, Category, Chart, ChartSeat, ChartSection, Part, Taken

# Seats kept by each process, at about 600 bytes each when all their states were seen.
MOST_SEATS_KEPT = 100_000

STATES: Sequence[Availability] = ("available", "held", "sold")
Macro = Callable[..., Markup]


class PartMarkup:
    """The seats of one part of a hall, and what is drawn under them, but for who has which seat."""

    def __init__(self, chart: Chart, part: Part, currency: str) -> None:
        seats = [seat for section in part.sections for row in section.rows for seat in row.seats]
        self.seat_count = len(seats)
        self.categories = sorted({seat.category.rank: seat.category for seat in seats}.values(), key=_rank)
        self.has_accessible_seats = any(seat.accessibility for seat in seats)
        self.has_step_free_seats = any(seat.step_free for seat in seats)
        self.drawing = get_template_attribute("shows/_drawing.html", "drawing")(part)
        self.fingerprint = fingerprint(places_of(chart, part, currency))
        self._currency = currency
        self._seats = {seat.id: seat for seat in seats}
        self._standing = _macro("standing")
        self._standings = {state: str(self._standing(state)) for state in STATES}
        self._beginnings: dict[int, str] = {}
        self._endings: dict[int, str] = {}
        self._taken: dict[tuple[int, Availability], str] = {}
        self._pieces: list[str] = []  # the whole part with every seat free
        self._at: dict[int, int] = {}  # where among them a seat is
        self._draw(part.sections)

    def seats(self, taken: Mapping[int, Taken], viewer: Asker | None, *, choosing: bool = False) -> Markup:
        """All seats by section and row, as the viewer sees them; `choosing` several, free ones are checkboxes."""
        pieces = self._pieces.copy()
        for seat_id, index in self._at.items():
            if seat_id in taken:
                pieces[index] = self._as_taken(seat_id, taken[seat_id], viewer)
            elif choosing:
                pieces[index] = self._as_checkbox(self._seats[seat_id])
        return Markup("".join(pieces))  # noqa: S704 -- made of escaped pieces

    def with_seats(self, draw: Callable[[ChartSeat], str]) -> Markup:
        """All seats by section and row, each as `draw` has it, which must escape what is not ours."""
        pieces = self._pieces.copy()
        for seat_id, index in self._at.items():
            pieces[index] = draw(self._seats[seat_id])
        return Markup("".join(pieces))  # noqa: S704 -- made of escaped pieces

    def seat(self, seat_id: int, taken: Mapping[int, Taken], viewer: Asker | None) -> Markup:
        """One seat as the viewer sees it."""
        free = self._pieces[self._at[seat_id]]
        return Markup(self._as_taken(seat_id, taken[seat_id], viewer) if seat_id in taken else free)  # noqa: S704

    def _as_taken(self, seat_id: int, taken: Taken, viewer: Asker | None) -> str:
        if viewer is not None and taken.user_id == viewer.id:
            return self._beginnings[seat_id] + self._as_own(taken) + self._endings[seat_id]
        state: Availability = "held" if taken.status == "HELD" else "sold"
        made = self._taken.get((seat_id, state))
        if made is None:
            made = self._beginnings[seat_id] + self._standings[state] + self._endings[seat_id]
            self._taken[seat_id, state] = made
        return made

    def _as_own(self, taken: Taken) -> str:
        if taken.status == "CONFIRMED":
            return str(self._standing("yours", confirmed=True))
        release = url_for("reservations.release", reservation_id=taken.reservation_id)
        return str(self._standing("yours", release=release))

    def _as_checkbox(self, seat: ChartSeat) -> str:
        return str(_macro("checkbox")(seat, place(seat), money(seat.category.price, self._currency)))

    def _draw(self, sections: Sequence[ChartSection]) -> None:
        beginning, ending = _macro("beginning"), _macro("ending")
        section_opening, row_opening = _macro("section_opening"), _macro("row_opening")
        for number, section in enumerate(sections, start=1):
            self._pieces.append(str(section_opening(section.name, number)))
            for row in section.rows:
                self._pieces.append(str(row_opening(row.name, section.name)))
                for seat in row.seats:
                    self._at[seat.id] = len(self._pieces)
                    first = str(beginning(seat, place(seat), money(seat.category.price, self._currency)))
                    last = str(ending(seat))
                    self._beginnings[seat.id], self._endings[seat.id] = first, last
                    self._pieces.append(first + self._standings["available"] + last)
                self._pieces.append("</div>")
            self._pieces.append("</section>")


def _macro(name: str) -> Macro:
    macro: Macro = get_template_attribute("shows/_seat.html", name)
    return macro


def _rank(category: Category) -> int:
    return category.rank


def place(seat: ChartSeat) -> str:
    """The place of a seat in words, as far as its plan names them: "Stalls, row C, seat 12"."""
    section = f"{seat.section}, " if seat.section else ""
    row = f"row {seat.row}, " if seat.row else ""
    return f"{section}{row}seat {seat.number or seat.seat_number}"


# By show, part and currency; with the chart it was made of, since a show may have a new one.
_kept: OrderedDict[Any, tuple[ref[Chart], PartMarkup]] = OrderedDict()
_lock = Lock()


def markup_of(chart: Chart, slug: str, currency: str) -> PartMarkup:
    """The markup of a part of the chart."""
    key = (chart.show_id, slug, currency)
    with _lock:
        made_of, markup = _kept.get(key, (None, None))
        if made_of and markup and made_of() is chart:
            _kept.move_to_end(key)
            return markup
    markup = PartMarkup(chart, chart.parts[slug], currency)
    with _lock:
        _kept[key] = (ref(chart), markup)
        _kept.move_to_end(key)
        seats = sum(kept.seat_count for _, kept in _kept.values())
        while len(_kept) > 1 and seats > MOST_SEATS_KEPT:
            _, (_, forgotten) = _kept.popitem(last=False)
            seats -= forgotten.seat_count
    return markup


def seats_of(
    chart: Chart, seat_ids: Iterable[int], currency: str, taken: Mapping[int, Taken], viewer: Asker | None
) -> Mapping[int, Markup]:
    """Those of the seats that the chart has, each as the viewer sees it, in the order of their ids."""
    return {
        seat_id: markup_of(chart, chart.part_of_seat[seat_id], currency).seat(seat_id, taken, viewer)
        for seat_id in sorted(set(seat_ids))
        if seat_id in chart.seats
    }
