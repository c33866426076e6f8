"""Drafts are published, and taken back as long as nobody counts on them."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, text

from webapp.services.asker import Asker
from webapp.services.database.statements import transaction
from webapp.services.refusals import HasBuyers, NotOnSale
from webapp.services.reservations.locks import lock_show
from webapp.services.shows.editions import raise_edition
from webapp.services.shows.reading import one, refuse_strangers
from webapp.services.shows.show import Show


def publish(asker: Asker, show_id: int) -> Show:
    """Let everybody see the show; it sells from its `on_sale_at`, or at once. Publishing again changes nothing.

    A show without seats can be announced, too. Raises `NotOnSale` where it was cancelled or would have begun, and as
    `refuse_strangers` does.
    """
    [published] = publish_all(asker, [show_id])
    return published


def publish_all(asker: Asker, show_ids: Collection[int]) -> Sequence[Show]:
    """Publish these shows, all or none, as `publish` does; in ascending id."""
    ordered = sorted(set(show_ids))
    for show_id in ordered:
        refuse_strangers(asker, show_id)
    with transaction() as connection:
        for show_id in ordered:
            _publish(connection, asker, show_id)
        connection.commit()
    return [one(show_id, asker) for show_id in ordered]


def _publish(connection: Connection, asker: Asker, show_id: int) -> None:
    lock_show(connection, show_id)
    show = connection.execute(
        text("""
            SELECT title, published_at IS NOT NULL AS is_published, cancelled_at IS NOT NULL AS is_cancelled,
                   starts_at <= clock_timestamp() AS has_begun
            FROM shows
            WHERE id = :show_id
        """),
        {"show_id": show_id},
    ).one()
    if show.is_cancelled:
        raise NotOnSale.because("cancelled")
    if show.is_published:
        return
    if show.has_begun:
        raise NotOnSale(
            f"The start of “{show.title}” is over. Give it one in the future, then publish it.", reason="begun"
        )
    connection.execute(
        text("UPDATE shows SET published_at = clock_timestamp() WHERE id = :show_id"), {"show_id": show_id}
    )
    raise_edition(connection, asker, show_id, "publish show", {"published": (False, True)})


def unpublish(asker: Asker, show_id: int) -> Show:
    """Make a draft of the show again, which only those who run it see; of a draft nothing changes.

    Raises `HasBuyers` while somebody holds or has bought a seat, `NotOnSale` where it was cancelled, and as
    `refuse_strangers` does.
    """
    refuse_strangers(asker, show_id)
    with transaction() as connection:
        lock_show(connection, show_id)
        show = connection.execute(
            text("SELECT published_at, cancelled_at FROM shows WHERE id = :show_id"), {"show_id": show_id}
        ).one()
        if show.cancelled_at:
            raise NotOnSale.because("cancelled")
        if show.published_at:
            _refuse_with_buyers(connection, show_id)
            connection.execute(text("UPDATE shows SET published_at = NULL WHERE id = :show_id"), {"show_id": show_id})
            raise_edition(connection, asker, show_id, "take back show", {"published": (True, False)})
        connection.commit()
    return one(show_id, asker)


def _refuse_with_buyers(connection: Connection, show_id: int) -> None:
    counted = connection.execute(
        text("""
            SELECT count(*) FILTER (WHERE status = 'HELD') AS held, count(*) FILTER (WHERE status = 'CONFIRMED') AS sold
            FROM reservations
            WHERE show_id = :show_id
              AND user_id IS NOT NULL
              AND (status = 'CONFIRMED' OR status = 'HELD' AND hold_expiry > clock_timestamp())
        """),
        {"show_id": show_id},
    ).one()
    if counted.held or counted.sold:
        raise HasBuyers(
            f"{counted.held:,} seats are held and {counted.sold:,} are sold, so this show stays published. "
            "End its sale in the details, or cancel it.",
            held=counted.held,
            sold=counted.sold,
        )
