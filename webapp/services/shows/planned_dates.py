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
    """The date with its times of sale.

    The sale begins as many days before the start as that of the show, at the same time by the venue's clocks, and ends
    as long before the start. Where that does not fit, both are as long before the start as those of the show.
    """
    later = start - show.starts_at
    on_sale_at = show.on_sale_at and _same_clock(show.on_sale_at, show.starts_at, start, ZoneInfo(show.timezone))
    off_sale_at = show.off_sale_at and show.off_sale_at + later
    if on_sale_at and on_sale_at >= (off_sale_at or start):
        on_sale_at = show.on_sale_at + later
    return PlannedDate(start, on_sale_at, off_sale_at, there, beside)


def _same_clock(moment: datetime, was: datetime, start: datetime, zone: ZoneInfo) -> datetime:
    """As many days before or after `start` as `moment` is of `was`, when clocks at the venue show the same."""
    local = moment.astimezone(zone)
    days = local.date() - was.astimezone(zone).date()
    return datetime.combine(start.astimezone(zone).date() + days, local.time(), zone).astimezone(UTC)
