"""Adding seats to a show, all or none."""

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, text

from webapp.services import acts, shows
from webapp.services.asker import Asker
from webapp.services.database.portions import portions_of_seats
from webapp.services.database.statements import transaction
from webapp.services.plans.plan import MOST_SEATS, Accessibility, PlanCategory, PlanSeat
from webapp.services.refusals import Invalid, SeatNumberInUse
from webapp.services.reservations.locks import lock_show
from webapp.services.seat_labels import normalize_label, split_label
from webapp.services.seating.categories import STANDARD, category_ids
from webapp.services.seating.neighbours import one_in_each_place
from webapp.services.seating.reading import Seat


def labelled_seat(
    label: str,
    *,
    section: str | None = None,
    row: str | None = None,
    number: str | None = None,
    category: str | None,
    accessibility: Accessibility | None = None,
    step_free: bool = False,
) -> PlanSeat:
    """The seat that a label alone tells of: A12 is number 12 of row A; `row` and `number`, where given, know better.

    Numbers that follow one another are neighbours; places for wheelchairs and companions are step-free. Raises
    `LabelUnusable`.
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
        accessibility=accessibility,
        step_free=step_free or accessibility is not None,
    )


def add_seats(
    asker: Asker, show_id: int, seats: Sequence[PlanSeat], categories: Sequence[PlanCategory] = ()
) -> Sequence[Seat]:
    """Add the seats to the show, all or none; the new seats in the order given.

    Where two of a row claim one place among their neighbours (A1 and A01), the earlier has it, the other no neighbours.
    A category is found by its name, or made: with its price, or for nothing. Only those who run the show may. Raises
    `SeatNumberInUse`, `Invalid`, `NotFound` or `Forbidden`.
    """
    shows.refuse_strangers(asker, show_id)
    with transaction() as connection:
        added = add(connection, show_id, seats, categories)
        acts.record(connection, asker, show_id, "add seats", **told_of(added))
        connection.commit()
    return added


def told_of(added: Sequence[Seat]) -> dict[str, object]:
    """New seats as the record of acts tells of them: how many, and between which they lie."""
    return {"seats": len(added), "from": added[0].seat_number, "to": added[-1].seat_number} if added else {"seats": 0}


def add(
    connection: Connection, show_id: int, seats: Sequence[PlanSeat], categories: Sequence[PlanCategory]
) -> Sequence[Seat]:
    """Do what `add_seats` does, for whoever may, as part of the caller's transaction."""
    _refuse_repeated(seats)
    lock_show(connection, show_id)
    _refuse_existing(connection, show_id, seats)
    seats = one_in_each_place(connection, show_id, seats)
    ids = category_ids(connection, show_id, seats, categories)
    return [seat for some in portions_of_seats(seats) for seat in _insert(connection, show_id, some, ids)]


def _refuse_repeated(seats: Sequence[PlanSeat]) -> None:
    counts = Counter(seat.seat_number for seat in seats)
    repeated = [number for number, count in counts.items() if count > 1]
    if repeated:
        raise SeatNumberInUse(_named(repeated, "repeated in the request"), seats=repeated)


def _refuse_existing(connection: Connection, show_id: int, seats: Sequence[PlanSeat]) -> None:
    numbers = [seat.seat_number for seat in seats]
    existing = connection.execute(
        text("""
            SELECT seats.seat_number
            FROM unnest(CAST(:numbers AS text[])) AS given (seat_number)
            CROSS JOIN LATERAL (
                SELECT id, seat_number
                FROM seats
                WHERE seats.show_id = :show_id
                  AND seats.seat_number = given.seat_number
                OFFSET 0
            ) AS seats
            ORDER BY seats.id
        """),
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


# What a plan says of a seat, as the columns are called.
PLANNED_COLUMNS = (
    "seat_number",
    "section",
    "row",
    "number",
    "neighbour_order",
    "x",
    "y",
    "plan_seat_id",
    "accessibility",
    "step_free",
)


def _insert(
    connection: Connection, show_id: int, seats: Sequence[PlanSeat], categories: Mapping[str, int]
) -> Sequence[Seat]:
    """Insert the seats, so that their ids rise in the order given."""
    columns = {name: [getattr(seat, name) for seat in seats] for name in PLANNED_COLUMNS}
    rows = connection.execute(
        text("""
            WITH new AS (
                INSERT INTO seats (show_id, seat_number, section, row, number, neighbour_order, x, y, plan_seat_id,
                                   accessibility, step_free, category_id)
                SELECT CAST(:show_id AS integer), given.seat_number, given.section, given.row, given.number,
                       given.neighbour_order, given.x, given.y, given.plan_seat_id,
                       given.accessibility, given.step_free, given.category_id
                FROM unnest(CAST(:seat_number AS text[]), CAST(:section AS text[]), CAST(:row AS text[]),
                            CAST(:number AS text[]), CAST(:neighbour_order AS integer[]),
                            CAST(:x AS double precision[]), CAST(:y AS double precision[]),
                            CAST(:plan_seat_id AS text[]), CAST(:accessibility AS text[]),
                            CAST(:step_free AS boolean[]), CAST(:category_id AS integer[]))
                     WITH ORDINALITY
                     AS given (seat_number, section, row, number, neighbour_order, x, y, plan_seat_id,
                               accessibility, step_free, category_id, place)
                ORDER BY given.place
                RETURNING *
            )
            SELECT new.id, new.show_id, new.seat_number, new.section, new.row, new.number,
                   categories.name AS category, categories.price, new.accessibility, new.step_free
            FROM new
            JOIN categories ON categories.id = new.category_id
            ORDER BY new.id
        """),
        {
            **columns,
            "show_id": show_id,
            "category_id": [categories[seat.category or STANDARD] for seat in seats],
        },
    )
    return [Seat(*row) for row in rows]
