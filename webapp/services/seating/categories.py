"""The categories of a show and their prices."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, text

from webapp.services import shows
from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted, transaction
from webapp.services.plans.plan import PlanCategory, PlanSeat
from webapp.services.refusals import Invalid, NotFound
from webapp.services.reservations.locks import lock_show
from webapp.services.shows import editions

# The category of seats that name none; it costs nothing until its price is set.
STANDARD = "Standard"


def category_of(seat: PlanSeat) -> str:
    """The category a seat of a plan gets in a show; one without its own belongs to one named after its section."""
    return seat.category or seat.section or STANDARD


def set_prices(asker: Asker, show_id: int, edition: int, prices: Mapping[int, int]) -> None:
    """Set the price (minor units) of categories by id; seats held before keep the price they were held at.

    Only those who run the show may. Prices as they are already change nothing. Raises `ChangedMeanwhile` where
    `edition` is not the show's present one, `NotFound` for a category of another show, and as `refuse_strangers` does.
    """
    shows.refuse_strangers(asker, show_id)
    with transaction() as connection:
        present = {row.id: row for row in _categories_to_be_priced(connection, show_id)}
        if unknown := prices.keys() - present.keys():
            raise NotFound(f"This show has no category {min(unknown)}.")
        changed = {id: price for id, price in prices.items() if price != present[id].price}
        if changed:
            editions.refuse_outdated(connection, asker, show_id, edition)
            _write_prices(connection, changed)
            words = {f"prices/{present[id].name}": (present[id].price, price) for id, price in changed.items()}
            editions.raise_edition(connection, asker, show_id, "set prices", words)
        connection.commit()


def _categories_to_be_priced(connection: Connection, show_id: int) -> Sequence[Row[Any]]:
    """The categories of the show with their prices, which nobody else sets until the transaction ends."""
    lock_show(connection, show_id)
    return connection.execute(
        text("SELECT id, name, price FROM categories WHERE show_id = :show_id"), {"show_id": show_id}
    ).all()


def _write_prices(connection: Connection, prices: Mapping[int, int]) -> None:
    """Set the prices in one statement, so that the plan has one new version of them."""
    connection.execute(
        text("""
            UPDATE categories
            SET price = given.price
            FROM unnest(CAST(:ids AS integer[]), CAST(:prices AS integer[])) AS given (id, price)
            WHERE categories.id = given.id
        """),
        {"ids": list(prices), "prices": list(prices.values())},
    )


def category_ids_named(show_id: int, names: Collection[str]) -> dict[str, int]:
    """The ids of the show's categories of these names; raises `Invalid` for a name that none has."""
    with autocommitted() as connection:
        rows = connection.execute(
            text("SELECT name, id FROM categories WHERE show_id = :show_id AND name = ANY(CAST(:names AS text[]))"),
            {"show_id": show_id, "names": list(names)},
        )
        found = {row.name: row.id for row in rows}
    if missing := [name for name in names if name not in found]:
        sentence = f"This show has no category “{missing[0]}”."
        raise Invalid(sentence, errors=[{"pointer": "#/prices", "detail": sentence}])
    return found


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
