"""On which dates: a show, and those of its series or of its plan that are still to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text

from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted
from webapp.services.refusals import Invalid, NotFound, NotOnSale
from webapp.services.shows import refuse_strangers

# What is released sooner need not be blocked; and blocking may have to wait for its turn.
LEAST_AHEAD = timedelta(minutes=1)


@dataclass(frozen=True)
class Date:
    """A show as one of several dates."""

    show_id: int
    title: str
    venue: str
    starts_at: datetime
    timezone: str
    is_draft: bool
    is_cancelled: bool
    now: datetime

    @property
    def name(self) -> str:
        """The date as sentences have it: `12 December 2026, 19:30`."""
        local = self.starts_at.astimezone(ZoneInfo(self.timezone))
        return f"{local.day} {local:%B %Y, %H:%M}"


@dataclass(frozen=True)
class Until:
    """When seats are free again by themselves: at a time, or so many hours before each date begins; never where neither
    is said."""

    at: datetime | None = None
    hours_before: int | None = None

    def on(self, date: Date) -> datetime | None:
        """The time for this date. Raises `Invalid` where it is over, or nearly."""
        if self.at is None and self.hours_before is None:
            return None
        at = self.at or date.starts_at - timedelta(hours=self.hours_before or 0)
        if at < date.now + LEAST_AHEAD:
            field = "release_at" if self.at else "release_hours_before"
            sentence = f"must be later than now: for the show of {date.name} this time is over."
            raise Invalid(
                f"The release time {sentence}",
                errors=[{"pointer": f"#/{field}", "detail": f"The release time {sentence}"}],
            )
        return at


def dates_of(asker: Asker, show_id: int) -> Sequence[Date]:
    """The show itself, then the other dates of its series or plan that the asker runs and that are still to come.

    Soonest first. Raises `NotFound` or `Forbidden` unless the asker runs the show.
    """
    refuse_strangers(asker, show_id)
    with autocommitted() as connection:
        rows = connection.execute(
            text("""
                WITH first AS (
                    SELECT id, coalesce(series_id, id) AS series_id, plan_version_id
                    FROM shows
                    WHERE id = :show_id
                ),
                family AS (
                    SELECT id FROM first
                    UNION
                    SELECT series_id FROM first
                    UNION
                    SELECT shows.id
                    FROM first
                    JOIN shows ON shows.series_id = first.series_id
                    UNION
                    SELECT shows.id
                    FROM first
                    JOIN plan_versions AS own ON own.id = first.plan_version_id
                    JOIN plan_versions AS versions ON versions.plan_id = own.plan_id
                    JOIN shows ON shows.plan_version_id = versions.id
                )
                SELECT shows.id, shows.title, shows.venue, shows.starts_at, shows.timezone,
                       shows.published_at IS NULL, shows.cancelled_at IS NOT NULL, statement_timestamp()
                FROM family
                JOIN shows ON shows.id = family.id
                WHERE shows.id = :show_id
                   OR shows.cancelled_at IS NULL
                  AND shows.starts_at > statement_timestamp()
                  AND runs_show(:user_id, shows.id)
                ORDER BY shows.id <> :show_id, shows.starts_at, shows.id
            """),
            {"show_id": show_id, "user_id": asker.id},
        )
        return [Date(*row) for row in rows]


def dates_chosen(asker: Asker, show_id: int, other_show_ids: Sequence[int]) -> Sequence[Date]:
    """The show and these of its other dates, soonest first. Raises `NotFound`, `Forbidden`, or `NotOnSale` where the
    show was cancelled."""
    own, *others = dates_of(asker, show_id)
    if own.is_cancelled:
        raise NotOnSale.because("cancelled")
    if strange := set(other_show_ids) - {show_id, *(date.show_id for date in others)}:
        raise NotFound(
            f"The show {min(strange)} is not another date of this one that is still to come and yours to run."
        )
    chosen = [own, *(date for date in others if date.show_id in other_show_ids)]
    return sorted(chosen, key=lambda date: (date.starts_at, date.show_id))
