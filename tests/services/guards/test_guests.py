"""What no SQL of a careless colleague can make of guests and of the time that holds have."""

from datetime import timedelta
from typing import Any

import pytest

from tests.scenes import PASSWORD, Scene
from tests.services.guards.careless import (
    ACCOUNT_DELETED,
    ADDRESS_LIMIT,
    CHECK_VIOLATED,
    GUEST_CONFIRMS,
    GUEST_ORGANIZES,
    LIMIT,
    NEVER_CHANGES,
    attempt,
    insert,
)
from webapp.services import accounts, reservations
from webapp.services.asker import Asker

TAKE_OVER = "UPDATE reservations SET user_id = %s, changed_by = %s WHERE id = %s"
LATER = "UPDATE reservations SET hold_expiry = hold_expiry + %s, changed_by = user_id WHERE id = %s"
FIVE = timedelta(minutes=5)


def row_of(scene: Scene, reservation_id: int) -> dict[str, Any]:
    """The reservation as the table has it."""
    return scene.rows("SELECT * FROM reservations WHERE id = %s", reservation_id)[0]


def history(scene: Scene) -> list[tuple[str, int | None]]:
    """What reservations became and in whose name."""
    rows = scene.rows("SELECT status, changed_by FROM reservation_changes ORDER BY id")
    return [(row["status"], row["changed_by"]) for row in rows]


