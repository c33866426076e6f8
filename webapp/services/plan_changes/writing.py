"""The difference between a show and a plan is written: seats go, change and come, in few statements for many seats."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from json import dumps

from sqlalchemy import Connection, text

from webapp.services.database.portions import portions_of_seats
from webapp.services.plan_changes.difference import Difference, KeptSeat, kept_area
from webapp.services.plan_changes.present import Present, PresentSeat
from webapp.services.plans.plan import Plan, PlanCategory, PlanSeat
from webapp.services.seating.adding import PLANNED_COLUMNS, add
from webapp.services.seating.categories import category_ids, category_of


def write(connection: Connection, now: Present, plan: Plan, found: Difference, prices: Mapping[str, int]) -> None:
    """Write the difference, for whoever may and has locked the show."""
    rewritten = [one for one in found.kept if one.is_rewritten]
    categories = [PlanCategory(name=name, price=prices[name]) for name in found.new_categories]
    _remove(connection, now.show_id, found.removed)
    if rewritten:
        ids = category_ids(connection, now.show_id, [_planned(one.after.seat) for one in rewritten], categories)
        _make_way(connection, now, rewritten)
        for some in portions_of_seats(rewritten):
            _rewrite(connection, some, ids)
    added = add(connection, now.show_id, [_planned(one.seat) for one in found.added], categories)
    if found.is_reordered:
        places = {one.before.id: one.after.place for one in found.kept}
        places |= {seat.id: one.place for seat, one in zip(added, found.added, strict=True)}
        _order(connection, places)
    _forget_categories(connection, now.show_id, now.prices.keys())
    if found.areas_change:
        connection.execute(
            text("UPDATE shows SET plan_areas = CAST(:areas AS jsonb) WHERE id = :show_id"),
            {"show_id": now.show_id, "areas": dumps([kept_area(area) for area in plan.areas])},
        )


def _planned(seat: PlanSeat) -> PlanSeat:
    return replace(seat, category=category_of(seat))


def _remove(connection: Connection, show_id: int, seats: Sequence[PresentSeat]) -> None:
    """Delete the seats where nobody ever held one of the show; else they leave the plan, and the history has them.

    To find out whether it is just these that nobody held, all reservations of the show would be read for each of them.
    """
    if not seats:
        return
    was_held = connection.execute(
        text("SELECT EXISTS (SELECT FROM reservations WHERE show_id = :show_id)"), {"show_id": show_id}
    ).scalar_one()
    for ids in portions_of_seats([seat.id for seat in seats]):
        if was_held:
            connection.execute(
                text("UPDATE all_seats SET removed_at = clock_timestamp() WHERE id = ANY(CAST(:ids AS bigint[]))"),
                {"ids": ids},
            )
        else:
            connection.execute(text("DELETE FROM all_seats WHERE id = ANY(CAST(:ids AS bigint[]))"), {"ids": ids})


def _make_way(connection: Connection, now: Present, rewritten: Sequence[KeptSeat]) -> None:
    """Where a seat gets a number that another has as yet, give them all numbers that no plan has, for a moment."""
    renumbered = [one for one in rewritten if one.before.seat_number != one.after.seat.seat_number]
    present = {seat.seat_number for seat in now.seats}
    if any(one.after.seat.seat_number in present for one in renumbered):
        for ids in portions_of_seats([one.before.id for one in renumbered]):
            connection.execute(
                text("UPDATE seats SET seat_number = ' ' || id WHERE id = ANY(CAST(:ids AS bigint[]))"), {"ids": ids}
            )


def _rewrite(connection: Connection, rewritten: Sequence[KeptSeat], categories: Mapping[str, int]) -> None:
    columns = {name: [getattr(one.after.seat, name) for one in rewritten] for name in PLANNED_COLUMNS}
    connection.execute(
        text("""
            UPDATE seats
            SET seat_number = given.seat_number, section = given.section, row = given.row, number = given.number,
                neighbour_order = given.neighbour_order, x = given.x, y = given.y,
                plan_seat_id = given.plan_seat_id, accessibility = given.accessibility, step_free = given.step_free,
                category_id = given.category_id
            FROM unnest(CAST(:ids AS bigint[]),
                        CAST(:seat_number AS text[]), CAST(:section AS text[]), CAST(:row AS text[]),
                        CAST(:number AS text[]), CAST(:neighbour_order AS integer[]),
                        CAST(:x AS double precision[]), CAST(:y AS double precision[]),
                        CAST(:plan_seat_id AS text[]), CAST(:accessibility AS text[]),
                        CAST(:step_free AS boolean[]), CAST(:category_ids AS integer[]))
                 AS given (id, seat_number, section, row, number, neighbour_order, x, y, plan_seat_id,
                           accessibility, step_free, category_id)
            WHERE seats.id = given.id
        """),
        {
            **columns,
            "ids": [one.before.id for one in rewritten],
            "category_ids": [categories[category_of(one.after.seat)] for one in rewritten],
        },
    )


def _order(connection: Connection, places: Mapping[int, int]) -> None:
    """Say where in the plan each seat stands."""
    for ids in portions_of_seats(list(places)):
        connection.execute(
            text("""
                UPDATE seats
                SET plan_order = given.place
                FROM unnest(CAST(:ids AS bigint[]), CAST(:places AS integer[])) AS given (id, place)
                WHERE seats.id = given.id
                  AND seats.plan_order IS DISTINCT FROM given.place
            """),
            {"ids": ids, "places": [places[id] for id in ids]},
        )


def _forget_categories(connection: Connection, show_id: int, former: Set[str]) -> None:
    """Delete those of the former categories that no seat is in any more, nor any that the history has."""
    connection.execute(
        text("""
            DELETE FROM categories
            WHERE show_id = :show_id
              AND name = ANY(CAST(:former AS text[]))
              AND NOT EXISTS (SELECT FROM all_seats WHERE all_seats.category_id = categories.id)
        """),
        {"show_id": show_id, "former": list(former)},
    )
