"""Five more minutes, once, for a buyer who needs them."""

from collections.abc import Sequence

from sqlalchemy import text

from webapp.services.asker import Asker
from webapp.services.database.statements import transaction
from webapp.services.reservations.locks import lock_buyer
from webapp.services.reservations.reading import SELECT, Reservation

# The guard on reservations allows no more than these.
MORE_MINUTES = 5
MOST_MINUTES = 20

# What may be given more time: a live hold that would end later by it, as long as nothing in its basket was extended.
EXTENDABLE = f"""
    reservations.status = 'HELD'
    AND reservations.hold_expiry > clock_timestamp()
    AND reservations.hold_expiry < reservations.created_at + interval '{MOST_MINUTES} minutes'
    AND NOT EXISTS (
        SELECT FROM reservations AS others
        WHERE others.user_id = reservations.user_id
          AND others.show_id = reservations.show_id
          AND others.status = 'HELD'
          AND others.hold_expiry > clock_timestamp()
          AND others.extended_at IS NOT NULL
    )
"""


def extend_basket(asker: Asker, show_id: int) -> Sequence[Reservation]:
    """Give all the asker's holds in the show five more minutes; the holds, in seat order. Again, it changes nothing.

    A hold is extended once, and never beyond 20 minutes in all; a basket not again while it has one that was. It has
    one clock: what is held on a page ends with what its buyer held there before, also after the extension, so that one
    click moves all of them alike. Holds that a program made for minutes of its choice keep their different ends, each
    five minutes later.
    """
    with transaction() as connection:
        lock_buyer(connection, asker.id)
        of_basket = {"user_id": asker.id, "show_id": show_id}
        found = connection.execute(
            text(f"""
                SELECT id
                FROM reservations
                WHERE user_id = :user_id
                  AND show_id = :show_id
                  AND {EXTENDABLE}
                ORDER BY seat_id
                FOR NO KEY UPDATE
            """),  # noqa: S608 -- made of constants
            of_basket,
        ).scalars()
        # The guard makes a hold that lapsed while it was waited for EXPIRED instead.
        connection.execute(
            text("""
                UPDATE reservations
                SET hold_expiry = least(
                        hold_expiry + make_interval(mins => :more),
                        created_at + make_interval(mins => :most)
                    ),
                    changed_by = :user_id,
                    changed_through = :through
                WHERE id = ANY(:ids)
                  AND status = 'HELD'
            """),
            {
                "ids": list(found),
                "user_id": asker.id,
                "through": asker.through,
                "more": MORE_MINUTES,
                "most": MOST_MINUTES,
            },
        )
        rows = connection.execute(
            text(f"""
                {SELECT}
                WHERE reservations.user_id = :user_id
                  AND reservations.show_id = :show_id
                  AND reservations.status = 'HELD'
                  AND reservations.hold_expiry > clock_timestamp()
                ORDER BY reservations.seat_id
            """),
            of_basket,
        ).all()
        connection.commit()
    return [Reservation.of(row) for row in rows]
