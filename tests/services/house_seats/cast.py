"""What the tests of house seats have in common: shows on several dates, and acts in few words."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from tests.scenes import Scene
from webapp.services import house_seats
from webapp.services.asker import Asker
from webapp.services.house_seats import Block, Choice, Outlook, Until
from webapp.services.shows import Show

FOR_GOOD = Until()


def choice_of(show: Show, *numbers: str, others: Sequence[Show] = ()) -> Choice:
    """These seats of the show, and the same on the other dates."""
    return Choice(show.id, other_show_ids=[other.id for other in others], seat_numbers=numbers)


def block(
    organizer: Asker, show: Show, *numbers: str, others: Sequence[Show] = (), reason: str = "Press", **until: Any
) -> Sequence[Block]:
    """Block seats by their numbers."""
    return house_seats.block(organizer, choice_of(show, *numbers, others=others), reason=reason, until=Until(**until))


def series(scene: Scene, organizer: Asker, dates: int, *, seats: str = "A1-A10") -> list[Show]:
    """So many dates of one show, a day apart."""
    made = [scene.show(organizer, seats=seats, starts_in=timedelta(days=30 + day)) for day in range(dates)]
    with scene.connected() as connection:
        for show in made[1:]:
            connection.execute("UPDATE shows SET series_id = %s WHERE id = %s", (made[0].id, show.id))
    return made


def planned(outlook: Outlook) -> list[str]:
    """The seats that the act would be done with."""
    return [seat.seat_number for seat in outlook.seats]


def barred(outlook: Outlook) -> dict[str, tuple[str, str | None]]:
    """What is in the way, seat by seat, and who."""
    return {seat.seat_number: (seat.reason, seat.who) for seat in outlook.obstacles}
