"""Seat numbers by one rule for the whole plan, so that all seats of a house are named alike.

Row + number where that tells all seats of the plan apart, else section-row-number for all of them (row-number where
there are no sections, if it helps); seats that still repeat get `#2`, `#3` … in the order of the file.
"""

from collections import Counter
from collections.abc import Iterator

from webapp.services.plans.oddities import Oddities, counted
from webapp.services.plans.places import Place
from webapp.services.plans.plan import PlanSeat, PlanUnusable, Renumbered
from webapp.services.seat_labels import LabelUnusable, normalize_label


def number_seats(places: list[Place], oddities: Oddities) -> tuple[list[PlanSeat], list[Renumbered]]:
    """Give every place its seat number, unique in the plan, and tell which seats got another than their own.

    Raises PlanUnusable for a seat that has nothing to be named by, or whose number gets too long.
    """
    labels = [_label(place, f"{place.row or ''}{place.number or ''}" or (place.section or "")) for place in places]
    if len(set(labels)) < len(labels):
        labels = _with_dashes(places, labels, oddities)
    renumbered = list(_make_unique(places, labels))
    for seat in renumbered:
        oddities.note("seat", "with the seat number of an earlier one; #2, #3 … was put behind it", seat.seat_number)
    return [_seat(place, label) for place, label in zip(places, labels, strict=True)], renumbered


def _label(place: Place, text: str) -> str:
    try:
        return normalize_label(text)
    except LabelUnusable as refusal:
        raise PlanUnusable(
            f"No seat number can be made for {place.source} ({place.spoken() or 'nothing is said of it'}). "
            f"{refusal.sentence}",
            seat=place.source,
        ) from None


def _with_dashes(places: list[Place], labels: list[str], oddities: Oddities) -> list[str]:
    """Longer labels, or the same where these tell no more seats apart."""
    longer = [_label(place, "-".join(filter(None, (place.section, place.row, place.number)))) for place in places]
    times = Counter(labels)
    has_sections = any(place.section for place in places)
    if len(set(longer)) == len(times) and not has_sections:
        return labels
    by = "section, row and number" if has_sections else "row and number, with a dash"
    so = f"with row and number of another; so all {counted(len(places), 'seat')} of the plan are numbered by {by}"
    for place, label in zip(places, labels, strict=True):
        if times[label] > 1:
            oddities.note("seat", so, f"{label} would be {place.spoken()}")
    return longer


def _make_unique(places: list[Place], labels: list[str]) -> Iterator[Renumbered]:
    # Changes `labels` in place. A number that the plan itself uses is never given to another seat, even a later one.
    taken = set(labels)
    first_owner: dict[str, Place] = {}
    last_given: dict[str, int] = {}
    for index, label in enumerate(labels):
        owner = first_owner.setdefault(label, places[index])
        if owner is places[index]:
            continue
        count = last_given.get(label, 1) + 1
        while f"{label}#{count}" in taken:
            count += 1
        last_given[label] = count
        labels[index] = _label(places[index], f"{label}#{count}")
        taken.add(labels[index])
        yield Renumbered(
            seat_number=labels[index],
            instead_of=label,
            because=f"{places[index].source} repeats {owner.source}",
        )


def _seat(place: Place, label: str) -> PlanSeat:
    return PlanSeat(
        seat_number=label,
        section=place.section,
        row=place.row,
        number=place.number,
        neighbour_order=place.neighbour_order,
        x=place.x,
        y=place.y,
        category=place.category,
        plan_seat_id=place.plan_seat_id,
        accessibility=place.accessibility,
        step_free=place.step_free,
    )
