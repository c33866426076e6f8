"""The door of the writing room: a plan goes out as a file, and with it what the file does not say of it."""

from webapp.services.plans.comparing import compare
from webapp.services.plans.editor.writing.changing import changed_document
from webapp.services.plans.editor.writing.fresh import fresh_document
from webapp.services.plans.oddities import Oddities
from webapp.services.plans.plan import Plan, PlanUnusable
from webapp.services.plans.reading import decode, read_editor_text, read_plan, speaks_editor
from webapp.services.plans.sheets.writing import ranges_of
from webapp.services.plans.written import PlanUnwritable, WrittenPlan


def write_editor_plan(plan: Plan, source: bytes | None = None) -> WrittenPlan:
    """Write a plan as JSON of the pretix editor.

    `source` is the file it came from. If that is such JSON, the plan is written into it: without changes it is the
    same text, and what was changed of the seats is changed in their own objects, everything else staying as it is.
    Otherwise the plan is written anew. Raises PlanUnwritable for a plan that the form cannot hold.
    """
    origin = None if source is None else _origin(source)
    if origin is not None:
        text, before = origin
        written, order = changed_document(text, before, plan)
        if written == text:
            return WrittenPlan(text, compare(plan, before, order))
    elif plan.seats:
        written, order = fresh_document(plan)
    else:
        raise PlanUnwritable("The plan has no seats.")
    try:
        return WrittenPlan(written, compare(plan, read_editor_text(written), order))
    except PlanUnusable as refusal:
        raise PlanUnwritable(f"A file with this plan could not be read again. {refusal.sentence}") from None


def write_csv_ranges(plan: Plan) -> WrittenPlan:
    """Write a plan as CSV with the columns zone, row, start, end, accessibility and step_free.

    Raises PlanUnwritable where its seats cannot be said so: without a section, numbered otherwise than by whole
    numbers, or with other neighbours than those whose numbers follow one another.
    """
    if not plan.seats:
        raise PlanUnwritable("The plan has no seats.")
    written, order = ranges_of(plan)
    again = read_plan("plan.csv", written.encode())
    for index, other in zip(order, again.seats, strict=True):
        seat = plan.seats[index]
        if other.seat_number != seat.seat_number:
            raise PlanUnwritable(
                f"Seat {seat.seat_number} would be read from a list of ranges as {other.seat_number}, by its section, "
                "row and number.",
                seat=seat.seat_number,
            )
    return WrittenPlan(written, compare(plan, again, order))


def _origin(source: bytes) -> tuple[str, Plan] | None:
    """The text and the plan of a file of the editor, None for any other."""
    try:
        text = decode(source, Oddities())
        return (text, read_editor_text(text)) if speaks_editor(text) else None
    except PlanUnusable:
        return None
