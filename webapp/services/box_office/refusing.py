"""Why something cannot be done with a reservation, in the words of those who run its show."""

from collections.abc import Sequence

from webapp.services.box_office.reading import BuyersReservation
from webapp.services.refusals import NotSold
from webapp.services.seat_words import beginning, named


def not_sold(reservations: Sequence[BuyersReservation]) -> NotSold:
    """The refusal for reservations that are no sales, or none any more."""
    sentence = beginning(named(reservations)) + " " + _why(reservations)
    facts = [
        {"reservation_id": one.id, "seat_number": one.seat_number, "status": one.status, "moved_to": one.moved_to}
        for one in reservations
    ]
    return NotSold(sentence, reservations=facts)


def _why(reservations: Sequence[BuyersReservation]) -> str:
    if len(reservations) > 1:
        return "are not sold, or not any more. Nothing was changed: leave them out, and try again."
    [one] = reservations
    if one.status == "HELD":
        return "is held, not sold: its buyer may still confirm it or give it back."
    if one.status == "EXPIRED":
        return "was held until its time was over. It is not sold by this reservation."
    if one.moved_to is not None:
        return f"is not this buyer's any more: they were moved to another seat, with reservation {one.moved_to}."
    if one.was_sold:
        return "is not this buyer's any more: the sale was cancelled."
    return "was given back before it was sold."
