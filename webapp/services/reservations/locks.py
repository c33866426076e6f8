"""The one lock order: show, buyer, seats in ascending id, reservations in the order of their seats.

The two advisory locks have namespaces of their own. The guards of the database take the same two, by the same numbers.
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


def lock_buyer(connection: Connection, user_id: int) -> None:
    """Keep the buyer's other requests from holding seats until this transaction ends."""
    connection.execute(
        text("SELECT pg_advisory_xact_lock(:namespace, :user_id)"),
        {"namespace": BUYER_NAMESPACE, "user_id": user_id},
    )
