"""What a show says of itself before a seat is counted: enough for the page with its map, however large the hall."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted
from webapp.services.refusals import CLOSED, Closed, NotFound

# A draft is there for those who run it, and for nobody else.
VISIBLE = "(shows.published_at IS NOT NULL OR runs_show(CAST(:viewer_id AS integer), shows.id))"

# A category is offered no more once all its seats have left the plan; one that never had any is still to get them.
OFFERED = """(EXISTS (SELECT FROM seats WHERE seats.category_id = categories.id)
                      OR NOT EXISTS (SELECT FROM all_seats WHERE all_seats.category_id = categories.id))"""

# NULL while its seats are sold.
WHY_CLOSED = """CASE
               WHEN shows.cancelled_at IS NOT NULL THEN 'cancelled'
               WHEN shows.starts_at <= statement_timestamp() THEN 'begun'
               WHEN shows.published_at IS NULL THEN 'draft'
               WHEN shows.on_sale_at > statement_timestamp() THEN 'not yet'
               WHEN shows.off_sale_at <= statement_timestamp() THEN 'ended'
           END"""

# The columns of a `Playbill`, in its order.
COLUMNS = f"""shows.id, shows.title, shows.description, shows.picture_id, shows.picture_alt,
           (SELECT width FROM pictures WHERE pictures.id = shows.picture_id) AS picture_width,
           (SELECT height FROM pictures WHERE pictures.id = shows.picture_id) AS picture_height,
           shows.venue,
           shows.starts_at, shows.timezone, shows.currency, shows.seat_limit, shows.hold_minutes,
           shows.published_at, shows.on_sale_at, shows.off_sale_at, shows.cancelled_at,
           {WHY_CLOSED} AS closed"""  # noqa: S608 -- made of constants


@dataclass(frozen=True)
class Playbill:
    """A show without its seats; `sells` is whether one can be held at all, `closed` why not."""

    id: int
    title: str
    description: str
    picture_id: int | None
    picture_alt: str
    picture_width: int | None
    picture_height: int | None
    venue: str
    starts_at: datetime
    timezone: str
    currency: str
    seat_limit: int
    hold_minutes: int
    published_at: datetime | None
    on_sale_at: datetime | None
    off_sale_at: datetime | None
    cancelled_at: datetime | None
    closed: Closed | None

    @property
    def closed_because(self) -> str | None:
        """Why nothing is sold, as a sentence; None while it is."""
        return CLOSED[self.closed] if self.closed else None

    @property
    def sells(self) -> bool:
        """Whether a seat can be held."""
        return self.closed is None


def playbill(show_id: int, viewer: Asker | None = None) -> Playbill:
    """The playbill of the show, for the viewer; raises `NotFound`, also for somebody else's draft."""
    with autocommitted() as connection:
        row = connection.execute(
            text(f"SELECT {COLUMNS} FROM shows WHERE shows.id = :show_id AND {VISIBLE}"),  # noqa: S608 -- constants
            {"show_id": show_id, "viewer_id": viewer.id if viewer else None},
        ).one_or_none()
    if row is None:
        raise not_found(show_id)
    return Playbill(*row)


def playbill_for(show_id: int, viewer: Callable[[], Asker | None]) -> Playbill:
    """The playbill of the show; who the viewer is, is asked only where not everybody may have it. Raises `NotFound`."""
    try:
        return playbill(show_id)
    except NotFound:
        return playbill(show_id, viewer())


def not_found(show_id: int) -> NotFound:
    """The refusal for a show that is not there, or a draft of somebody else."""
    return NotFound(f"There is no show {show_id}.")
