"""What no SQL of a careless colleague can do with the seats that the house keeps, and with buyers who are moved."""

from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest

from tests.scenes import Scene
from tests.services.guards.careless import (
    CANCELLED,
    CHECK_VIOLATED,
    NEVER_CHANGES,
    NO_SUCH_MOVE,
    NOT_UNIQUE,
    REFERRED_TO,
    attempt,
    insert,
)
from webapp.services import reservations, shows
from webapp.services.asker import Asker
from webapp.services.shows import Show

RUNS_NOTHING, DRAFT, NOT_YET, NO_LONGER, NOT_MOVED = "SR030", "SR031", "SR032", "SR033", "SR034"
NEVER = datetime.fromisoformat("9999-01-01T00:00:00Z")


def block(scene: Scene, show: Show, organizer: Asker) -> int:
    """A reason to keep seats."""
    statement = "INSERT INTO house_blocks (show_id, reason, created_by) VALUES (%s, 'press', %s) RETURNING id"
    [row] = scene.rows(statement, show.id, organizer.id)
    block_id: int = row["id"]
    return block_id


def keep(scene: Scene, show: Show, organizer: Asker, number: str = "A1", **columns: Any) -> str | None:
    """Keep a seat for the house, by plain SQL."""
    usual = {"user_id": None, "house_block_id": block(scene, show, organizer), "hold_expiry": NEVER}
    return insert(scene, organizer, show, number, **{**usual, **columns})


