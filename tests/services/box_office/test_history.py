"""How a reservation came to be what it is, as its people and its buyer read it."""

import pytest

from tests.scenes import PASSWORD, Scene
from tests.services.box_office.sales import buy, seat
from webapp.services import accounts, box_office, reservations, shows
from webapp.services.refusals import NotFound


def test_every_line_says_who_did_what_and_through_what(scene: Scene) -> None:
    organizer, buyer = scene.user("Olga", through="page"), scene.user("Bruno", through="api")
    show = scene.show(organizer)
    [sold] = buy(scene, buyer, show, "A1")
    box_office.cancel(organizer, show.id, sold, reason="The row is closed")
    lines = box_office.history(organizer, show.id, sold)
    assert [(line.what, line.who, line.name, line.through, line.reason) for line in lines] == [
        ("held", "buyer", "Bruno", "api", None),
        ("confirmed", "buyer", "Bruno", "api", None),
        ("cancelled", "staff", "Olga", "page", "The row is closed"),
    ]
    assert [line.changed_at for line in lines] == sorted(line.changed_at for line in lines)


def test_a_move_is_linked_both_ways(scene: Scene) -> None:
    organizer, buyer = scene.user("Olga"), scene.user("Bruno")
    show = scene.show(organizer)
    [first] = buy(scene, buyer, show, "A1")
    second = box_office.move(organizer, show.id, first, seat(show, "A2"), reason="A pillar").id
    third = box_office.move(organizer, show.id, second, seat(show, "A3")).id
    told = {
        reservation_id: [
            (line.what, line.who, line.elsewhere and (line.elsewhere.reservation_id, line.elsewhere.seat_number))
            for line in box_office.history(organizer, show.id, reservation_id)
        ]
        for reservation_id in (first, second, third)
    }
    assert told == {
        first: [("held", "buyer", None), ("confirmed", "buyer", None), ("moved away", "staff", (second, "A2"))],
        second: [
            ("moved here", "staff", (first, "A1")),
            ("confirmed", "staff", None),
            ("moved away", "staff", (third, "A3")),
        ],
        third: [("moved here", "staff", (second, "A2")), ("confirmed", "staff", None)],
    }


def test_what_buyers_and_time_do_to_a_hold_has_its_own_words(scene: Scene) -> None:
    organizer, buyer, guest = scene.user(), scene.user("Bruno"), scene.guest()
    show = scene.show(organizer)
    released, lapsed, extended = scene.hold(buyer, show, "A1", "A2", "A3", minutes=5)
    reservations.release(buyer, released.id)
    scene.lapse(lapsed)
    reservations.expire_lapsed()
    reservations.extend_basket(buyer, show.id)
    [guests] = scene.hold(guest, show, "A4")
    accounts.take_over(guest, buyer)
    told = {
        held.seat_number: [(line.what, line.who) for line in box_office.history(organizer, show.id, held.id)]
        for held in (released, lapsed, extended, guests)
    }
    assert told == {
        "A1": [("held", "buyer"), ("released", "buyer")],
        "A2": [("held", "buyer"), ("expired", "clock")],
        "A3": [("held", "buyer"), ("extended", "buyer")],
        "A4": [("held", "buyer"), ("taken over", "buyer")],
    }


def test_a_hold_that_ended_with_its_show_was_released_by_its_people(scene: Scene) -> None:
    organizer, buyer = scene.user("Olga"), scene.user("Bruno")
    show = scene.show(organizer)
    [held] = scene.hold(buyer, show, "A1")
    shows.cancel(organizer, show.id)
    last = box_office.history(organizer, show.id, held.id)[-1]
    assert (last.what, last.who, last.name) == ("released", "staff", "Olga")


def test_a_buyer_reads_their_own_without_the_names_of_staff_and_nobody_elses(scene: Scene) -> None:
    organizer, buyer, other = scene.user("Olga"), scene.user("Bruno"), scene.user()
    show = scene.show(organizer)
    [old] = buy(scene, buyer, show, "A1")
    box_office.move(organizer, show.id, old, seat(show, "A2"), reason="A pillar")
    lines = reservations.history(buyer, old)
    assert [(line.what, line.name) for line in lines] == [
        ("held", "Bruno"),
        ("confirmed", "Bruno"),
        ("moved away", None),
    ]
    assert (lines[-1].reason, lines[-1].user_id) == ("A pillar", None)
    for somebody in (other, organizer):
        with pytest.raises(NotFound):
            reservations.history(somebody, old)


def test_of_a_deleted_account_the_lines_keep_no_name(scene: Scene) -> None:
    organizer, buyer = scene.user("Olga"), scene.user("Bruno")
    show = scene.show(organizer)
    [sold] = buy(scene, buyer, show, "A1")
    accounts.delete_account(buyer, password=PASSWORD)
    assert [(line.who, line.name) for line in box_office.history(organizer, show.id, sold)] == [("buyer", None)] * 2
