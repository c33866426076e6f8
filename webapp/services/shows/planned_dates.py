"""The dates that a show is to be copied to, and what there is at them already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, text

from webapp.services.refusals import Invalid


@dataclass(frozen=True)
class AtThatTime:
    """A show that there is at a date already."""

    id: int
    title: str


@dataclass(frozen=True)
class PlannedDate:
    """A date with its times of sale.

    `there` is the show that the series has at this moment already, `beside` another one of its organizer's at the same
    venue; neither counts once it is cancelled.
    """

    starts_at: datetime
    on_sale_at: datetime | None
    off_sale_at: datetime | None
    there: AtThatTime | None
    beside: AtThatTime | None


def planned(connection: Connection, show_id: int, starts: Sequence[datetime]) -> Sequence[PlannedDate]:
    """The dates of a show's copies that begin at these moments, each once, soonest first.

    Raises `Invalid` where there is none, or one has passed.
    """
    if not starts:
        raise _invalid("Name at least one date.")
    show = connection.execute(
        text("""
            SELECT starts_at, timezone, on_sale_at, off_sale_at, clock_timestamp() AS now
            FROM shows
            WHERE id = :show_id
        """),
        {"show_id": show_id},
    ).one()
    ordered = sorted({start.astimezone(UTC) for start in starts})
    if ordered[0] <= show.now:
        local = ordered[0].astimezone(ZoneInfo(show.timezone))
        raise _invalid(f"{local:%Y-%m-%d %H:%M} is over already. Name dates in the future.")
    there, beside = _at_these_times(connection, show_id, ordered)
    return [_date(show, start, there.get(start), beside.get(start)) for start in ordered]


def _invalid(sentence: str) -> Invalid:
    return Invalid(sentence, errors=[{"pointer": "#/starts", "detail": sentence}])


def _at_these_times(
    connection: Connection, show_id: int, starts: Sequence[datetime]
) -> tuple[dict[datetime, AtThatTime], dict[datetime, AtThatTime]]:
    """By their start, the shows of the series, and the others of its organizer at the same venue."""
    rows = connection.execute(
        text("""
            SELECT other.id, other.title, other.starts_at,
                   other.id = this.id OR coalesce(other.series_id = this.series_id, false) AS is_of_series
            FROM shows AS this
            JOIN shows AS other ON other.organizer_id = this.organizer_id
            WHERE this.id = :show_id
              AND other.starts_at = ANY(CAST(:starts AS timestamptz[]))
              AND other.cancelled_at IS NULL
              AND (other.venue = this.venue OR other.id = this.id OR other.series_id = this.series_id)
            ORDER BY other.id DESC
        """),
        {"show_id": show_id, "starts": list(starts)},
    ).all()
    found: tuple[dict[datetime, AtThatTime], dict[datetime, AtThatTime]] = ({}, {})
    for row in rows:
        found[0 if row.is_of_series else 1][row.starts_at.astimezone(UTC)] = AtThatTime(row.id, row.title)
    return found


def _date(show: Row[Any], start: datetime, there: AtThatTime | None, beside: AtThatTime | None) -> PlannedDate:
    """The date with times of sale as far from its start, on the venue's clocks, as those of the show are."""
    zone = ZoneInfo(show.timezone)
    on_sale_at, off_sale_at = (
        moment and _as_far_from(moment, show.starts_at, start, zone) for moment in (show.on_sale_at, show.off_sale_at)
    )
    if off_sale_at and ((on_sale_at and off_sale_at <= on_sale_at) or off_sale_at > start):
        # Clocks were put back or forward in between, and the times do not fit any more: then they keep their hours.
        later = start - show.starts_at
        on_sale_at, off_sale_at = show.on_sale_at and show.on_sale_at + later, show.off_sale_at + later
    return PlannedDate(start, on_sale_at, off_sale_at, there, beside)


def _as_far_from(moment: datetime, was: datetime, start: datetime, zone: ZoneInfo) -> datetime:
    """The moment that is as far from `start` as `moment` is from `was`, as calendars and clocks at the venue count."""
    local, local_was, local_start = (at.astimezone(zone).replace(tzinfo=None) for at in (moment, was, start))
    return (local_start + (local - local_was)).replace(tzinfo=zone).astimezone(UTC)
