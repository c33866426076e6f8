"""Taking a block of seats that was chosen for somebody: all of it at once, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text

from webapp.services.asker import Asker
from webapp.services.database.statements import transaction
from webapp.services.reservations.reading import COLUMNS, SEAT_COLUMNS, Reservation


@dataclass(frozen=True)
class Block:
    """Seats of a show that are to be held together, each for `price_at_most`, if that is said."""

    show_id: int
    seat_ids: Sequence[int]
    price_at_most: int | None = None


def take(asker: Asker, block: Block, *, minutes: int | None, wait: bool = False) -> Sequence[Reservation] | None:
    """Hold the block, or nothing of it: None where any of its seats is taken, or being taken by another such call.

    With `wait` that other call is waited for. Raises what the guards refuse with.

    Why nobody waits in a circle: everything is locked in the order of the house. `take_turn` has the show and the buyer
    before a seat is looked at. Only calls of this function lock seats (a foreign key's lock goes together
    with theirs), in ascending id, and all of them before the first reservation is inserted, since the INSERT counts
    them. So whoever waits for a seat has inserted nothing yet that somebody with a seat could wait for. Reservations
    are inserted in the order of their seats, as everywhere. And whoever gets less than the whole block lets go of it at
    once.
    """
    with transaction() as connection:
        taken = connection.execute(
            text(f"""
                WITH turn AS MATERIALIZED (
                    SELECT take_turn(:user_id, :show_id) AS is_ours
                ),
                locked AS MATERIALIZED (
                    SELECT seats.id, seats.show_id, seats.category_id
                    FROM turn
                    JOIN seats ON seats.show_id = :show_id
                    WHERE turn.is_ours
                      AND seats.id = ANY(:seats)
                    ORDER BY seats.id
                    FOR NO KEY UPDATE OF seats {"" if wait else "SKIP LOCKED"}
                ),
                held AS (
                    INSERT INTO reservations
                        (user_id, seat_id, show_id, price, hold_expiry, changed_by, changed_through)
                    SELECT :user_id, locked.id, locked.show_id, categories.price,
                           statement_timestamp() + make_interval(mins => coalesce(
                               CAST(:minutes AS integer),
                               (SELECT hold_minutes FROM shows WHERE shows.id = locked.show_id)
                           )),
                           :user_id, :through
                    FROM locked
                    JOIN categories ON categories.id = locked.category_id
                    WHERE (SELECT count(*) FROM locked) = :wanted
                      AND (CAST(:price_at_most AS integer) IS NULL OR categories.price <= :price_at_most)
                    ORDER BY locked.id
                    ON CONFLICT DO NOTHING
                    RETURNING {COLUMNS}
                )
                SELECT {COLUMNS}, {SEAT_COLUMNS}
                FROM held AS reservations
                JOIN seats ON seats.id = reservations.seat_id
                ORDER BY reservations.seat_id
            """),  # noqa: S608 -- made of constants
            {
                "user_id": asker.id,
                "through": asker.through,
                "show_id": block.show_id,
                "seats": list(block.seat_ids),
                "wanted": len(block.seat_ids),
                "price_at_most": block.price_at_most,
                "minutes": minutes,
            },
        ).all()
        if len(taken) < len(block.seat_ids):
            return None
        connection.commit()
    return [Reservation.of(row) for row in taken]
