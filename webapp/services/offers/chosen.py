"""Seats that somebody chose: held, or refused with what comes close."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import text

from webapp.services import reservations
from webapp.services.asker import Asker, Bearer
from webapp.services.database.statements import autocommitted
from webapp.services.offers.lonely import Advice, advice, fixes
from webapp.services.offers.nearest import nearest, nearest_open
from webapp.services.refusals import LonelySeat, OthersFirst, SeatTaken
from webapp.services.reservations import Holding, SeatChoice


@dataclass(frozen=True)
class Held(Holding):
    """Seats that are held, in a show that may want their buyer to consider something."""

    def advise(self) -> Advice | None:
        """What to consider, if anything; looked for anew each time."""
        return advice(self)


def hold(asker: Asker | Bearer, choice: SeatChoice, *, minutes: int | None) -> Held:
    """Do what `reservations.hold` does. Its refusals come with offers: the nearest seats for those that somebody else
    was faster to take, or that are for others first, and for a seat that would be left lonely the fix."""
    try:
        holding = reservations.hold(asker, choice, minutes=minutes)
    except SeatTaken as refusal:
        if any(seat["reason"] != "yours" for seat in refusal.facts["seats"]):
            refusal.coming_with(partial(nearest, refusal.show_id, refusal.seat_ids))
        raise
    except LonelySeat as refusal:
        refusal.coming_with(lambda: fixes(asker, *_meant(choice)))
        raise
    except OthersFirst as refusal:
        refusal.coming_with(lambda: nearest_open(asker, *_meant(choice)))
        raise
    return Held(holding.reservations, holding.created, holding.lonely_seats)


def _meant(choice: SeatChoice) -> tuple[int, Sequence[int]]:
    """The show and the ids of the seats that were chosen, in their order."""
    if choice.show_id is not None and choice.seat_ids:
        return choice.show_id, sorted(set(choice.seat_ids))
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"SELECT seats.show_id, seats.id FROM seats WHERE {choice.condition} ORDER BY seats.id"),  # noqa: S608
            choice.values,
        ).all()
    return rows[0].show_id, [row.id for row in rows]
