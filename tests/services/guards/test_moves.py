"""What no SQL of a careless colleague can make of a reservation: only moves with a name, each in its time."""

from typing import Any

import pytest

from tests.scenes import Scene
from tests.services.guards.careless import CANCELLED, CHECK_VIOLATED, NEVER_CHANGES, NO_SUCH_MOVE, attempt, insert
from webapp.services import reservations, shows
from webapp.services.reservations import Reservation

MOVE = "UPDATE reservations SET status = %s WHERE id = %s"


def reservation_that_is(scene: Scene, status: str) -> Reservation:
    """A reservation with this status, which it came to in the usual way."""
    buyer = scene.user()
    [held] = scene.hold(buyer, scene.show(), "A1")
    if status == "CONFIRMED":
        reservations.confirm(buyer, held.id)
    elif status == "CANCELLED":
        reservations.release(buyer, held.id)
    elif status == "EXPIRED":
        scene.lapse(held)
        reservations.expire_lapsed()
    return held


def status_of(scene: Scene, reservation: Reservation) -> Any:
    """What the row says."""
    return scene.rows("SELECT status FROM reservations WHERE id = %s", reservation.id)[0]["status"]


@pytest.mark.parametrize("status", ["CONFIRMED", "CANCELLED"])
def test_a_hold_is_confirmed_or_cancelled(scene: Scene, status: str) -> None:
    held = reservation_that_is(scene, "HELD")
    assert attempt(scene, MOVE, status, held.id) is None
    assert status_of(scene, held) == status


@pytest.mark.parametrize(
    ("status", "onward"),
    [
        ("HELD", "EXPIRED"),
        ("HELD", "SOLD"),
        ("CONFIRMED", "HELD"),
        ("CONFIRMED", "EXPIRED"),
        ("CONFIRMED", "CANCELLED"),
        ("CANCELLED", "HELD"),
        ("CANCELLED", "CONFIRMED"),
        ("CANCELLED", "EXPIRED"),
        ("EXPIRED", "HELD"),
        ("EXPIRED", "CONFIRMED"),
        ("EXPIRED", "CANCELLED"),
    ],
)
def test_no_reservation_makes_a_move_without_a_name(scene: Scene, status: str, onward: str) -> None:
    reservation = reservation_that_is(scene, status)
    assert attempt(scene, MOVE, onward, reservation.id) == NO_SUCH_MOVE
    assert status_of(scene, reservation) == status


@pytest.mark.parametrize("onward", ["CONFIRMED", "CANCELLED", "EXPIRED"])
def test_whatever_is_made_of_a_lapsed_hold_it_is_expired(scene: Scene, onward: str) -> None:
    held = reservation_that_is(scene, "HELD")
    scene.lapse(held)
    assert attempt(scene, MOVE, onward, held.id) is None
    assert status_of(scene, held) == "EXPIRED"


def test_time_is_what_ends_a_hold_that_is_confirmed_too_late(scene: Scene) -> None:
    held = reservation_that_is(scene, "HELD")
    scene.lapse(held)
    attempt(scene, MOVE, "CONFIRMED", held.id)
    lines = scene.rows("SELECT status, changed_by, changed_through FROM reservation_changes ORDER BY id")
    assert lines[1:] == [{"status": "EXPIRED", "changed_by": None, "changed_through": "clock"}]


def test_a_sale_is_undone_by_the_people_of_its_show_alone_and_they_say_why(scene: Scene) -> None:
    sold, stranger = reservation_that_is(scene, "CONFIRMED"), scene.user()
    [show] = scene.rows("SELECT organizer_id FROM shows WHERE id = %s", sold.show_id)
    undo = "UPDATE reservations SET status = 'CANCELLED', reason = %s, changed_by = %s WHERE id = %s"
    for somebody in (stranger.id, sold.user_id, None):
        assert attempt(scene, undo, "ill", somebody, sold.id) == NO_SUCH_MOVE
    assert attempt(scene, undo, None, show["organizer_id"], sold.id) == NO_SUCH_MOVE
    assert status_of(scene, sold) == "CONFIRMED"
    assert attempt(scene, undo, "ill", show["organizer_id"], sold.id) is None
    assert status_of(scene, sold) == "CANCELLED"
    [*_, line] = scene.rows("SELECT status, changed_by, reason FROM reservation_changes ORDER BY id")
    assert line == {"status": "CANCELLED", "changed_by": show["organizer_id"], "reason": "ill"}