def test_a_hold_is_given_five_more_minutes_once_and_history_tells(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    [held] = scene.hold(buyer, show, "A1")
    before = row_of(scene, held.id)
    assert attempt(scene, LATER, FIVE, held.id) is None
    row = row_of(scene, held.id)
    assert row["hold_expiry"] == held.hold_expiry + FIVE
    assert row["extended_at"] > held.created_at
    assert row["changed_xid"] > before["changed_xid"]
    assert attempt(scene, LATER, timedelta(seconds=1), held.id) == NEVER_CHANGES
    assert history(scene) == [("HELD", buyer.id), ("HELD", buyer.id)]


@pytest.mark.parametrize(("minutes", "more", "allowed"), [(18, 2, True), (18, 3, False), (20, 1, False), (5, 5, True)])
def test_no_hold_lasts_beyond_twenty_minutes_in_all(scene: Scene, minutes: int, more: int, *, allowed: bool) -> None:
    [held] = scene.hold(scene.user(), scene.show(), "A1", minutes=minutes)
    assert attempt(scene, LATER, timedelta(minutes=more), held.id) == (None if allowed else NEVER_CHANGES)


def test_a_hold_that_lapsed_gets_no_more_time_and_is_expired(scene: Scene) -> None:
    [held] = scene.hold(scene.user(), scene.show(), "A1")
    scene.lapse(held)
    assert attempt(scene, LATER, FIVE, held.id) is None
    row = row_of(scene, held.id)
    assert (row["status"], row["extended_at"], row["changed_through"]) == ("EXPIRED", None, "clock")
    assert row["hold_expiry"] == held.hold_expiry - timedelta(hours=1)


def test_when_a_hold_was_extended_is_nobodys_to_say(scene: Scene) -> None:
    [held] = scene.hold(scene.user(), scene.show(), "A1")
    attempt(scene, "UPDATE reservations SET extended_at = now() WHERE id = %s", held.id)
    assert row_of(scene, held.id)["extended_at"] is None
    attempt(scene, LATER, FIVE, held.id)
    attempt(scene, "UPDATE reservations SET extended_at = NULL, status = 'CONFIRMED' WHERE id = %s", held.id)
    assert row_of(scene, held.id)["extended_at"]


def test_on_a_page_what_is_held_later_ends_with_what_was_held_first_and_by_a_program_as_asked_for(scene: Scene) -> None:
    show, buyer, program = scene.show(), scene.user(through="page"), scene.user(through="api")
    first, second = scene.hold(buyer, show, "A1", "A2")
    [third] = scene.hold(buyer, show, "A3", minutes=20)
    assert first.hold_expiry == second.hold_expiry == third.hold_expiry
    [other_show] = scene.hold(buyer, scene.show(), "A1", minutes=20)
    assert other_show.hold_expiry > first.hold_expiry
    [short], [long] = scene.hold(program, show, "A4", minutes=2), scene.hold(program, show, "A5", minutes=20)
    assert long.hold_expiry - short.hold_expiry > timedelta(minutes=17)


def test_a_guests_hold_goes_to_an_account_and_history_tells(scene: Scene) -> None:
    show, guest, user = scene.show(), scene.guest(), scene.user()
    [held] = scene.hold(guest, show, "A1")
    before = row_of(scene, held.id)
    assert attempt(scene, TAKE_OVER, user.id, user.id, held.id) is None
    row = row_of(scene, held.id)
    assert (row["user_id"], row["hold_expiry"], row["status"]) == (user.id, held.hold_expiry, "HELD")
    assert row["changed_xid"] > before["changed_xid"]
    assert history(scene) == [("HELD", guest.id), ("HELD", user.id)]


def test_no_hold_goes_from_an_account_or_to_a_guest(scene: Scene) -> None:
    show, guest, other, user = scene.show(), scene.guest(), scene.guest(), scene.user()
    [of_guest], [of_user] = scene.hold(guest, show, "A1"), scene.hold(user, show, "A2")
    assert attempt(scene, TAKE_OVER, other.id, other.id, of_guest.id) == NEVER_CHANGES
    assert attempt(scene, TAKE_OVER, guest.id, guest.id, of_user.id) == NEVER_CHANGES
    assert attempt(scene, TAKE_OVER, scene.user().id, user.id, of_user.id) == NEVER_CHANGES
    both = "UPDATE reservations SET user_id = %s, hold_expiry = hold_expiry + interval '1 minute' WHERE id = %s"
    assert attempt(scene, both, user.id, of_guest.id) == NEVER_CHANGES
    sold = "UPDATE reservations SET user_id = %s, status = 'CONFIRMED' WHERE id = %s"
    assert attempt(scene, sold, user.id, of_guest.id) == NEVER_CHANGES
    reservations.release(guest, of_guest.id)
    assert attempt(scene, TAKE_OVER, user.id, user.id, of_guest.id) == NEVER_CHANGES


def test_a_guests_hold_that_lapsed_goes_to_nobody_and_is_expired(scene: Scene) -> None:
    show, guest, user = scene.show(), scene.guest(), scene.user()
    [held] = scene.hold(guest, show, "A1")
    scene.lapse(held)
    assert attempt(scene, TAKE_OVER, user.id, user.id, held.id) is None
    row = row_of(scene, held.id)
    assert (row["user_id"], row["status"], row["changed_by"]) == (guest.id, "EXPIRED", None)


def test_no_account_gets_past_its_limit_by_a_guests_basket_one_by_one_or_in_one_statement(scene: Scene) -> None:
    show, guest, user = scene.show(seat_limit=3), scene.guest(), scene.user()
    scene.hold(user, show, "A8", "A9")
    first, second = scene.hold(guest, show, "A1", "A2")
    all_of_it = "UPDATE reservations SET user_id = %s WHERE user_id = %s"
    assert attempt(scene, all_of_it, user.id, guest.id) == LIMIT
    assert attempt(scene, TAKE_OVER, user.id, user.id, first.id) is None
    assert attempt(scene, TAKE_OVER, user.id, user.id, second.id) == LIMIT


def test_no_deleted_account_takes_a_basket_over(scene: Scene) -> None:
    show, guest, user = scene.show(), scene.guest(), scene.user()
    [held] = scene.hold(guest, show, "A1")
    accounts.delete_account(user, password=PASSWORD)
    assert attempt(scene, TAKE_OVER, user.id, user.id, held.id) == ACCOUNT_DELETED


def test_a_guest_confirms_and_organizes_nothing(scene: Scene) -> None:
    organizer = scene.user()
    show, guest = scene.show(organizer), scene.guest()
    [held] = scene.hold(guest, show, "A1")
    assert attempt(scene, "UPDATE reservations SET status = 'CONFIRMED' WHERE id = %s", held.id) == GUEST_CONFIRMS
    assert attempt(scene, "UPDATE shows SET organizer_id = %s", guest.id) == GUEST_ORGANIZES
    new = "INSERT INTO shows (organizer_id, title, venue, starts_at) VALUES (%s, 'Macbeth', 'The Lantern', now())"
    assert attempt(scene, new, guest.id) == GUEST_ORGANIZES
    assert scene.statuses(show) == {"A1": ["HELD"]}


def test_guests_are_limited_like_buyers(scene: Scene) -> None:
    show, guest = scene.show(seat_limit=2), scene.guest()
    scene.hold(guest, show, "A1", "A2")
    assert insert(scene, guest, show, "A3") == LIMIT


def test_guests_of_one_address_hold_so_many_seats_of_a_show_and_others_are_not_counted(scene: Scene) -> None:
    show, other_show = scene.show(seats="A1-A30"), scene.show(seats="A1-A30")
    for start in (1, 11):
        scene.hold(scene.guest(), show, *(f"A{number}" for number in range(start, start + 10)))
    last, elsewhere, user = scene.guest(), scene.guest("192.0.2.2"), scene.user()
    assert insert(scene, last, show, "A21") == ADDRESS_LIMIT
    assert insert(scene, last, other_show, "A21") is None
    assert insert(scene, elsewhere, show, "A21") is None
    assert insert(scene, user, show, "A22") is None


def test_what_guests_of_an_address_gave_back_or_lost_is_not_counted(scene: Scene) -> None:
    show = scene.show(seats="A1-A30")
    first, second = scene.guest(), scene.guest()
    held = scene.hold(first, show, *(f"A{number}" for number in range(1, 11)))
    scene.lapse(*scene.hold(second, show, *(f"A{number}" for number in range(11, 21))))
    reservations.release(first, held[0].id)
    for number in range(21, 31):
        assert insert(scene, scene.guest(), show, f"A{number}") is None
    assert insert(scene, scene.guest(), show, "A1") is None
    assert insert(scene, scene.guest(), show, "A11") == ADDRESS_LIMIT


def test_how_many_is_a_setting(scene: Scene) -> None:
    show, guest = scene.show(), scene.guest()
    scene.hold(guest, show, "A1", "A2")
    limited = "SET LOCAL holdfast.guest_seats_per_address = '2'"
    with scene.connected() as connection:
        connection.execute(limited)
        row = connection.execute("SELECT current_setting('holdfast.guest_seats_per_address') AS is").fetchone()
        assert row == {"is": "2"}
        with pytest.raises(Exception, match="at the limit"):
            scene_insert(connection, guest, show.id)
        connection.rollback()


def scene_insert(connection: Any, guest: Asker, show_id: int) -> None:
    """Hold A3 on this connection."""
    connection.execute(
        """
        INSERT INTO reservations (user_id, seat_id, show_id, price, hold_expiry, changed_through)
        SELECT %s, id, show_id, 0, statement_timestamp() + interval '5 minutes', 'page'
        FROM seats
        WHERE show_id = %s AND seat_number = 'A3'
        """,
        (guest.id, show_id),
    )


def test_a_guest_is_a_name_and_two_hashes_and_an_account_becomes_no_guest(scene: Scene) -> None:
    user = scene.user()
    assert attempt(scene, "UPDATE users SET is_guest = true WHERE id = %s", user.id) == NEVER_CHANGES
    assert attempt(scene, "UPDATE users SET guest_address = 'x' WHERE id = %s", user.id) == CHECK_VIOLATED
    assert attempt(scene, "UPDATE users SET email = NULL WHERE id = %s", user.id) == CHECK_VIOLATED
    guest = scene.guest()
    for change in ("email = 'a@b.example'", "phone_number = '12345'", "password = 'x'", "guest_address = NULL"):
        assert attempt(scene, f"UPDATE users SET {change} WHERE id = %s", guest.id) == CHECK_VIOLATED
    assert attempt(scene, "UPDATE users SET deleted_at = now() WHERE id = %s", guest.id) == CHECK_VIOLATED
    assert attempt(scene, "UPDATE users SET is_guest = false WHERE id = %s", guest.id) == CHECK_VIOLATED
