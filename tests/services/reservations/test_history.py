"""The history of reservations: one line for each change, with who, when and through what."""

from typing import Any

import pytest

from tests.scenes import PASSWORD, Scene
from webapp.services import accounts, reservations, shows
from webapp.services.refusals import HoldExpired, SeatTaken

LINES = """
    SELECT reservation_changes.status, reservation_changes.changed_by, reservation_changes.changed_through
    FROM reservation_changes
    WHERE reservation_id = %s
    ORDER BY id
"""


def lines(scene: Scene, reservation_id: int) -> list[tuple[Any, ...]]:
    """What became of the reservation, by whom and through what, oldest first."""
    return [tuple(row.values()) for row in scene.rows(LINES, reservation_id)]


def test_a_sale_is_two_lines_however_often_it_is_asked_for(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user(through="page")
    [held] = scene.hold(buyer, show, "A1")
    scene.hold(buyer, show, "A1")
    for _ in range(3):
        reservations.confirm(buyer, held.id)
    assert lines(scene, held.id) == [("HELD", buyer.id, "page"), ("CONFIRMED", buyer.id, "page")]


def test_a_release_is_a_line_of_whoever_released(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user(through="api")
    [held] = scene.hold(buyer, show, "A1")
    reservations.release(buyer, held.id)
    reservations.release(buyer, held.id)
    assert lines(scene, held.id) == [("HELD", buyer.id, "api"), ("CANCELLED", buyer.id, "api")]


def test_it_is_time_that_ends_a_lapsed_hold_whoever_finds_out(scene: Scene) -> None:
    show, buyer, other = scene.show(), scene.user(), scene.user()
    swept, taken, late, given_back = scene.hold(buyer, show, "A1", "A2", "A3", "A4")
    scene.lapse(swept, taken, late, given_back)
    scene.hold(other, show, "A2")
    for end, held in ((reservations.confirm, late), (reservations.release, given_back)):
        with pytest.raises(HoldExpired):
            end(buyer, held.id)
    assert reservations.expire_lapsed() == 1
    for held in (swept, taken, late, given_back):
        assert lines(scene, held.id) == [("HELD", buyer.id, "api"), ("EXPIRED", None, "clock")]


def test_a_cancelled_show_ends_holds_in_its_organizers_name(scene: Scene) -> None:
    organizer, buyer = scene.user(through="page"), scene.user()
    show = scene.show(organizer)
    [held] = scene.hold(buyer, show, "A1")
    shows.cancel(organizer, show.id)
    assert lines(scene, held.id) == [("HELD", buyer.id, "api"), ("CANCELLED", organizer.id, "page")]


def test_a_deleted_account_gave_its_holds_back_itself(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    [held] = scene.hold(buyer, show, "A1")
    accounts.delete_account(buyer, password=PASSWORD)
    assert lines(scene, held.id) == [("HELD", buyer.id, "api"), ("CANCELLED", buyer.id, "api")]


def test_a_line_has_the_time_and_the_stamp_of_its_change(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    [held] = scene.hold(buyer, show, "A1")
    stamped = "SELECT updated_at, changed_xid FROM reservations WHERE id = %s"
    [born] = scene.rows(stamped, held.id)
    reservations.confirm(buyer, held.id)
    [sold] = scene.rows(stamped, held.id)
    first, last = scene.rows("SELECT changed_at AS updated_at, changed_xid FROM reservation_changes ORDER BY id")
    assert [first, last] == [born, sold]
    assert born["updated_at"] == held.created_at < sold["updated_at"]
    assert int(born["changed_xid"]) < int(sold["changed_xid"])


def test_what_came_to_nothing_leaves_no_line(scene: Scene) -> None:
    show, buyer, other = scene.show(), scene.user(), scene.user()
    scene.hold(other, show, "A2")
    for numbers in (("A2",), ("A1", "A2")):
        with pytest.raises(SeatTaken):
            scene.hold(buyer, show, *numbers)
    assert scene.rows("SELECT changed_by FROM reservation_changes") == [{"changed_by": other.id}]
