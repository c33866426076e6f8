"""How a change of a plan is marked: on seats by a colour and a sign, and in words; on sections by how much changes."""

from collections import Counter
from collections.abc import Iterator, Mapping

from webapp.plan_halls import HallView, SeatMark, seats_in, view_of
from webapp.services.plan_changes import KeptSeat, PresentSeat, Preview
from webapp.services.plans.plan import PlanSeat
from webapp.services.seat_maps import Chart, Part
from webapp.services.seating.categories import category_of

SIGNS: Mapping[str, str] = {
    "taken": "!",
    "removed": "×",  # noqa: RUF001 -- a cross is meant
    "added": "+",
    "category": "◆",
    "renumbered": "#",
    "moved": "↔",
    "accessibility": "♿\ufe0e",
}
WORDS: Mapping[str, str] = {
    "taken": "removed, but somebody has it",
    "removed": "removed",
    "added": "added",
    "category": "in another category",
    "renumbered": "called otherwise",
    "moved": "moved",
    "accessibility": "accessible otherwise",
}
# What a section is told of first.
ORDER = tuple(SIGNS)


def before(found: Preview, chart: Chart, slug: str | None) -> HallView:
    """The hall as it is, with the seats that go or change marked."""
    marks = {seat.id: _mark(["taken" if seat.id in found.holders else "removed"]) for seat in found.difference.removed}
    marks |= {one.before.id: _mark(list(one.changes)) for one in found.difference.changed}
    return _view(chart, slug, marks)


def after(found: Preview, chart: Chart, slug: str | None) -> HallView:
    """The hall as it would be, with the seats that come or have changed marked."""
    marks = {one.place: _mark(["added"]) for one in found.difference.added}
    marks |= {one.after.place: _mark(list(one.changes)) for one in found.difference.changed}
    return _view(chart, slug, marks)


def told(kept: KeptSeat) -> Iterator[tuple[str, str, str]]:
    """What is different about a seat: in which way, what it was, and what it will be."""
    was, will = kept.before, kept.after.seat
    for change in kept.changes:
        match change:
            case "renumbered":
                yield change, _name(was), _name(will)
            case "category":
                yield change, was.category, category_of(will)
            case "moved":
                yield change, _place(was), _place(will)
            case "accessibility":
                yield change, _for_whom(was), _for_whom(will)


def _name(seat: PresentSeat | PlanSeat) -> str:
    return ", ".join(filter(None, (seat.section, seat.row, seat.number, seat.seat_number)))


def _place(seat: PresentSeat | PlanSeat) -> str:
    return "nowhere" if seat.x is None or seat.y is None else f"{seat.x:g}, {seat.y:g}"


def _for_whom(seat: PresentSeat | PlanSeat) -> str:
    return ", ".join(filter(None, (seat.accessibility, "step-free" if seat.step_free else None))) or "for everybody"


def _mark(words: list[str]) -> SeatMark:
    return SeatMark(words[0], SIGNS[words[0]], ", ".join(WORDS[word] for word in words))


def _view(chart: Chart, slug: str | None, marks: Mapping[int, SeatMark]) -> HallView:
    def of_part(part: Part) -> tuple[str, str]:
        counts = Counter(marks[seat.id].word for seat in seats_in(part) if seat.id in marks)
        named = [f"{counts[word]:,} {WORDS[word]}" for word in ORDER if counts[word]]
        return next((word for word in ORDER if counts[word]), "same"), ", ".join(named) or "nothing changes"

    return view_of(chart, slug, marks, of_part, name="changes")
