"""What an act writes of many rows it writes in portions: no statement takes longer, however large the hall."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from tests.asked import statements_asked
from tests.scenes import Scene
from tests.services.house_seats.cast import FOR_GOOD, block, choice_of, series
from tests.services.plan_changes.plans import confirm, give, looked_at, plan_of, seat
from webapp.extensions import db
from webapp.services import house_seats, shows
from webapp.services.database import portions
from webapp.services.house_seats import Choice

MOST = 3
NUMBERS = [f"A{number}" for number in range(1, 9)]
OTHERS = [f"B{number}" for number in range(1, 9)]


@pytest.fixture(autouse=True)
def _small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portions, "SEATS_AT_ONCE", MOST)
    monkeypatch.setattr(portions, "RESERVATIONS_AT_ONCE", MOST)


@contextmanager
def no_large_statement() -> Iterator[None]:
    """No statement meanwhile writes more than a portion."""
    large = []

    def listen(_connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        writes = any(f"{verb} {table}" in statement for verb in ("INTO", "UPDATE", "FROM") for table in TABLES)
        if writes and not statement.lstrip().startswith("SELECT") and cursor.rowcount > MOST:
            large.append((cursor.rowcount, statement))

    event.listen(db.engine, "after_cursor_execute", listen)
    try:
        yield
    finally:
        event.remove(db.engine, "after_cursor_execute", listen)
    assert large == []


TABLES = ("seats", "all_seats", "reservations")


def test_seats_of_several_dates_are_blocked_and_released(scene: Scene) -> None:
    organizer = scene.user()
    first, second = series(scene, organizer, 2)
    with no_large_statement():
        blocks = block(organizer, first, *NUMBERS, others=[second])
    assert [len(one.seats) for one in blocks] == [8, 8]
    with no_large_statement():
        released = house_seats.release(organizer, choice_of(first, *NUMBERS[1:], others=[second]))
    assert [len(one.seats) for one in released] == [7, 7]
    assert [len(one.seats) for show in (first, second) for one in house_seats.blocks_of(show.id)] == [1, 1]


def test_a_show_that_is_cancelled_ends_all_that_is_held(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    block(organizer, show, *NUMBERS)
    with no_large_statement():
        shows.cancel(organizer, show.id)
    assert scene.statuses(show) == {number: ["CANCELLED"] for number in NUMBERS}


@pytest.mark.parametrize("was_held", [False, True])
def test_a_plan_is_given_and_changed(scene: Scene, *, was_held: bool) -> None:
    organizer = scene.user()
    show = scene.show(organizer, seats="")
    with no_large_statement():
        give(organizer, show, plan_of(*(seat(number, plan_seat_id=number) for number in NUMBERS), *OTHERS))
    if was_held:
        scene.hold(scene.user(), show, "A1")
    # All are named after their neighbour, in another order; the others go, and new ones come before them.
    after = [seat(number, plan_seat_id=f"C{number}") for number in ("C1", "C2", "C3", "C4")]
    after += [
        replace(seat(name), plan_seat_id=number)
        for number, name in zip(NUMBERS, NUMBERS[1:] + NUMBERS[:1], strict=True)
    ]
    with no_large_statement():
        confirm(organizer, looked_at(organizer, show, plan_of(*after)))
    rows = scene.rows("SELECT seat_number FROM seats WHERE show_id = %s ORDER BY plan_order, id", show.id)
    assert [row["seat_number"] for row in rows] == [one.seat_number for one in after]
    gone = scene.rows("SELECT FROM all_seats WHERE show_id = %s AND removed_at IS NOT NULL", show.id)
    assert len(gone) == (8 if was_held else 0)


def test_of_a_hall_that_was_just_brought_in_each_seat_is_looked_up_by_itself(own_scene: Scene) -> None:
    organizer = own_scene.user()
    show = own_scene.show(organizer, seats="A1")
    with own_scene.connected() as connection:
        connection.execute(
            """
            INSERT INTO seats (show_id, seat_number, section, category_id)
            SELECT show_id, 'B' || place, 'Stalls', category_id
            FROM seats
            CROSS JOIN generate_series(1, 5000) AS place
            """
        )
    with statements_asked() as asked:
        house_seats.preview_block(organizer, Choice(show.id, sections=["Stalls"]), until=FOR_GOOD)
    [(statement, parameters)] = [one for one in asked if "WITH ORDINALITY AS dates" in one[0]]
    with own_scene.connected() as connection:
        plan = [row["QUERY PLAN"] for row in connection.execute(f"EXPLAIN {statement}", parameters)]
    # Statistics are yet to come: the database takes the hall for an empty one.
    assert [line for line in plan if "Join Filter" in line] == []
