"""A show is copied to other dates, as drafts of one series."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from webapp.services import acts
from webapp.services.asker import Asker
from webapp.services.database import portions
from webapp.services.database.statements import autocommitted, transaction
from webapp.services.refusals import Invalid
from webapp.services.reservations.locks import lock_show
from webapp.services.shows.planned_dates import PlannedDate, planned
from webapp.services.shows.reading import one, refuse_strangers
from webapp.services.shows.show import Show

# What one call makes at most: a few seconds of work, in one transaction.
MOST_DATES = 60
MOST_SEATS_COPIED = 200_000


@dataclass(frozen=True)
class Duplicates:
    """The shows at the dates that were asked for, soonest first; `made` are the ids of those that are new."""

    shows: Sequence[Show]
    made: frozenset[int]


def duplicate(asker: Asker, show_id: int, starts: Sequence[datetime]) -> Duplicates:
    """Copy the show to each of these dates, all or none: its details, seats, prices, rules and managers.

    The copies are drafts, and share a series with the show. No reservation is copied. Where the series has a show at a
    date already, that one stays as it is, so repeating the call is safe. Raises `Invalid` for dates in the past, too
    many of them or of seats, and as `refuse_strangers` does.
    """
    refuse_strangers(asker, show_id)
    with transaction() as connection:
        # Nobody else copies the show, or changes it, at the same time.
        lock_show(connection, show_id)
        dates = planned(connection, show_id, starts)
        new = [date for date in dates if date.there is None]
        _refuse_too_much(connection, show_id, new)
        made = _copy(connection, show_id, new) if new else []
        if made:
            acts.record_for_each(connection, asker, made, "copy show", copied_from=show_id)
            acts.record(connection, asker, show_id, "copy to dates", dates=len(made))
        connection.commit()
    there = [*made, *(date.there.id for date in dates if date.there)]
    found = sorted((one(id, asker) for id in there), key=lambda show: (show.starts_at, show.id))
    return Duplicates(found, frozenset(made))


def plan_dates(asker: Asker, show_id: int, starts: Sequence[datetime]) -> Sequence[PlannedDate]:
    """What `duplicate` would make of each of these dates, soonest first; raises as it does."""
    refuse_strangers(asker, show_id)
    with autocommitted() as connection:
        dates = planned(connection, show_id, starts)
        _refuse_too_much(connection, show_id, [date for date in dates if date.there is None])
    return dates


def _refuse_too_much(connection: Connection, show_id: int, dates: Sequence[PlannedDate]) -> None:
    if len(dates) > MOST_DATES:
        raise _too_much(f"{len(dates)} dates are too many at once: take at most {MOST_DATES}.")
    seats = connection.execute(
        text("SELECT count(*) FROM seats WHERE show_id = :show_id"), {"show_id": show_id}
    ).scalar_one()
    if seats * len(dates) > MOST_SEATS_COPIED:
        most = MOST_SEATS_COPIED // seats
        raise _too_much(f"A show of {seats:,} seats is copied to at most {most} dates at once; these are {len(dates)}.")


def _too_much(sentence: str) -> Invalid:
    return Invalid(sentence, errors=[{"pointer": "#/starts", "detail": sentence}])


def _copy(connection: Connection, show_id: int, dates: Sequence[PlannedDate]) -> Sequence[int]:
    """Make the copies; their ids, in the order of the dates."""
    connection.execute(
        text("UPDATE shows SET series_id = id WHERE id = :show_id AND series_id IS NULL"), {"show_id": show_id}
    )
    made = _copy_details(connection, show_id, dates)
    _copy_managers(connection, show_id, made)
    _copy_categories(connection, show_id, made)
    _copy_seats(connection, show_id, made)
    return made


def _copy_details(connection: Connection, show_id: int, dates: Sequence[PlannedDate]) -> Sequence[int]:
    return (
        connection.execute(
            text("""
                INSERT INTO shows (organizer_id, title, description, picture_id, picture_alt, venue, venue_id,
                                   starts_at, timezone, on_sale_at, off_sale_at,
                                   currency, seat_limit, hold_minutes, lonely_seats, accessible_seats_released_at,
                                   plan_areas, plan_version_id, series_id, published_at)
                SELECT organizer_id, title, description, picture_id, picture_alt, venue, venue_id,
                       given.starts_at, timezone, given.on_sale_at, given.off_sale_at,
                       currency, seat_limit, hold_minutes, lonely_seats,
                       CASE WHEN accessible_seats_released_at IS NOT NULL THEN clock_timestamp() END,
                       plan_areas, plan_version_id, series_id, NULL
                FROM shows
                CROSS JOIN unnest(CAST(:starts_at AS timestamptz[]), CAST(:on_sale_at AS timestamptz[]),
                                  CAST(:off_sale_at AS timestamptz[]))
                           WITH ORDINALITY AS given (starts_at, on_sale_at, off_sale_at, place)
                WHERE shows.id = :show_id
                ORDER BY given.place
                RETURNING id
            """),
            {
                "show_id": show_id,
                "starts_at": [date.starts_at for date in dates],
                "on_sale_at": [date.on_sale_at for date in dates],
                "off_sale_at": [date.off_sale_at for date in dates],
            },
        )
        .scalars()
        .all()
    )


def _copy_managers(connection: Connection, show_id: int, made: Sequence[int]) -> None:
    connection.execute(
        text("""
            INSERT INTO show_managers (show_id, user_id, invited_by)
            SELECT made.id, user_id, invited_by
            FROM show_managers
            CROSS JOIN unnest(CAST(:made AS integer[])) AS made (id)
            WHERE show_id = :show_id
        """),
        {"show_id": show_id, "made": made},
    )


def _copy_categories(connection: Connection, show_id: int, made: Sequence[int]) -> None:
    """Copy them in their order, which is how they are listed."""
    connection.execute(
        text("""
            INSERT INTO categories (show_id, name, price)
            SELECT made.id, name, price
            FROM categories
            CROSS JOIN unnest(CAST(:made AS integer[])) AS made (id)
            WHERE show_id = :show_id
            ORDER BY made.id, categories.id
        """),
        {"show_id": show_id, "made": made},
    )


def _copy_seats(connection: Connection, show_id: int, made: Sequence[int]) -> None:
    """Copy them in the order of the plan, some shows at a time."""
    seats = connection.execute(
        text("SELECT count(*) FROM seats WHERE show_id = :show_id"), {"show_id": show_id}
    ).scalar_one()
    at_once = max(1, portions.SEATS_AT_ONCE // max(1, seats))
    for first in range(0, len(made), at_once):
        connection.execute(
            text("""
                INSERT INTO seats (show_id, seat_number, section, row, number, neighbour_order, x, y, plan_seat_id,
                                   accessibility, step_free, category_id)
                SELECT made.id, seats.seat_number, seats.section, seats.row, seats.number, seats.neighbour_order,
                       seats.x, seats.y, seats.plan_seat_id, seats.accessibility, seats.step_free, copied.id
                FROM seats
                JOIN categories ON categories.id = seats.category_id
                CROSS JOIN unnest(CAST(:made AS integer[])) AS made (id)
                JOIN categories AS copied ON copied.show_id = made.id AND copied.name = categories.name
                WHERE seats.show_id = :show_id
                ORDER BY made.id, seats.plan_order, seats.id
            """),
            {"show_id": show_id, "made": made[first : first + at_once]},
        )
