"""Seating plans made the seats of a show."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from json import dumps
from typing import Any

from sqlalchemy import Connection, text

from webapp.services import acts, shows
from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted, transaction
from webapp.services.plans.plan import Plan, PlanCategory
from webapp.services.seating.adding import add, told_of
from webapp.services.seating.categories import category_of
from webapp.services.seating.reading import Seat

# How many sentences about a plan are kept; the last one counts the rest.
MOST_ODDITIES = 500


def add_plan(asker: Asker, show_id: int, plan: Plan, *, price: int | None = None) -> Sequence[Seat]:
    """Add all seats of a plan, and keep what was odd in it.

    A seat without a category belongs to one named after its section. `price` (minor units) is for categories without.
    Only those who run the show may. Raises as `add_seats` does.
    """
    shows.refuse_strangers(asker, show_id)
    with transaction() as connection:
        added = _add(connection, asker, show_id, plan, price)
        connection.commit()
    return added


def create_show(asker: Asker, plan: Plan, *, price: int | None = None, **details: Any) -> tuple[shows.Show, int]:
    """Create a show with the seats of a plan, both or neither; the show and how many seats it has.

    `details` are those of `shows.create`; the rest is as `add_plan` has it.
    """
    with transaction() as connection:
        show = shows.insert(connection, asker, **details)
        added = _add(connection, asker, show.id, plan, price)
        connection.commit()
    return show, len(added)


def oddities_of(show_id: int) -> Sequence[str]:
    """What was odd in the plans of the show, as sentences for its organizer."""
    with autocommitted() as connection:
        oddities: list[str] = connection.execute(
            text("SELECT plan_oddities FROM shows WHERE id = :show_id"), {"show_id": show_id}
        ).scalar_one()
    return oddities


def _add(connection: Connection, asker: Asker, show_id: int, plan: Plan, price: int | None) -> Sequence[Seat]:
    seats = [replace(seat, category=category_of(seat)) for seat in plan.seats]
    prices = {category.name: category.price for category in plan.categories}
    categories = [
        PlanCategory(name=name, price=price if prices.get(name) is None else prices[name])
        for name in {seat.category for seat in seats if seat.category}
    ]
    added = add(connection, show_id, seats, categories)
    connection.execute(
        text("""
            UPDATE shows
            SET plan_oddities = plan_oddities || CAST(:oddities AS text[]),
                plan_areas = plan_areas || CAST(:areas AS jsonb)
            WHERE id = :show_id
        """),
        {"show_id": show_id, "oddities": _oddities(plan), "areas": dumps([asdict(area) for area in plan.areas])},
    )
    acts.record(connection, asker, show_id, "import plan", **told_of(added))
    return added


def _oddities(plan: Plan) -> list[str]:
    sentences = [*plan.oddities, *(seat.sentence for seat in plan.renumbered)]
    more = len(sentences) - MOST_ODDITIES
    return sentences if more <= 0 else [*sentences[:MOST_ODDITIES], f"And {more:,} more."]
