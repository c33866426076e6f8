"""The categories of a show and their prices."""

from collections.abc import Mapping, Sequence
from itertools import islice

from sqlalchemy import Connection, text

from webapp.services import acts, shows
from webapp.services.asker import Asker
from webapp.services.database.statements import transaction
from webapp.services.plans.plan import PlanCategory, PlanSeat
from webapp.services.refusals import Invalid, NotFound

# The category of seats that name none; it costs nothing until its price is set.
STANDARD = "Standard"
# How many changes of price the record of an act names.
MOST_TOLD = 50


def set_prices(asker: Asker, show_id: int, prices: Mapping[int, int]) -> None:
    """Set the price (minor units) of categories by id; seats held before keep the price they were held at.

    Only those who run the show may. Raises `NotFound` or `Forbidden`.
    """
    shows.refuse_strangers(asker, show_id)
    with transaction() as connection:
        changes: dict[str, list[int]] = {}
        for category_id, price in sorted(prices.items()):
            name, before = _set_price(connection, show_id, category_id, price)
            if before != price:
                changes[name] = [before, price]
        if changes:
            acts.record(connection, asker, show_id, "set prices", prices=dict(islice(changes.items(), MOST_TOLD)))
        connection.commit()


def _set_price(connection: Connection, show_id: int, category_id: int, price: int) -> tuple[str, int]:
    """Set the price of the category; its name, and the price it had."""
    changed = connection.execute(
        text("""
            UPDATE categories
            SET price = :price
            FROM (SELECT id, price FROM categories WHERE id = :id AND show_id = :show_id FOR NO KEY UPDATE) AS before
            WHERE categories.id = before.id
            RETURNING categories.name, before.price
        """),
        {"price": price, "id": category_id, "show_id": show_id},
    ).one_or_none()
    if changed is None:
        raise NotFound(f"This show has no category {category_id}.")
    return changed.name, changed.price


def category_ids(
    connection: Connection, show_id: int, seats: Sequence[PlanSeat], categories: Sequence[PlanCategory]
) -> dict[str, int]:
    """The ids of the categories that the seats use, by name; missing ones are made."""
    known = _by_name(categories)
    used = dict.fromkeys(seat.category or STANDARD for seat in seats)
    wanted = [known.get(name) or PlanCategory(name=name) for name in used]
    for category in wanted:
        made = connection.execute(
            text("""
                INSERT INTO categories (show_id, name, price)
                VALUES (:show_id, :name, :price)
                ON CONFLICT (show_id, name) DO NOTHING
            """),
            {"show_id": show_id, "name": category.name, "price": category.price or 0},
        )
        if not made.rowcount and category.price is not None:
            _refuse_other_price(connection, show_id, category)
    rows = connection.execute(text("SELECT name, id FROM categories WHERE show_id = :show_id"), {"show_id": show_id})
    return {row.name: row.id for row in rows}


def _by_name(categories: Sequence[PlanCategory]) -> dict[str, PlanCategory]:
    """The categories, each once and with its price if any mention of it has one; raises `Invalid` for two prices."""
    known: dict[str, PlanCategory] = {}
    for category in categories:
        before = known.get(category.name, category)
        if before.price is not None and category.price not in (None, before.price):
            raise _priced_otherwise(category)
        known[category.name] = category if before.price is None else before
    return known


def _refuse_other_price(connection: Connection, show_id: int, category: PlanCategory) -> None:
    price = connection.execute(
        text("SELECT price FROM categories WHERE show_id = :show_id AND name = :name"),
        {"show_id": show_id, "name": category.name},
    ).scalar_one()
    if price != category.price:
        raise _priced_otherwise(category)


def _priced_otherwise(category: PlanCategory) -> Invalid:
    return Invalid(
        f'The category "{category.name}" has another price already. Leave the price out, or name another category.'
    )
