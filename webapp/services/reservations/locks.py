"""The one lock order: show, buyers, a guest's address, seats, reservations in the order of their seats, rows.

Of several buyers, rows or seats, each in ascending id. All but seats and reservations are advisory locks in namespaces
of their own, which the guards of the database take by the same numbers; those on an address in a show (7305) and on a
row under the rule of lonely seats (7306) are taken there alone, also for us (`take_turn`).
"""

from sqlalchemy import Connection, text

SHOW_NAMESPACE = 7301
BUYER_NAMESPACE = 7302
SWEEPER_NAMESPACE = 7303


def lock_show(connection: Connection, show_id: int) -> None:
    """Keep everybody from holding seats in the show until this transaction ends."""
    connection.execute(
        text("SELECT pg_advisory_xact_lock(:namespace, :show_id)"),
        {"namespace": SHOW_NAMESPACE, "show_id": show_id},
    )


def share_shows(connection: Connection, *show_ids: int) -> None:
    """Let nobody cancel these shows, nor settle anything of them, until this transaction ends; buyers hold as ever."""
    for show_id in sorted(show_ids):
        connection.execute(
            text("SELECT pg_advisory_xact_lock_shared(:namespace, :show_id)"),
            {"namespace": SHOW_NAMESPACE, "show_id": show_id},
        )


def lock_buyers(connection: Connection, *user_ids: int) -> None:
    """Keep the other requests of these buyers from holding seats until this transaction ends."""
    for user_id in sorted(user_ids):
        lock_buyer(connection, user_id)


def lock_buyer(connection: Connection, user_id: int) -> None:
    """Keep the buyer's other requests from holding seats until this transaction ends."""
    connection.execute(
        text("SELECT pg_advisory_xact_lock(:namespace, :user_id)"),
        {"namespace": BUYER_NAMESPACE, "user_id": user_id},
    )
