"""A plan is saved without having been a draft: programs look at it by a preview of their own."""

from sqlalchemy import text

from webapp.services.asker import Asker
from webapp.services.database.statements import transaction
from webapp.services.plans.plan import Plan
from webapp.services.venues.reading import venue
from webapp.services.venues.versions import SavedVersion, save_version


def save_next(asker: Asker, plan_id: int, plan: Plan, *, source: bytes | None, source_name: str | None) -> SavedVersion:
    """Save the next version of a plan, for those who keep its venue. Raises `NotFound`."""
    with transaction() as connection:
        saved = save_version(connection, asker, plan_id, plan, source=source, source_name=source_name)
        connection.commit()
    return saved


def save_first(
    asker: Asker, venue_id: int, name: str, plan: Plan, *, source: bytes | None, source_name: str | None
) -> SavedVersion:
    """Save the first version of a new plan of the venue, for those who keep it.

    Raises `Invalid` where the venue has a plan of this name, and `NotFound`.
    """
    venue(asker, venue_id)
    with transaction() as connection:
        plan_id: int = connection.execute(
            text("INSERT INTO plans (venue_id, name) VALUES (:venue_id, :name) RETURNING id"),
            {"venue_id": venue_id, "name": name},
        ).scalar_one()
        saved = save_version(connection, asker, plan_id, plan, source=source, source_name=source_name)
        connection.commit()
    return saved
