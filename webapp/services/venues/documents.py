"""A version of a plan with all its seats."""

from dataclasses import dataclass

from sqlalchemy import text

from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted
from webapp.services.kept_plans import Kept, plan_of
from webapp.services.plans.plan import Plan
from webapp.services.venues.keeping import KEEPS, no_such_plan


@dataclass(frozen=True)
class VersionDocument:
    """A version with its plan."""

    id: int
    plan_id: int
    number: int
    plan: Plan

    @property
    def kept(self) -> Kept:
        """Where its plan is at hand."""
        return Kept("version", self.id)


def document(asker: Asker, plan_id: int, number: int | None = None) -> VersionDocument:
    """The version of a plan by its number, or the latest, for those who keep its venue. Raises `NotFound`."""
    with autocommitted() as connection:
        row = connection.execute(
            text(f"""
                SELECT versions.id, versions.plan_id, versions.number
                FROM plan_versions AS versions
                JOIN plans ON plans.id = versions.plan_id
                JOIN venues ON venues.id = plans.venue_id
                WHERE versions.plan_id = :plan_id
                  AND (CAST(:number AS bigint) IS NULL OR versions.number = :number)
                  AND {KEEPS}
                ORDER BY versions.number DESC
                LIMIT 1
            """),  # noqa: S608 -- made of constants
            {"plan_id": plan_id, "number": number, "asker_id": asker.id},
        ).one_or_none()
    if row is None:
        raise no_such_plan()
    found = plan_of(Kept("version", row.id), lambda: _written(row.id))
    return VersionDocument(row.id, row.plan_id, row.number, found)


def _written(version_id: int) -> str:
    with autocommitted() as connection:
        written: str = connection.execute(
            text("SELECT document FROM plan_versions WHERE id = :version_id"), {"version_id": version_id}
        ).scalar_one()
    return written


def source(asker: Asker, plan_id: int, number: int) -> tuple[str, bytes] | None:
    """The file that the version was read from, with its name, for those who keep the venue; None where there is none.

    Raises `NotFound`.
    """
    with autocommitted() as connection:
        row = connection.execute(
            text(f"""
                SELECT versions.source_name, versions.source
                FROM plan_versions AS versions
                JOIN plans ON plans.id = versions.plan_id
                JOIN venues ON venues.id = plans.venue_id
                WHERE versions.plan_id = :plan_id AND versions.number = :number AND {KEEPS}
            """),  # noqa: S608 -- made of constants
            {"plan_id": plan_id, "number": number, "asker_id": asker.id},
        ).one_or_none()
    if row is None:
        raise no_such_plan()
    return None if row.source is None else (row.source_name, bytes(row.source))