def test_a_manager_and_an_admin_undo_a_sale_and_a_manager_of_another_show_does_not(scene: Scene) -> None:
    undo = "UPDATE reservations SET status = 'CANCELLED', reason = 'ill', changed_by = %s WHERE id = %s"
    manage = "INSERT INTO show_managers (show_id, user_id, invited_by) VALUES (%s, %s, %s)"
    manager, admin, other = scene.user(), scene.user(), scene.user()
    attempt(scene, "UPDATE users SET is_admin = true WHERE id = %s", admin.id)
    attempt(scene, manage, scene.show().id, other.id, other.id)
    for somebody, expected in ((manager, None), (admin, None), (other, NO_SUCH_MOVE)):
        sold = reservation_that_is(scene, "CONFIRMED")
        attempt(scene, manage, sold.show_id, manager.id, manager.id)
        assert attempt(scene, undo, somebody.id, sold.id) == expected


@pytest.mark.parametrize("status", ["HELD", "CONFIRMED", "CANCELLED", "EXPIRED"])
@pytest.mark.parametrize(
    "change",
    [
        "seat_id = (SELECT max(id) FROM seats)",
        "user_id = (SELECT max(id) FROM users)",
        "show_id = show_id + 1",
        "price = price - 1",
        "hold_expiry = hold_expiry + interval '5 minutes 1 second'",
        "hold_expiry = hold_expiry - interval '1 second'",
        "hold_expiry = 'infinity'",
        "hold_expiry = NULL",
        "created_at = created_at + interval '1 second'",
        "status = 'CONFIRMED', hold_expiry = hold_expiry + interval '1 minute'",
    ],
)
def test_what_a_reservation_is_of_never_changes(scene: Scene, status: str, change: str) -> None:
    reservation, _ = reservation_that_is(scene, status), scene.user()
    [before] = scene.rows("SELECT * FROM reservations WHERE id = %s", reservation.id)
    assert attempt(scene, f"UPDATE reservations SET {change} WHERE id = %s", reservation.id) == NEVER_CHANGES
    assert scene.rows("SELECT * FROM reservations WHERE id = %s", reservation.id) == [before]


def test_who_changed_a_reservation_and_when_is_not_changed_without_a_move(scene: Scene) -> None:
    sold, stranger = reservation_that_is(scene, "CONFIRMED"), scene.user()
    [before] = scene.rows("SELECT * FROM reservations WHERE id = %s", sold.id)
    forged = """
        UPDATE reservations
        SET changed_by = %s, changed_through = 'clock', updated_at = updated_at - interval '1 day', changed_xid = '1'
        WHERE id = %s
    """
    attempt(scene, forged, stranger.id, sold.id)
    assert scene.rows("SELECT * FROM reservations WHERE id = %s", sold.id) == [before]


def test_the_stamp_of_a_move_cannot_be_chosen(scene: Scene) -> None:
    held = reservation_that_is(scene, "HELD")
    moved = "UPDATE reservations SET status = 'CONFIRMED', updated_at = '2020-01-01', changed_xid = '1' WHERE id = %s"
    assert attempt(scene, moved, held.id) is None
    [row] = scene.rows("SELECT updated_at > created_at AS later, changed_xid > '1' AS stamped FROM reservations")
    assert row == {"later": True, "stamped": True}


def test_when_a_sale_was_made_is_noted_with_it_and_never_changes(scene: Scene) -> None:
    held = reservation_that_is(scene, "HELD")
    read = "SELECT confirmed_at, updated_at, status FROM reservations WHERE id = %s"
    forged = "UPDATE reservations SET confirmed_at = '2020-01-01', status = %s WHERE id = %s"
    assert attempt(scene, forged, "HELD", held.id) is None
    assert scene.rows(read, held.id)[0]["confirmed_at"] is None
    assert attempt(scene, forged, "CONFIRMED", held.id) is None
    [sold] = scene.rows(read, held.id)
    assert sold["confirmed_at"] == sold["updated_at"]
    assert attempt(scene, forged, "CONFIRMED", held.id) is None
    assert scene.rows(read, held.id) == [sold]


def test_what_was_never_sold_has_no_time_of_a_sale(scene: Scene) -> None:
    released = reservation_that_is(scene, "HELD")
    attempt(scene, "UPDATE reservations SET confirmed_at = now(), status = 'CANCELLED' WHERE id = %s", released.id)
    assert scene.rows("SELECT status, confirmed_at FROM reservations") == [
        {"status": "CANCELLED", "confirmed_at": None}
    ]
    now = scene.rows("SELECT clock_timestamp() AS now")[0]["now"]
    assert insert(scene, scene.user(), shows.one(released.show_id), "A2", confirmed_at=now) == CHECK_VIOLATED


def test_a_hold_that_a_cancelled_show_left_over_is_not_confirmed(scene: Scene) -> None:
    held = reservation_that_is(scene, "HELD")
    assert attempt(scene, "UPDATE shows SET cancelled_at = now() WHERE id = %s", held.show_id) is None
    assert attempt(scene, MOVE, "CONFIRMED", held.id) == CANCELLED
    assert status_of(scene, held) == "HELD"
