"""The seats and prices of a show, as its organizer sets them up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, text

from webapp.services import shows
from webapp.services.aside import aside
from webapp.services.asker import Asker
from webapp.services.plans import read_plan
from webapp.services.plans.plan import Plan, PlanCategory, PlanSeat
from webapp.services.refusals import Invalid, NotFound, SeatNumberInUse
from webapp.services.reservations.locks import lock_show
from webapp.services.seat_labels import normalize_label, split_label
from webapp.services.statements import autocommitted, transaction

MOST_SEATS = 100_000
# The price class of seats that name none; it costs nothing until its price is set.
STANDARD = "Standard"


@dataclass(frozen=True)
class Seat:
    """A seat of a show as clients read it; `price` in minor units of the show's currency."""

    id: int
    show_id: int
    seat_number: str
    section: str | None
    row: str | None
    number: str | None
    category: str
    price: int


SELECT = """
    SELECT seats.id, seats.show_id, seats.seat_number, seats.section, seats.row, seats.number,
           categories.name AS category, categories.price
    FROM seats
    JOIN categories ON categories.id = seats.category_id
"""


def seats_of(show_id: int, *, limit: int | None = None, after: int | None = None) -> Sequence[Seat]:
    """The seats of the show in the order of its plan; at most `limit` of those with an id above `after`."""
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"""
                {SELECT}
                WHERE seats.show_id = :show_id
                  AND (CAST(:after AS bigint) IS NULL OR seats.id > :after)
                ORDER BY seats.id
                LIMIT CAST(:limit AS bigint)
            """),
            {"show_id": show_id, "after": after, "limit": limit},
        )
        return [Seat(*row) for row in rows]


def labelled_seat(
    label: str, *, section: str | None = None, row: str | None = None, number: str | None = None, category: str | None
) -> PlanSeat:
    """The seat that a label alone tells of: A12 is number 12 of row A; `row` and `number`, where given, know better.

    Numbers that follow one another are neighbours. Raises `LabelUnusable`.
    """
    seat_number = normalize_label(label)
    row_in_label, number_in_label = split_label(seat_number)
    number = number or number_in_label
    return PlanSeat(
        seat_number=seat_number,
        section=section,
        row=row or row_in_label,
        number=number,
        neighbour_order=int(number) if number and number.isdecimal() and len(number) < 10 else None,
        x=None,
        y=None,
        category=category,
        plan_seat_id=None,
    )


def add_seats(
    asker: Asker, show_id: int, seats: Sequence[PlanSeat], categories: Sequence[PlanCategory] = ()
) -> Sequence[Seat]:
    """Add the seats to the show, all or none; the new seats in the order given.

    A category is found by its name, or made: with its price, or for nothing. Only the organizer may. Raises
    `SeatNumberInUse`, `Invalid`, `NotFound` or `Forbidden`.
    """
    shows.organized(asker, show_id)
    with transaction() as connection:
        added = _add(connection, show_id, seats, categories)
        connection.commit()
    return added


def import_plan(asker: Asker, show_id: int, *, filename: str, data: bytes, price: int | None = None) -> Sequence[Seat]:
    """Add all seats of a plan file; raises `PlanUnusable`, and as `add_plan` does."""
    shows.organized(asker, show_id)
    return add_plan(asker, show_id, aside(lambda: read_plan(filename, data)), price=price)


def add_plan(asker: Asker, show_id: int, plan: Plan, *, price: int | None = None) -> Sequence[Seat]:
    """Add all seats of a plan, and keep what was odd in it.

    A seat without a category belongs to one named after its section. `price` (minor units) is for categories without.
    Only the organizer may. Raises as `add_seats` does.
    """
    shows.organized(asker, show_id)
    seats = [replace(seat, category=seat.category or seat.section or STANDARD) for seat in plan.seats]
    prices = {category.name: category.price for category in plan.categories}
    categories = [
        PlanCategory(name=name, price=price if prices.get(name) is None else prices[name])
        for name in {seat.category for seat in seats if seat.category}
    ]
    with transaction() as connection:
        added = _add(connection, show_id, seats, categories)
        connection.execute(
            text("UPDATE shows SET plan_oddities = plan_oddities || CAST(:oddities AS text[]) WHERE id = :show_id"),
            {"show_id": show_id, "oddities": [*plan.oddities, *(seat.sentence for seat in plan.renumbered)]},
        )
        connection.commit()
    return added


