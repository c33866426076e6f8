"""The plan of a show as the database has it, before anything is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from webapp.services.database.statements import autocommitted_apart
from webapp.services.playbills import OFFERED, not_found
from webapp.services.seat_maps.chart import Accessibility, Category


@dataclass(frozen=True, slots=True)
class PlannedSeat:
    """A seat as the plan has it; `x` and `y` are in the plan's own units, and either may be missing."""

    id: int
    seat_number: str
    section: str | None
    row: str | None
    number: str | None
    neighbour_order: int | None
    x: float | None
    y: float | None
    category_id: int
    accessibility: Accessibility | None
    step_free: bool


@dataclass(frozen=True, slots=True)
class Planned:
    """All that the plan of a show says at one version; seats in the order of the plan, categories dearest first."""

    show_id: int
    version: int
    areas: Sequence[Any]
    categories: Sequence[Category]
    seats: Sequence[PlannedSeat]


def plan_version(show_id: int) -> int:
    """The version of the show's plan. Raises `NotFound`."""
    with autocommitted_apart() as connection:
        version: int | None = connection.execute(
            text("SELECT plan_version FROM shows WHERE id = :show_id"), {"show_id": show_id}
        ).scalar_one_or_none()
    if version is None:
        raise not_found(show_id)
    return version


def planned(show_id: int) -> Planned:
    """The plan of the show. Raises `NotFound`.

    It is one statement, so that seats, prices and version belong together; and one row of arrays, since an object for
    each of 50,000 rows would take longer than reading them.
    """
    with autocommitted_apart() as connection:
        found = connection.execute(
            text(f"""
                SELECT shows.plan_version, shows.plan_areas,
                       classes.ids AS category_ids, classes.names AS category_names, classes.prices,
                       places.*
                FROM shows
                CROSS JOIN LATERAL (
                    SELECT array_agg(id) AS ids, array_agg(name) AS names, array_agg(price) AS prices
                    FROM (SELECT id, name, price
                          FROM categories
                          WHERE show_id = shows.id
                            AND {OFFERED}
                          ORDER BY price DESC, id) AS dearest_first
                ) AS classes
                CROSS JOIN LATERAL (
                    SELECT array_agg(id) AS id, array_agg(seat_number) AS seat_number, array_agg(section) AS section,
                           array_agg(row) AS row, array_agg(number) AS number,
                           array_agg(neighbour_order) AS neighbour_order, array_agg(x) AS x, array_agg(y) AS y,
                           array_agg(category_id) AS category_id, array_agg(accessibility) AS accessibility,
                           array_agg(step_free) AS step_free
                    FROM (SELECT seats.*
                          FROM seats
                          WHERE seats.show_id = shows.id
                          ORDER BY seats.plan_order, seats.id) AS in_order
                ) AS places
                WHERE shows.id = :show_id
            """),  # noqa: S608 -- made of constants
            {"show_id": show_id},
        ).one_or_none()
    if found is None:
        raise not_found(show_id)
    version, areas, category_ids, names, prices, *columns = found
    classes = zip(category_ids or (), names or (), prices or (), strict=True)
    return Planned(
        show_id=show_id,
        version=version,
        areas=areas if isinstance(areas, list) else (),
        categories=[Category(id_, name, price, rank) for rank, (id_, name, price) in enumerate(classes)],
        seats=[PlannedSeat(*values) for values in zip(*columns, strict=True)] if columns[0] else [],
    )
