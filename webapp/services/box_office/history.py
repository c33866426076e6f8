"""How a reservation came to be what it is: who did what, when, from where, and what for."""

from collections.abc import Sequence

from webapp.services import shows
from webapp.services.asker import Asker
from webapp.services.box_office.reading import read
from webapp.services.database.statements import autocommitted
from webapp.services.reservations.ledger import Line, lines_of


def history(asker: Asker, show_id: int, reservation_id: int) -> Sequence[Line]:
    """All lines about a buyer's reservation of the show, oldest first, with the names of those who did it.

    Raises `Forbidden` or `NotFound` for those who do not run the show, and `NotFound` for what is none of it.
    """
    shows.refuse_strangers(asker, show_id)
    with autocommitted() as connection:
        read(connection, show_id, reservation_id)
        return lines_of(connection, reservation_id)
