"""What the organizer settles about how the seats of a show are sold."""

from typing import Literal

from sqlalchemy import text

from webapp.services import acts
from webapp.services.asker import Asker
from webapp.services.database.statements import transaction
from webapp.services.reservations.locks import lock_show
from webapp.services.shows.reading import refuse_strangers

LonelySeats = Literal["off", "warn", "enforce"]


def settle(asker: Asker, show_id: int, *, lonely_seats: LonelySeats, accessible_seats_released: bool) -> None:
    """Settle what becomes of holds that leave a seat alone, and whether everybody may have the accessible seats.

    Seats released before stay released since then, and can be taken back; what is held or sold stays so. Only those who
    run the show may. Raises `NotFound` or `Forbidden`.
    """
    refuse_strangers(asker, show_id)
    with transaction() as connection:
        # A hold has read the rule before it counts its neighbours: no rule begins in the middle of that.
        lock_show(connection, show_id)
        connection.execute(
            text("""
                UPDATE shows
                SET lonely_seats = :lonely_seats,
                    accessible_seats_released_at = CASE
                        WHEN CAST(:released AS boolean) THEN coalesce(accessible_seats_released_at, clock_timestamp())
                    END
                WHERE id = :show_id
            """),
            {"show_id": show_id, "lonely_seats": lonely_seats, "released": accessible_seats_released},
        )
        acts.record(
            connection,
            asker,
            show_id,
            "settle rules",
            lonely_seats=lonely_seats,
            accessible_seats_released=accessible_seats_released,
        )
        connection.commit()
