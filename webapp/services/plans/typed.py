"""Plans as they are typed: a section on each line with the ranges of its seats, "Stalls: A1-A20, B1-B18"."""

from collections import defaultdict
from collections.abc import Sequence

from webapp.services.plans.numbering import number_seats
from webapp.services.plans.oddities import Oddities
from webapp.services.plans.places import Place
from webapp.services.plans.plan import MOST_SEATS, Plan, PlanSeat, PlanUnusable
from webapp.services.plans.texts import LONGEST_SECTION, clean_text
from webapp.services.seat_labels import expand_labels, split_label


def read_typed(text: str) -> Plan:
    """The plan of the ranges. Seats of a row are neighbours when their numbers follow one another.

    A line without a colon goes on with the section of the line before, or stands outside of all sections. Labels stay
    as they are typed, unless two sections have the same. Raises `PlanUnusable` and `LabelUnusable`.
    """
    places: dict[tuple[str | None, str], Place] = {}
    section: str | None = None
    for line, typed in enumerate(text.splitlines(), start=1):
        named, colon, ranges = typed.rpartition(":")
        if colon:
            section = clean_text(named, LONGEST_SECTION, f"Line {line}: the section", line=line)
        for label in expand_labels(ranges) if ranges.strip(" \t,;") else ():
            if (section, label) in places:
                raise PlanUnusable(
                    f"Line {line}: {label} is there twice{f' in {section}' if section else ''}.", line=line
                )
            row, number = split_label(label)
            places[section, label] = Place(section, row, number or label, f"line {line}")
        if len(places) > MOST_SEATS:
            raise PlanUnusable(f"Line {line} makes the plan larger than {MOST_SEATS:,} seats.", line=line)
    if not places:
        raise PlanUnusable("Type at least one seat, such as Stalls: A1-A20.")
    _put_side_by_side(list(places.values()))
    labels = [label for _, label in places]
    if len(set(labels)) == len(labels):
        return Plan(name=None, seats=list(map(_seat, places.values(), labels)))
    oddities = Oddities()
    seats, renumbered = number_seats(list(places.values()), oddities)
    return Plan(name=None, seats=seats, oddities=oddities.sentences(), renumbered=renumbered)


def _seat(place: Place, label: str) -> PlanSeat:
    return PlanSeat(
        seat_number=label,
        section=place.section,
        row=place.row,
        number=place.number,
        neighbour_order=place.neighbour_order,
        x=None,
        y=None,
        category=None,
        plan_seat_id=None,
    )


def _put_side_by_side(places: Sequence[Place]) -> None:
    """Say who sits beside whom; of two with one number (1 and 01) the second has no neighbours."""
    taken: dict[tuple[str | None, str | None], set[int]] = defaultdict(set)
    for place in places:
        if place.number and place.number.isdecimal() and len(place.number) < 10:
            order, row = int(place.number), taken[place.section, place.row]
            place.neighbour_order = None if order in row else order
            row.add(order)
