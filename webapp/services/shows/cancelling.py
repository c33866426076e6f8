"""Shows are cancelled."""

from sqlalchemy import text

from webapp.services.asker import Asker
from webapp.services.database.statements import transaction
from webapp.services.reservations.ending import end_holds_of_show
from webapp.services.reservations.locks import lock_show
from webapp.services.shows.editions import raise_edition
from webapp.services.shows.reading import one, refuse_strangers
from webapp.services.shows.show import Show


def cancel(asker: Asker, show_id: int) -> Show:
    """Cancel the show: nothing is sold any more and every hold ends; what was sold stays on record.

    Cancelling again changes nothing. Raises `NotFound` or `Forbidden`.
    """
    refuse_strangers(asker, show_id)
    with transaction() as connection:
        lock_show(connection, show_id)
        cancelled = connection.execute(
            text("UPDATE shows SET cancelled_at = clock_timestamp() WHERE id = :show_id AND cancelled_at IS NULL"),
            {"show_id": show_id},
        ).rowcount
        end_holds_of_show(connection, show_id, asker)
        if cancelled:
            raise_edition(connection, asker, show_id, "cancel show", {"cancelled": (False, True)})
        connection.commit()
    return one(show_id, asker)