def test_the_house_keeps_a_seat_as_long_as_it_likes_and_nobody_else_gets_it(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    assert keep(scene, show, organizer) is None
    assert scene.rows("SELECT hold_expiry FROM reservations") == [{"hold_expiry": NEVER}]
    assert insert(scene, buyer, show) == NOT_UNIQUE


def test_a_buyer_holds_for_twenty_minutes_at_most_all_the_same(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    assert insert(scene, buyer, show, hold_expiry=NEVER) == CHECK_VIOLATED


def test_a_seat_kept_until_a_time_is_free_from_then_on(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    [now] = scene.rows("SELECT clock_timestamp() AS is")
    assert keep(scene, show, organizer, hold_expiry=now["is"] + timedelta(days=1)) is None
    with scene.history() as connection:
        connection.execute("UPDATE reservations SET created_at = now() - interval '2 days', hold_expiry = now()")
    assert insert(scene, buyer, show) is None
    assert scene.statuses(show) == {"A1": ["EXPIRED", "HELD"]}


def test_only_who_runs_the_show_keeps_its_seats(scene: Scene) -> None:
    organizer, stranger = scene.user(), scene.user()
    show = scene.show(organizer)
    for somebody in (stranger.id, None):
        assert keep(scene, show, organizer, changed_by=somebody) == RUNS_NOTHING
    assert scene.statuses(show) == {}


def test_a_seat_is_a_buyers_or_the_houses_and_of_a_block_of_its_show(scene: Scene) -> None:
    organizer = scene.user()
    show, other = scene.show(organizer), scene.show(organizer)
    assert keep(scene, show, organizer, house_block_id=None) == CHECK_VIOLATED
    assert keep(scene, show, organizer, user_id=organizer.id, hold_expiry=soon(scene)) == CHECK_VIOLATED
    assert keep(scene, show, organizer, house_block_id=block(scene, other, organizer)) == REFERRED_TO


def test_a_seat_that_the_house_keeps_is_given_back_but_never_sold(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    keep(scene, show, organizer)
    assert attempt(scene, "UPDATE reservations SET status = 'CONFIRMED'") == NO_SUCH_MOVE
    assert attempt(scene, "UPDATE reservations SET user_id = %s", organizer.id) == NEVER_CHANGES
    assert attempt(scene, "UPDATE reservations SET status = 'CANCELLED'") is None
    assert scene.statuses(show) == {"A1": ["CANCELLED"]}


def test_a_cancelled_show_keeps_nothing(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    shows.cancel(organizer, show.id)
    assert keep(scene, show, organizer) == CANCELLED


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ("published_at = NULL", DRAFT),
        ("on_sale_at = now() + interval '1 minute'", NOT_YET),
        ("off_sale_at = now()", NO_LONGER),
    ],
)
def test_buyers_hold_while_a_show_sells_and_the_house_keeps_seats_before_and_after(
    scene: Scene, change: str, state: str
) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    attempt(scene, f"UPDATE shows SET {change}")
    assert insert(scene, buyer, show) == state
    assert keep(scene, show, organizer) is None


def sold(scene: Scene, buyer: Asker, show: Show) -> int:
    """A sale of seat A1; its id."""
    [held] = scene.hold(buyer, show, "A1")
    return reservations.confirm(buyer, held.id).id


def move(scene: Scene, organizer: Asker, buyer: Asker, show: Show, old: int, **columns: Any) -> str | None:
    """Cancel the sale and insert another that was moved from it, in one transaction."""
    [seat] = scene.rows("SELECT id FROM seats WHERE show_id = %s AND seat_number = 'A2'", show.id)
    usual = {
        "user_id": buyer.id,
        "seat_id": seat["id"],
        "show_id": show.id,
        "price": 1,
        "created_at": soon(scene) - timedelta(minutes=1),
        "hold_expiry": soon(scene),
        "changed_by": organizer.id,
        "changed_through": "page",
        "moved_from": old,
    }
    chosen = {**usual, **columns}
    try:
        with scene.connected() as connection:
            connection.execute(
                "UPDATE reservations SET status = 'CANCELLED', reason = 'pillar', changed_by = %s WHERE id = %s",
                (organizer.id, old),
            )
            connection.execute(
                f"INSERT INTO reservations ({', '.join(chosen)}) VALUES ({', '.join(['%s'] * len(chosen))})",
                list(chosen.values()),
            )
    except psycopg.Error as error:
        return error.sqlstate
    return None


def soon(scene: Scene) -> datetime:
    """In a minute."""
    moment: datetime = scene.rows("SELECT clock_timestamp() + interval '1 minute' AS soon")[0]["soon"]
    return moment


def test_a_buyer_is_moved_at_the_price_they_paid_also_at_the_limit_and_once_nothing_is_sold(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer, seat_limit=1)
    old = sold(scene, buyer, show)
    attempt(scene, "UPDATE shows SET off_sale_at = now()")
    assert move(scene, organizer, buyer, show, old) is None
    assert scene.statuses(show) == {"A1": ["CANCELLED"], "A2": ["HELD"]}
    assert scene.rows("SELECT price FROM reservations WHERE moved_from = %s", old) == [{"price": 4500}]


def test_nobody_is_moved_by_strangers_nor_from_what_was_not_just_theirs(scene: Scene) -> None:
    organizer, buyer, stranger = scene.user(), scene.user(), scene.user()
    show = scene.show(organizer)
    old = sold(scene, buyer, show)
    assert move(scene, organizer, buyer, show, old, changed_by=stranger.id) == RUNS_NOTHING
    assert move(scene, organizer, buyer, show, old, user_id=stranger.id) == NOT_MOVED
    assert scene.statuses(show) == {"A1": ["CONFIRMED"]}
    undo = "UPDATE reservations SET status = 'CANCELLED', reason = 'pillar', changed_by = %s WHERE id = %s"
    attempt(scene, undo, organizer.id, old)
    assert move(scene, organizer, buyer, show, old) == NOT_MOVED, "it was cancelled before"
    assert scene.statuses(show) == {"A1": ["CANCELLED"]}


def test_a_house_block_is_no_way_around_the_limit(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer, seat_limit=1)
    keep(scene, show, organizer, "A2")
    assert insert(scene, buyer, show) is None
    assert attempt(scene, "UPDATE reservations SET house_block_id = NULL, user_id = %s", buyer.id) == NEVER_CHANGES
