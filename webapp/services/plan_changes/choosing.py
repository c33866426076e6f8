"""Which plans a show can have its seats from: those of the venues of its organizer, and of whoever asks."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from webapp.services import shows
from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted
from webapp.services.kept_plans import Kept, plan_of
from webapp.services.plans.plan import Plan
from webapp.services.refusals import NotFound
from webapp.services.venues.keeping import KEEPS

MOST_CHOICES = 500


@dataclass(frozen=True)
class Choice:
    """A version of a plan that the show can have its seats from; `is_own` where the asker owns its venue, and can go
    on with the plan, `is_drawn` where it was drawn here.
    """

    version_id: int
    number: int
    is_latest: bool
    seats: int
    plan_id: int
    plan_name: str
    venue_id: int
    venue_name: str
    is_own: bool
    is_drawn: bool

    @property
    def kept(self) -> Kept:
        """Where its plan is at hand."""
        return Kept("version", self.version_id)

    @property
    def words(self) -> str:
        """What it is called."""
        return f"{self.plan_name}, version {self.number} ({self.venue_name})"


SELECT = f"""
    SELECT versions.id, versions.number,
           NOT EXISTS (SELECT FROM plan_versions AS later
                       WHERE later.plan_id = versions.plan_id AND later.number > versions.number),
           versions.seats, plans.id, plans.name, venues.id, venues.name,
           venues.owner_id = :asker_id, versions.sketch IS NOT NULL
    FROM plan_versions AS versions
    JOIN plans ON plans.id = versions.plan_id
    JOIN venues ON venues.id = plans.venue_id
    JOIN shows ON shows.id = :show_id
    WHERE (venues.owner_id = shows.organizer_id OR {KEEPS})
"""  # noqa: S608 -- made of constants


def choices(asker: Asker, show_id: int) -> Sequence[Choice]:
    """The versions that the show can have its seats from, by venue and plan, the latest first.

    Of a plan of others, which an admin could have, only the organizer's and one's own are listed. Raises as
    `shows.refuse_strangers` does.
    """
    shows.refuse_strangers(asker, show_id)
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"""
                {SELECT}
                  AND venues.owner_id IN (shows.organizer_id, :asker_id)
                ORDER BY venues.name, plans.name, plans.id, versions.number DESC
                LIMIT :most
            """),
            {"show_id": show_id, "asker_id": asker.id, "most": MOST_CHOICES},
        )
        return [Choice(*row) for row in rows]


def choice(asker: Asker, show_id: int, version_id: int) -> Choice:
    """The version, if the show can have its seats from it. Raises `NotFound`."""
    with autocommitted() as connection:
        row = connection.execute(
            text(f"{SELECT} AND versions.id = :version_id"),
            {"show_id": show_id, "asker_id": asker.id, "version_id": version_id},
        ).one_or_none()
    if row is None:
        raise NotFound("There is no such version of a plan of yours.")
    return Choice(*row)


def plan_chosen(chosen: Choice) -> Plan:
    """The plan of the version."""

    def document() -> str:
        with autocommitted() as connection:
            return _document(connection, chosen.version_id)

    return plan_of(chosen.kept, document)


def _document(connection: Connection, version_id: int) -> str:
    written: str = connection.execute(
        text("SELECT document FROM plan_versions WHERE id = :version_id"), {"version_id": version_id}
    ).scalar_one()
    return written


@dataclass(frozen=True)
class ShowPlan:
    """From which version a show has its seats, if from any; `edition` and `plan_version` tell which show it is now."""

    show_id: int
    plan_version_id: int | None
    plan_version: int
    edition: int
    seats: int


def plan_of_show(asker: Asker, show_id: int) -> ShowPlan:
    """The plan of the show. Raises as `shows.refuse_strangers` does."""
    shows.refuse_strangers(asker, show_id)
    with autocommitted() as connection:
        row = connection.execute(
            text("""
                SELECT id, plan_version_id, plan_version, edition,
                       (SELECT count(*) FROM seats WHERE seats.show_id = shows.id)
                FROM shows
                WHERE id = :show_id
            """),
            {"show_id": show_id},
        ).one()
    return ShowPlan(*row)