def set_prices(asker: Asker, show_id: int, prices: Mapping[int, int]) -> None:
    """Set the price (minor units) of categories by id; seats held before keep the price they were held at.

    Only the organizer may. Raises `NotFound` or `Forbidden`.
    """
    shows.organized(asker, show_id)
    with transaction() as connection:
        for category_id, price in sorted(prices.items()):
            changed = connection.execute(
                text("UPDATE categories SET price = :price WHERE id = :id AND show_id = :show_id"),
                {"price": price, "id": category_id, "show_id": show_id},
            )
            if changed.rowcount != 1:
                raise NotFound(f"This show has no category {category_id}.")
        connection.commit()


def _add(
    connection: Connection, show_id: int, seats: Sequence[PlanSeat], categories: Sequence[PlanCategory]
) -> Sequence[Seat]:
    _refuse_repeated(seats)
    lock_show(connection, show_id)
    _refuse_existing(connection, show_id, seats)
    return _insert(connection, show_id, seats, _category_ids(connection, show_id, seats, categories))


def _refuse_repeated(seats: Sequence[PlanSeat]) -> None:
    counts = Counter(seat.seat_number for seat in seats)
    repeated = [number for number, count in counts.items() if count > 1]
    if repeated:
        raise SeatNumberInUse(_named(repeated, "repeated in the request"), seats=repeated)


def _refuse_existing(connection: Connection, show_id: int, seats: Sequence[PlanSeat]) -> None:
    numbers = [seat.seat_number for seat in seats]
    existing = connection.execute(
        text("SELECT seat_number FROM seats WHERE show_id = :show_id AND seat_number = ANY(:numbers) ORDER BY id"),
        {"show_id": show_id, "numbers": numbers},
    ).scalars()
    if taken := list(existing):
        raise SeatNumberInUse(_named(taken, "in the show already"), seats=taken)
    count = connection.execute(
        text("SELECT count(*) FROM seats WHERE show_id = :show_id"), {"show_id": show_id}
    ).scalar_one()
    if count + len(seats) > MOST_SEATS:
        raise Invalid(f"A show can have at most {MOST_SEATS:,} seats; it has {count:,}.")


def _named(numbers: Sequence[str], why: str) -> str:
    shown = ", ".join(numbers[:10]) + (f" and {len(numbers) - 10:,} more" if len(numbers) > 10 else "")
    return f"{'Seat' if len(numbers) == 1 else 'Seats'} {shown}: {why}. Nothing was added."


def _category_ids(
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


def _insert(
    connection: Connection, show_id: int, seats: Sequence[PlanSeat], category_ids: Mapping[str, int]
) -> Sequence[Seat]:
    """Insert the seats in one statement, so that their ids rise in the order given."""
    columns = {
        name: [getattr(seat, name) for seat in seats]
        for name in ("seat_number", "section", "row", "number", "neighbour_order", "x", "y", "plan_seat_id")
    }
    rows = connection.execute(
        text("""
            WITH new AS (
                INSERT INTO seats (show_id, seat_number, section, row, number, neighbour_order, x, y, plan_seat_id,
                                   category_id)
                SELECT CAST(:show_id AS integer), given.seat_number, given.section, given.row, given.number,
                       given.neighbour_order, given.x, given.y, given.plan_seat_id, given.category_id
                FROM unnest(CAST(:seat_number AS text[]), CAST(:section AS text[]), CAST(:row AS text[]),
                            CAST(:number AS text[]), CAST(:neighbour_order AS integer[]),
                            CAST(:x AS double precision[]), CAST(:y AS double precision[]),
                            CAST(:plan_seat_id AS text[]), CAST(:category_id AS integer[]))
                     WITH ORDINALITY
                     AS given (seat_number, section, row, number, neighbour_order, x, y, plan_seat_id, category_id,
                               place)
                ORDER BY given.place
                RETURNING *
            )
            SELECT new.id, new.show_id, new.seat_number, new.section, new.row, new.number,
                   categories.name AS category, categories.price
            FROM new
            JOIN categories ON categories.id = new.category_id
            ORDER BY new.id
        """),
        {
            **columns,
            "show_id": show_id,
            "category_id": [category_ids[seat.category or STANDARD] for seat in seats],
        },
    )
    return [Seat(*row) for row in rows]
